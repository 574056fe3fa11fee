/** The anatomy of an answer, the same everywhere: the sentence, the figures and the picture (its rows: `rows.tsx`). */
import { Button, Card, Skeleton, Stack, Text, Title, Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import type { Look } from "./api";
import { usePointing } from "./pointed";
import { say } from "./words";

export function Sentence({ look, size }: { look: Look; size?: "small" }) {
  return <p className={size === "small" ? "sentence" : "sentence large"}>{look.sentence}</p>;
}

export function Tiles({ look, most }: { look: Look; most?: number }) {
  return (
    <dl className="tiles">
      {look.tiles.slice(0, most).map((tile) => (
        <div key={tile.title}>
          <Tooltip label={tile.formula} disabled={!tile.formula} multiline maw={320} openDelay={300}>
            <dt>{tile.title}</dt>
          </Tooltip>
          <dd className="figure" title={tile.whole}><bdi>{tile.value}</bdi></dd>
          {tile.change && <dd className={tile.good ? "change good" : "change bad"}>{tile.change}</dd>}
        </div>
      ))}
    </dl>
  );
}

/** Drawn by the server, as reports have it: wide, and narrow for a phone. It comes escaped, and no script runs in it; it answers whoever points at it. */
export function Picture(given: { look: Look; small?: boolean; narrow?: (from: string, to: string) => void; children?: React.ReactNode }) {
  return given.look.picture ? <Pointed {...given} /> : null;
}

function Pointed({ look, small, narrow, children }: { look: Look; small?: boolean; narrow?: (from: string, to: string) => void; children?: React.ReactNode }) {
  const figure = useRef<HTMLElement>(null);
  const reading = useRef<HTMLDivElement>(null);
  usePointing(figure, reading, look, narrow ?? null);
  return (
    <figure className="picture" ref={figure}>
      {!small && <div className="roomy" dangerouslySetInnerHTML={{ __html: look.picture }} />}
      <div className={small ? "" : "tight"} dangerouslySetInnerHTML={{ __html: look.small }} />
      {children || <Noted look={look} />}
      <div ref={reading} />
    </figure>
  );
}

/** What people noted of the days in the picture, by the numbers of its pins. */
export function Noted({ look, beside }: { look: Look; beside?: (one: Look["noted"][number]) => React.ReactNode }) {
  if (!look.noted.length) return null;
  return (
    <ol className="noted" aria-label={say("noted-list")}>
      {look.noted.map((one) => <li key={one.id}><span>{one.when} — <bdi>{one.text}</bdi></span>{beside?.(one)}</li>)}
    </ol>
  );
}

export function Notes({ look }: { look: Look }) {
  if (!look.notes.length) return null;
  return (
    <aside className="note">
      <ul>{look.notes.map((note) => <li key={note} dir="auto">{note}</li>)}</ul>
    </aside>
  );
}

/** What this answer suggests to look at next, asked alike. */
export function Further({ look }: { look: Look }) {
  if (!look.further.length) return null;
  return (
    <nav className="further" aria-label={say("further")}>
      <Text size="sm" c="dimmed">{say("further")}</Text>
      {look.further.map((way) => (
        <Button key={way.name} component={Link} {...({ to: "/ask/$name", params: { name: way.name }, search: way.given } as object)} variant="default" size="xs">{way.title}</Button>
      ))}
    </nav>
  );
}

/** Where an answer will stand, so that nothing jumps when it comes. */
export function Waiting({ height = 320 }: { height?: number }) {
  return (
    <Stack aria-busy="true" aria-label={say("loading")}>
      <Skeleton h={28} w="70%" /><Skeleton h={56} w="90%" /><Skeleton h={height} />
    </Stack>
  );
}

/** A question at a glance, with the way to the whole of it. */
export function Glance({ look, to, children }: { look: Look; to: React.ReactNode; children?: React.ReactNode }) {
  return (
    <Card withBorder radius="md" padding="lg" className="glance">
      <Title order={2} size="h4">{to}</Title>
      <Sentence look={look} size="small" />
      <Tiles look={look} most={3} />
      <Picture look={look} small />
      {children}
    </Card>
  );
}
