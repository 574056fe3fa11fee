/** One customer: who, where they are on the way, everything that happened, and what is known in four groups. */
import { Badge, Button, Card, Chip, Group, Stack, Text, Textarea, Timeline, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { get, send } from "../api";
import { at, KINDS, type Fact, type Line, type Page, type Person } from "../customer";
import { useStart } from "../asking";
import { Waiting } from "../look";
import { Oops } from "../oops";
import { Bonds, Who } from "../who";
import { DAY, language, locale, say } from "../words";

export function Customer() {
  const { _splat: identifier = "" } = useParams({ strict: false }) as { _splat?: string };
  const may = useStart().data?.may ?? [];
  const person = useQuery({ queryKey: ["customer", identifier], queryFn: ({ signal }) => get<Person>(at(identifier), { language }, signal) });
  if (person.error) return <Oops error={person.error} retry={() => person.refetch()} />;
  if (!person.data) return <Waiting />;
  const one = person.data;
  return (
    <Stack gap="lg" className="page">
      <header>
        <Title order={1}><bdi>{one.name ?? one.customer}</bdi></Title>
        <p className="sentence" dir="auto">{one.sentence}</p>
        <Group gap="xs" mt="xs">
          {one.identifiers.slice(0, 6).map((each) => <Badge key={each} variant="default" tt="none" fw={400}><bdi dir="ltr">{each}</bdi></Badge>)}
          {one.tags.map((tag) => <Badge key={tag} variant="light" tt="none"><bdi>{tag}</bdi></Badge>)}
        </Group>
      </header>
      {one.notices.map((notice) => <aside key={notice} className="note" dir="auto">{notice}</aside>)}
      <Ribbon one={one} />
      <div className="profile">
        <Happened identifier={identifier} zone={one.timezone} />
        <Stack gap="md">
          <Notes one={one} identifier={identifier} />
          {may.includes("identity") && <Who identifier={identifier} />}
          <Bonds one={one} />
          {Object.entries(one.kinds).map(([kind, title]) => <Facts key={kind} title={title} facts={one.facts.filter((fact) => fact.kind === kind)} />)}
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

function Facts({ title, facts }: { title: string; facts: Fact[] }) {
  const [all, setAll] = useState(false);
  const known = facts.filter((fact) => fact.value !== null && fact.value !== "");
  const shown = all ? facts : known;
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h5" mb="xs">{title}</Title>
      {!shown.length && <Text size="sm" c="dimmed">{say("nothing-known")}</Text>}
      <dl className="facts">
        {shown.map((fact) => <div key={fact.name} title={fact.how}><dt>{fact.title}</dt><dd><bdi>{fact.text}</bdi></dd></div>)}
      </dl>
      {facts.length > known.length && (
        <Button variant="subtle" color="gray" size="compact-xs" mt="xs" onClick={() => setAll(!all)}>{say(all ? "facts-known" : "facts-all", { n: facts.length - known.length })}</Button>
      )}
    </Card>
  );
}

function Happened({ identifier, zone }: { identifier: string; zone: string }) {
  const [kinds, setKinds] = useState<string[]>([]);
  const pages = useInfiniteQuery({
    queryKey: ["timeline", identifier, kinds],
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams([["language", language], ...kinds.map((kind) => ["kind", kind]), ...(pageParam ? [["before", pageParam]] : [])] as [string, string][]);
      return get<Page>(`${at(identifier, "/timeline")}?${asked}`, {}, signal);
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.next || undefined,
  });
  const lines = pages.data?.pages.flatMap((page) => page.lines) ?? [];
  return (
    <Card withBorder padding="md">
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

function Notes({ one, identifier }: { one: Person; identifier: string }) {
  const [text, setText] = useState("");
  const client = useQueryClient();
  const anew = () => Promise.all(["customer", "timeline"].map((key) => client.invalidateQueries({ queryKey: [key, identifier] })));
  const write = useMutation({
    mutationFn: () => send("POST", at(identifier, "/notes"), { text }),
    onSuccess: () => { setText(""); return anew(); },
    onError: (error) => notifications.show({ color: "orange", message: error.message }),
  });
  const restore = (number: number) => send("POST", at(identifier, `/notes/${number}/restore`)).then(anew);
  const remove = useMutation({
    mutationFn: (number: number) => send("DELETE", at(identifier, `/notes/${number}`)),
    onSuccess: async (_, number) => {
      await anew();
      const id = notifications.show({ message: <Group justify="space-between">{say("note-gone")}<Button size="compact-xs" variant="light" onClick={() => { notifications.hide(id); void restore(number); }}>{say("undo")}</Button></Group> });
    },
  });
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h5" mb="xs">{say("notes")}</Title>
      {one.notes.map((note) => (
        <Group key={note.id} justify="space-between" align="start" wrap="nowrap" mb="xs">
          <Text size="sm" dir="auto" className="said">{note.text}</Text>
          <Button variant="subtle" color="gray" size="compact-xs" onClick={() => remove.mutate(note.id)}>{say("remove")}</Button>
        </Group>
      ))}
      <Textarea value={text} onChange={(event) => setText(event.currentTarget.value)} placeholder={say("note-hint")} aria-label={say("note-hint")} autosize minRows={2} dir="auto" />
      {text.trim() && <Button size="xs" mt="xs" loading={write.isPending} onClick={() => write.mutate()}>{say("keep")}</Button>}
    </Card>
  );
}
