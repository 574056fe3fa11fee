/** The queue of customers who may be one: side by side with the reasons, answered by a key, and taken back. */
import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { get, send } from "../api";
import { useStart } from "../asking";
import { Waiting } from "../look";
import { Oops } from "../oops";
import { language, locale, moment, say } from "../words";
import { done } from "../who";

type Side = { customer: string; names: string[]; phones: string[]; emails: string[]; tax_numbers: string[]; birthday: string; city: string };
type Pair = { id: number; probability: number; state: string; one: Side; other: Side; reasons: string[]; answered_at: string | null };
type Queue = { pairs: Pair[]; count: number; refreshed_at: string | null; left_out: number };
type Answer = "accept" | "reject" | "leave" | "undo";

const ANSWERED = ["accepted", "rejected", "left"] as const;
const SHOWN = 5; // answers that are offered to be taken back

export function Review() {
  const cache = useQueryClient();
  const zone = useStart().data?.timezone;
  const [place, setPlace] = useState(0);
  const queue = useQuery({ queryKey: ["review"], queryFn: ({ signal }) => get<Queue>("/v1/review", { language }, signal) });
  const anew = () => Promise.all(["review", "answered", "customer", "identity"].map((key) => cache.invalidateQueries({ queryKey: [key] })));
  const wrong = (error: Error) => void notifications.show({ color: "orange", message: error.message });
  const answer = useMutation({ mutationFn: (given: { id: number; answer: Answer }) => send("POST", "/v1/review", given), onSuccess: anew, onError: wrong });
  const look = useMutation({ mutationFn: () => send("POST", "/v1/review/refresh", { language }), onSuccess: anew, onError: wrong });
  const answered = useQuery({ queryKey: ["answered"], queryFn: ({ signal }) => Promise.all(ANSWERED.map((state) => get<Queue>("/v1/review", { language, state, limit: String(SHOWN) }, signal))) });
  const last = (answered.data ?? []).flatMap((each) => each.pairs).sort((one, other) => (other.answered_at ?? "").localeCompare(one.answered_at ?? "")).slice(0, SHOWN);
  const undo = (id: number) => answer.mutate({ id, answer: "undo" });
  const pairs = queue.data?.pairs ?? [];
  const pair = pairs[Math.min(place, pairs.length - 1)];
  const say_ = (given: Answer) => {
    if (!pair || answer.isPending) return;
    const { id } = pair;
    answer.mutate({ id, answer: given }, { onSuccess: () => done(say(`review-said-${given}`), () => undo(id)) });
  };
  const next = () => setPlace((before) => (pairs.length ? (before + 1) % pairs.length : 0));
  useHotkeys([["a", () => say_("accept")], ["r", () => say_("reject")], ["n", next], ["u", () => last[0] && !answer.isPending && undo(last[0].id)]]);
  if (queue.error) return <Oops error={queue.error} retry={() => queue.refetch()} />;
  if (!queue.data) return <Waiting />;
  const seen = queue.data.refreshed_at && moment(queue.data.refreshed_at, zone, true);
  return (
    <Stack gap="lg" className="page">
      <header>
        <Title order={1}>{say("review")}</Title>
        <Text c="dimmed" className="empty">{queue.data.count ? say("review-waiting", { n: queue.data.count }) : say("review-none")}</Text>
      </header>
      {pair && (
        <section aria-label={say("review")}>
          <p className="sentence">{say("review-chance", { percent: new Intl.NumberFormat(locale, { style: "percent" }).format(pair.probability) })}</p>
          <div className="two">{[pair.one, pair.other].map((side) => <Known key={side.customer} side={side} />)}</div>
          <ul className="reasons">{pair.reasons.map((reason) => <li key={reason} dir="auto">{reason}</li>)}</ul>
          <Group mt="md" gap="sm">
            <Button onClick={() => say_("accept")} loading={answer.isPending} rightSection={<kbd aria-hidden="true">A</kbd>}>{say("review-accept")}</Button>
            <Button variant="default" onClick={() => say_("reject")} disabled={answer.isPending} rightSection={<kbd aria-hidden="true">R</kbd>}>{say("review-reject")}</Button>
            <Button variant="subtle" color="gray" onClick={() => say_("leave")} disabled={answer.isPending}>{say("review-leave")}</Button>
            {pairs.length > 1 && <Button variant="subtle" color="gray" onClick={next} rightSection={<kbd aria-hidden="true">N</kbd>}>{say("review-next")}</Button>}
          </Group>
        </section>
      )}
      <Group gap="sm">
        <Button variant="default" size="xs" loading={look.isPending} onClick={() => look.mutate()}>{say("review-look")}</Button>
        {seen && <Text size="sm" c="dimmed">{say("review-looked", { time: seen })}</Text>}
      </Group>
      {last.length > 0 && (
        <section className="answered" aria-label={say("review-answered")}>
          <Title order={2} size="h5" mb="xs">{say("review-answered")}</Title>
          <ul className="who-list">
            {last.map((each, place) => (
              <li key={each.id}>
                <span>{say(`review-was-${each.state}`)}: {[...new Set([called(each.one), called(each.other)])].map((name, nth) => <span key={name}>{nth ? " · " : ""}<bdi>{name}</bdi></span>)}</span>
                <Button variant="subtle" color="gray" size="compact-xs" disabled={answer.isPending} onClick={() => undo(each.id)} aria-label={say("review-undo", { one: called(each.one), other: called(each.other) })} rightSection={place === 0 ? <kbd aria-hidden="true">U</kbd> : undefined}>{say("undo")}</Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Stack>
  );
}

const called = (side: Side) => side.names[0] || side.customer;

function Known({ side }: { side: Side }) {
  const told: [string, string[]][] = [
    ["review-phone", side.phones], ["review-email", side.emails], ["review-tax", side.tax_numbers], ["field-city", [side.city]], ["review-birthday", [side.birthday]],
  ];
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h5"><Link to="/customer/$" params={{ _splat: side.customer }}><bdi>{called(side)}</bdi></Link></Title>
      <Text size="xs" c="dimmed"><bdi dir="ltr">{side.customer}</bdi></Text>
      <dl className="facts">
        {side.names.length > 1 && <div><dt>{say("review-names")}</dt><dd>{side.names.slice(1).map((name) => <bdi key={name}>{name} </bdi>)}</dd></div>}
        {told.filter(([, values]) => values.some(Boolean)).map(([key, values]) => (
          <div key={key}><dt>{say(key)}</dt><dd>{values.map((value) => <bdi key={value} dir={key === "field-city" ? "auto" : "ltr"}>{value} </bdi>)}</dd></div>
        ))}
      </dl>
    </Card>
  );
}
