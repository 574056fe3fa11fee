/** Programs that are asked for what is new: what can be connected, what is, how the last time went, asking now, and letting go. */
import { Badge, Button, Card, Group, Modal, Progress as Bar, Text, Title } from "@mantine/core";
import { useMutation, useMutationState, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { get, Refused, send } from "./api";
import { useStart } from "./asking";
import { Waiting } from "./look";
import { Oops } from "./oops";
import { language, locale, moment, say } from "./words";

export type Ask = { name: string; title: string; arabic: string; secret: boolean; default: string; optional: boolean };
export type Program = { name: string; title: string; arabic: string; about: string; arabic_about: string; every_minutes: number; asks: Ask[] };
export type Run = { started_at: string; state: string; rows: number; added: number; rejected: number; notes: string[]; error: string };
export type Connected = { name: string; connector: string; every_minutes: number; silent_since: string | null; last: Run | null };

const ASKING = ["ask-program"];
const count = new Intl.NumberFormat(locale);

export const titled = (one: { title: string; arabic: string }) => (language === "ar" ? one.arabic || one.title : one.title);

export function usePrograms(wanted: boolean) {
  return useQuery({ queryKey: ["connectors"], queryFn: ({ signal }) => get<Program[]>("/v1/connectors", {}, signal), staleTime: Infinity, enabled: wanted });
}

/** The names of connections that somebody here had asked, and that have not answered to their end. */
function useAsked(): string[] {
  return useMutationState({ filters: { mutationKey: ASKING, status: "pending" }, select: (one) => one.state.variables as string });
}

export function useConnections(wanted = true) {
  const asked = useAsked().length > 0;
  return useQuery({
    queryKey: ["connections"],
    queryFn: ({ signal }) => get<Connected[]>("/v1/connections", {}, signal),
    refetchInterval: (query) => (asked || query.state.data?.some((one) => one.last?.state === "running") ? 1_500 : false),
    enabled: wanted,
  });
}

/** Ask one now. It goes on when the page is left; whatever it brought changes every answer. */
export function useAsk() {
  const cache = useQueryClient();
  return useMutation({
    mutationKey: ASKING,
    mutationFn: (name: string) => send("POST", `/v1/connections/${encodeURIComponent(name)}/sync`),
    onSettled: () => cache.invalidateQueries(),
  });
}

/** The connections with their state, on the page of sources. */
export function Connections({ may }: { may: string[] }) {
  const all = useConnections();
  const programs = usePrograms(may.includes("connect"));
  const asked = useAsked();
  const ask = useAsk();
  const [leaving, setLeaving] = useState("");
  const [gone, setGone] = useState("");
  if (all.error) return <Oops error={all.error} retry={() => all.refetch()} />;
  if (!all.data) return <Waiting height={96} />;
  const told = ask.error instanceof Refused && all.data.some((one) => one.last?.error.startsWith(ask.error!.message)); // it stands on its card
  return (
    <section aria-label={say("sources-connections")} id="programs">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4">{say("sources-connections")}</Title>
        {may.includes("connect") && <Button component={Link} {...({ to: "/connect" } as object)} variant="default" size="xs">{say("connect-all")}</Button>}
      </Group>
      {ask.error && !told && <Oops error={ask.error} />}
      {gone && <Text size="sm" role="status" mb="xs">{say("program-gone", { name: gone })}</Text>}
      {!all.data.length && <Text c="dimmed">{say(may.includes("connect") ? "connect-none" : "connect-none-viewer")}</Text>}
      <ul className="people">
        {all.data.map((one) => (
          <li key={one.name}>
            <One one={one} program={programs.data?.find((each) => each.name === one.connector)} may={may} asked={asked.includes(one.name)} ask={() => ask.mutate(one.name)} leave={() => setLeaving(one.name)} />
          </li>
        ))}
      </ul>
      <Modal opened={leaving !== ""} onClose={() => setLeaving("")} title={say("program-let-go-title", { name: leaving })} closeButtonProps={{ "aria-label": say("cancel") }} centered>
        {leaving && <Leave name={leaving} close={() => setLeaving("")} done={() => { setGone(leaving); setLeaving(""); }} />}
      </Modal>
    </section>
  );
}

function One({ one, program, may, asked, ask, leave }: { one: Connected; program: Program | undefined; may: string[]; asked: boolean; ask: () => void; leave: () => void }) {
  const zone = useStart().data?.timezone;
  const { last } = one;
  const running = asked || last?.state === "running";
  const title = program ? titled(program) : one.connector;
  return (
    <Card withBorder padding="md" component="article" aria-label={one.name}>
      <Group justify="space-between" gap="xs" align="start">
        <div>
          <Text fw={600}><bdi>{one.name}</bdi>{title !== one.name && <Text span size="sm" c="dimmed" fw={400}> · <bdi>{title}</bdi></Text>}</Text>
          <Text size="sm" c="dimmed">
            {last ? say("source-asked", { time: moment(last.started_at, zone, true) }) : say("source-never")} · {every(one.every_minutes)}
          </Text>
        </div>
        {last && !running && <Badge variant="default" tt="none" className={last.state === "done" ? "good" : "bad"}>{say(`source-state-${last.state}`)}</Badge>}
      </Group>
      {running ? (
        <div role="status" aria-live="polite" className="going">
          <Text size="sm">{say("program-so-far", { n: last?.state === "running" ? last.rows : 0 })}</Text>
          <Bar value={100} animated striped aria-label={say("loading")} />
        </div>
      ) : last && (
        <Text size="sm" mt={4}>
          {say("program-rows", { n: last.rows })} · {say("program-new", { n: last.added })}
          {last.rejected > 0 && <> · <a href="#mend">{say("bring-rejected")}: {count.format(last.rejected)}</a></>}
        </Text>
      )}
      {!running && last?.error && <aside className="note"><Text size="sm" fw={500}><bdi>{last.error}</bdi></Text><Text size="sm" c="dimmed">{say("program-failed")}</Text></aside>}
      {!running && last?.notes.map((note) => <Text key={note} size="sm" c="dimmed"><bdi>{note}</bdi></Text>)}
      {one.silent_since && <Text size="sm" className="bad">{say("program-silent", { day: moment(one.silent_since, zone) })}</Text>}
      <Group gap="xs" mt="sm">
        {may.includes("import") && <Button variant="default" size="xs" disabled={running} onClick={ask}>{say("source-ask")}</Button>}
        {program && <Button component={Link} {...({ to: "/connect/$name", params: { name: one.connector }, search: { as: one.name } } as object)} variant="subtle" size="xs">{say("program-change")}</Button>}
        {may.includes("connect") && <Button variant="subtle" color="gray" size="xs" disabled={running} onClick={leave}>{say("program-let-go")}</Button>}
      </Group>
    </Card>
  );
}

/** How often, in words where there are some for it. */
export function every(minutes: number): string {
  const known = say(`connect-every-${minutes}`);
  return known.startsWith("connect-every-") ? say("connect-every-other", { n: minutes }) : known;
}

/** Asked once more: its keys cannot be had back. */
function Leave({ name, close, done }: { name: string; close: () => void; done: () => void }) {
  const cache = useQueryClient();
  const leave = useMutation({
    mutationFn: () => send("DELETE", `/v1/connections/${encodeURIComponent(name)}`),
    onSuccess: async () => { await cache.invalidateQueries({ queryKey: ["connections"] }); done(); },
  });
  return (
    <>
      <Text size="sm" mb="md">{say("program-let-go-about")}</Text>
      {leave.error && <Oops error={leave.error} />}
      <Group>
        <Button color="orange" variant="light" loading={leave.isPending} onClick={() => leave.mutate()}>{say("program-let-go-do")}</Button>
        <Button variant="subtle" color="gray" onClick={close}>{say("cancel")}</Button>
      </Group>
    </>
  );
}
