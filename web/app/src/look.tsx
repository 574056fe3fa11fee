/** The anatomy of an answer, the same everywhere: the sentence, the figures, the picture, the rows, and how it was computed. */
import { Anchor, Button, Card, Code, Collapse, Group, Menu, Skeleton, Stack, Table, Text, Title, Tooltip, UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { address, type Look, type Parameters } from "./api";
import { useAnew, useHow } from "./asking";
import { Icon } from "./icons";
import { usePointing } from "./pointed";
import { SaveCustomers } from "./saving";
import { language, say } from "./words";

const LONG = 40; // letters of a cell that is a sentence

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

type Sort = { column: number; up: boolean } | null;

export function Rows({ look, given, may }: { look: Look; given: Parameters; may: string[] }) {
  const [sort, setSort] = useState<Sort>(null);
  if (!look.rows.length) return null;
  const order = sorted(look, sort);
  const named = look.headings.findIndex((head) => head.name === (look.can_be_saved ? "name" : "left"));
  const shown = named >= 0 ? named : look.headings.findIndex((head) => !head.figure); // the cell that leads behind the row
  const turn = (column: number) =>
    setSort((before) => (before?.column !== column ? { column, up: !look.headings[column]!.figure } : before.up !== !look.headings[column]!.figure ? null : { column, up: !before.up }));
  return (
    <section className="rows">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4">{say("rows")}</Title>
        <Group gap="xs">
          {look.can_be_saved && may.includes("segments") && <SaveCustomers question={look.name} parameters={look.parameters} />}
          <Take name={look.name} given={given} may={may} />
        </Group>
      </Group>
      <div className="table" tabIndex={0} role="region" aria-label={look.title}>
        <Table stickyHeader highlightOnHover verticalSpacing="xs" horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              {look.headings.map((head, column) => (
                <Table.Th key={head.name} className={head.figure ? "figure" : undefined} aria-sort={sort?.column === column ? (sort.up ? "ascending" : "descending") : "none"}>
                  <Tooltip label={head.formula} disabled={!head.formula} multiline maw={320} openDelay={400}>
                    <UnstyledButton className="sort" onClick={() => turn(column)}>
                      {head.title}<span aria-hidden="true">{sort?.column === column ? (sort.up ? " ↑" : " ↓") : ""}</span>
                    </UnstyledButton>
                  </Tooltip>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {order.map((place) => (
              <Table.Tr key={place}>
                {look.rows[place]!.map((cell, column) => (
                  <Table.Td key={column} className={look.headings[column]!.figure ? "figure" : cell.length > LONG ? "long" : undefined}>
                    <Behind way={column === shown ? look.behind[place] : null} may={may}>{look.headings[column]!.along ? cell : <bdi>{cell}</bdi>}</Behind>
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {look.hidden > 0 && <Text size="sm" c="dimmed" mt="xs">{say("rows-hidden", { n: look.hidden })}</Text>}
    </section>
  );
}

/** The way to the customers behind a row. */
function Behind({ way, may, children }: { way: Look["behind"][number] | undefined; may: string[]; children: React.ReactNode }) {
  if (!way) return <>{children}</>;
  if ("customer" in way) return may.includes("customer") ? <Anchor component={Link} {...({ to: "/customer/$", params: { _splat: way.customer } } as object)}>{children}</Anchor> : <>{children}</>;
  return <Anchor component={Link} {...({ to: "/ask/$name", params: { name: way.name }, search: way.given } as object)} title={way.title}>{children}</Anchor>;
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

function sorted(look: Look, sort: Sort): number[] {
  const places = look.rows.map((_, place) => place);
  if (!sort) return places;
  const words = new Intl.Collator(language, { numeric: true });
  const of = (place: number) => look.sorts[place]?.[sort.column] ?? null;
  return places.sort((one, other) => {
    const [left, right] = [of(one), of(other)];
    if (left === null || right === null) return left === right ? one - other : left === null ? 1 : -1; // nothing known comes last
    const by = typeof left === "number" && typeof right === "number" ? left - right : words.compare(String(left), String(right));
    return (sort.up ? by : -by) || one - other;
  });
}

/** The rows as files, and the page as a link. */
function Take({ name, given, may }: { name: string; given: Parameters; may: string[] }) {
  const asked = { ...given, language };
  const files = [
    { label: "CSV", href: address(`/v1/ask/${name}.csv`, asked) },
    { label: say("picture"), href: address(`/v1/picture/${name}.png`, { ...given, lang: language }) },
    ...(may.includes("report")
      ? ["xlsx", "pdf"].map((format) => ({ label: format === "xlsx" ? "Excel" : "PDF", href: address("/v1/report", { format, question: name, ...asked }) }))
      : []),
  ];
  return (
    <Menu position="bottom-end">
      <Menu.Target><Button variant="default" size="xs" leftSection={<Icon name="download" size={16} />}>{say("take")}</Button></Menu.Target>
      <Menu.Dropdown>
        {files.map((file) => <Menu.Item key={file.label} component="a" href={file.href} download>{file.label}</Menu.Item>)}
        <Menu.Item leftSection={<Icon name="link" size={16} />} onClick={() => void navigator.clipboard.writeText(location.href)}>{say("copy-link")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export function Footer({ look, given }: { look: Look; given: Parameters }) {
  const [open, setOpen] = useState<"" | "words" | "how">("");
  const fresh = useAnew(look.name, given);
  const how = useHow(look.name, given, open === "how");
  const turn = (which: "words" | "how") => setOpen((before) => (before === which ? "" : which));
  return (
    <footer className="fine">
      {look.footer && <p>{look.footer}</p>}
      {look.age >= 60 && <p>{say("age", { minutes: Math.round(look.age / 60) })} <Anchor component="button" size="sm" onClick={() => void fresh()}>{say("age-anew")}</Anchor></p>}
      <Group gap="md">
        <Anchor component="button" size="sm" aria-expanded={open === "words"} onClick={() => turn("words")}>{say("definitions")}</Anchor>
        <Anchor component="button" size="sm" aria-expanded={open === "how"} onClick={() => turn("how")}>{say("how")}</Anchor>
      </Group>
      <Collapse expanded={open === "words"}>
        <dl className="definitions">
          {Object.entries(look.definitions).map(([title, formula]) => <div key={title}><dt>{title}</dt><dd>{formula}</dd></div>)}
        </dl>
      </Collapse>
      <Collapse expanded={open === "how"}>
        <div lang="en" dir="ltr">
          <pre className="manual">{look.manual}</pre>
          {how.data && Object.entries(how.data.steps).map(([name, sql]) => <div key={name}><h3>{name}</h3><Code block>{sql}</Code></div>)}
        </div>
      </Collapse>
    </footer>
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
