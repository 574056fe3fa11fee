/** For how long what came from each source is kept. What would go is told before anything is deleted. */
import { Button, Card, Group, NumberInput, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { get, send } from "./api";
import { Waiting } from "./look";
import { Oops } from "./oops";
import { locale, moment, say } from "./words";

type Kept = { retention: Record<string, number> };
type Source = { value: string; events: number };
type Swept = { source: string; days: number; before: string; events: number; traits: number; quarantine: number };
const count = new Intl.NumberFormat(locale);

export default function Retention() {
  const cache = useQueryClient();
  const kept = useQuery({ queryKey: ["retention"], queryFn: ({ signal }) => get<Kept>("/v1/privacy/retention", {}, signal) });
  const sources = useQuery({ queryKey: ["offered", "source"], queryFn: ({ signal }) => get<{ values: Source[] }>("/v1/offered/source", {}, signal) });
  const keep = useMutation({
    mutationFn: (body: { source: string; days: number | null }) => send<Kept>("POST", "/v1/privacy/retention", body),
    onSuccess: (found) => { cache.setQueryData(["retention"], found); look.reset(); },
  });
  const look = useMutation({ mutationFn: (dry_run: boolean) => send<{ swept: Swept[] }>("POST", "/v1/privacy/sweep", { dry_run }), onSuccess: (_, dry) => { if (!dry) void cache.invalidateQueries(); } });
  const failed = kept.error ?? sources.error;
  if (failed) return <Oops error={failed} retry={() => { void kept.refetch(); void sources.refetch(); }} />;
  if (!kept.data || !sources.data) return <Waiting height={200} />;
  const days = kept.data.retention;
  const sizes = new Map(sources.data.values.map((one) => [one.value, one.events]));
  const names = [...new Set([...sizes.keys(), ...Object.keys(days)])];
  const gone = look.data?.swept.map((one) => ({ ...one, all: one.events + one.traits + one.quarantine })).filter((one) => one.all > 0) ?? [];
  return (
    <Stack gap="md" className="empty">
      <Text c="dimmed">{say("keep-about")}</Text>
      {keep.error && <Oops error={keep.error} />}
      {!names.length && <Text>{say("keep-none")}</Text>}
      <ul className="people">{names.map((name) => <li key={name}><OneSource name={name} events={sizes.get(name) ?? 0} days={days[name] ?? null} busy={keep.isPending} keep={(next) => keep.mutate({ source: name, days: next })} /></li>)}</ul>
      {Object.keys(days).length > 0 && (
        <Group><Button variant="default" loading={look.isPending} onClick={() => look.mutate(true)}>{say("keep-look")}</Button></Group>
      )}
      {look.error && <Oops error={look.error} />}
      {look.data && (
        <aside className="note" role="status">
          {look.variables ? (gone.length ? say("keep-would") : say("keep-nothing")) : say("keep-gone")}
          <ul>{gone.map((one) => <li key={one.source}><bdi>{one.source}</bdi>: {say("keep-rows", { n: one.all, count: count.format(one.all), day: moment(one.before, undefined) })}</li>)}</ul>
          {look.variables && gone.length > 0 && <Button size="xs" color="red" variant="light" onClick={() => look.mutate(false)}>{say("keep-delete")}</Button>}
        </aside>
      )}
    </Stack>
  );
}

function OneSource({ name, events, days, busy, keep }: { name: string; events: number; days: number | null; busy: boolean; keep: (days: number | null) => void }) {
  const [draft, setDraft] = useState<number | "">(days ?? "");
  return (
    <Card withBorder padding="sm" className="person segment">
      <Text fw={600}><bdi>{name}</bdi></Text>
      <Text size="sm" c="dimmed">{say("keep-events", { n: events, count: count.format(events) })} · {days === null ? say("keep-always") : say("keep-days", { n: days })}</Text>
      <Group gap="xs" align="end">
        <NumberInput size="xs" w={110} dir="ltr" aria-label={say("keep-for", { name })} placeholder={say("keep-placeholder")} value={draft} min={1} max={36525} allowDecimal={false} hideControls onChange={(next) => setDraft(typeof next === "number" ? next : "")} />
        <Button size="xs" variant="default" disabled={draft === "" || draft === days || busy} onClick={() => draft !== "" && keep(draft)}>{say("keep-set")}</Button>
        {days !== null && <Button size="xs" variant="subtle" color="gray" disabled={busy} onClick={() => { setDraft(""); keep(null); }}>{say("keep-end")}</Button>}
      </Group>
    </Card>
  );
}
