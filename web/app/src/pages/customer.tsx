/** One customer: who, where they are on the way, everything that happened, and what is known in four groups. */
import { Badge, Button, Card, Chip, Group, Stack, Text, Timeline, Title } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { get } from "../api";
import { useStart } from "../asking";
import { Consents, Relations } from "../bonds";
import { at, KINDS, type Line, type Page, type Person } from "../customer";
import { Facts } from "../facts";
import { Files, Notes, Tags } from "../kept";
import { Waiting } from "../look";
import { Oops } from "../oops";
import { Ahead, Standing } from "../outlook";
import { Who } from "../who";
import { DAY, isolated, language, locale, say } from "../words";

const LINES = "20"; // of the timeline at once

export function Customer() {
  const { _splat: identifier = "" } = useParams({ strict: false }) as { _splat?: string };
  const start = useStart().data;
  const may = start?.may ?? [];
  const person = useQuery({ queryKey: ["customer", identifier], queryFn: ({ signal }) => get<Person>(at(identifier), { language }, signal) });
  if (person.error) return <Oops error={person.error} retry={() => person.refetch()} />;
  if (!person.data) return <Waiting />;
  const one = person.data;
  return (
    <Stack gap="lg" className="page">
      <header>
        <Title order={1}><bdi>{one.name ?? one.customer}</bdi></Title>
        <p className="sentence">{isolated(one.sentence, one.name)}</p>
        <Group gap="xs" my="xs">
          {one.identifiers.slice(0, 6).map((each) => <Badge key={each} variant="default" tt="none" fw={400}><bdi dir="ltr">{each}</bdi></Badge>)}
        </Group>
        <Tags one={one} identifier={identifier} />
      </header>
      {one.notices.map((notice) => <aside key={notice} className="note" dir="auto">{notice}</aside>)}
      <Standing one={one} identifier={identifier} />
      <Ribbon one={one} />
      <div className="profile">
        <Stack gap="md" className="now">
          <Ahead one={one} identifier={identifier} />
          <Notes one={one} identifier={identifier} />
        </Stack>
        <Happened identifier={identifier} zone={one.timezone} />
        <Stack gap="md" className="known">
          {Object.entries(one.kinds).map(([kind, title]) => <Facts key={kind} identifier={identifier} title={title} facts={one.facts.filter((fact) => fact.kind === kind)} zone={one.timezone} />)}
          <Consents one={one} identifier={identifier} may={may.includes("consent")} />
          <Relations one={one} identifier={identifier} />
          <Files one={one} identifier={identifier} whole={!start?.masked} />
          {may.includes("identity") && <Who identifier={identifier} />}
        </Stack>
      </div>
    </Stack>
  );
}

/** The stages they went through; the last is where they are. */
function Ribbon({ one }: { one: Person }) {
  if (!one.path.length) return null;
  const day = new Intl.DateTimeFormat(locale, { ...DAY, timeZone: one.timezone });
  return (
    <ol className="ribbon" aria-label={say("way")}>
      {one.path.slice(-6).map((stay, place, all) => (
        <li key={stay.since} aria-current={place === all.length - 1 ? "step" : undefined} title={stay.moved_by.join("، ")}>
          <strong>{stay.title}</strong><span>{day.format(new Date(stay.since))}</span>
        </li>
      ))}
    </ol>
  );
}

function Happened({ identifier, zone }: { identifier: string; zone: string }) {
  const [kinds, setKinds] = useState<string[]>([]);
  const pages = useInfiniteQuery({
    queryKey: ["timeline", identifier, kinds],
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams([["language", language], ["limit", LINES], ...kinds.map((kind) => ["kind", kind]), ...(pageParam ? [["before", pageParam]] : [])] as [string, string][]);
      return get<Page>(`${at(identifier, "/timeline")}?${asked}`, {}, signal);
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.next || undefined,
  });
  const lines = pages.data?.pages.flatMap((page) => page.lines) ?? [];
  return (
    <Card withBorder padding="md" className="happened">
      <Title order={2} size="h5" mb="xs">{say("happened")}</Title>
      <Chip.Group multiple value={kinds} onChange={setKinds}>
        <Group gap={6} mb="md">{KINDS.map((kind) => <Chip key={kind} value={kind} size="xs">{say(`kind-${kind}`)}</Chip>)}</Group>
      </Chip.Group>
      {pages.error && <Oops error={pages.error} retry={() => pages.refetch()} />}
      {pages.isPending && <Waiting height={200} />}
      {pages.isSuccess && !lines.length && <Text c="dimmed" size="sm">{say("nothing-happened")}</Text>}
      <Timeline bulletSize={12} lineWidth={2}>{lines.map((line) => <Moment key={line.id} line={line} zone={zone} />)}</Timeline>
      {pages.hasNextPage && <Button variant="default" size="xs" mt="md" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{say("older")}</Button>}
    </Card>
  );
}

function Moment({ line, zone }: { line: Line; zone: string }) {
  const when = new Intl.DateTimeFormat(locale, { ...DAY, hour: "numeric", minute: "2-digit", timeZone: zone }).format(new Date(line.at));
  const money = line.amount !== null && line.currency && new Intl.NumberFormat(locale, { style: "currency", currency: line.currency }).format(line.amount);
  return (
    <Timeline.Item title={<bdi>{line.sentence}</bdi>}>
      {line.said && <Text size="sm" dir="auto">«{line.said}»</Text>}
      <Text size="xs" c="dimmed"><bdi>{when}</bdi>{line.source && <> · <bdi>{line.source}</bdi></>}{money && <> · <bdi>{money}</bdi></>}</Text>
    </Timeline.Item>
  );
}
