/** Segments: the saved ones, and a builder whose conditions read as a sentence and are counted as they are written. */
import { ActionIcon, Button, Card, Group, NumberInput, Select, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { address, get, send, type Control, type Parameters, type Segment } from "../api";
import { useControls, useStart } from "../asking";
import { EventChoice } from "../event";
import { Waiting } from "../look";
import { Oops } from "../oops";
import { SaveCustomers } from "../saving";
import { language, moment, say } from "../words";

const KINDS = ["did", "did-not", "is", "is-not", "measure", "in", "not-in"] as const;
const FACTS = ["city", "country", "channel", "source", "branch", "payment", "coupon", "campaign", "device", "gender", "language"] as const;
const MEASURES = ["orders", "revenue", "average order", "recency"] as const;
const BOUNDS = ["at least", "at most", "in top", "in bottom"] as const;
type Condition = { kind: (typeof KINDS)[number]; what: string; bound: string; number: string; days: string };

const FIRST: Condition = { kind: "did", what: "Order Completed", bound: "at least", number: "1", days: "" };
const DEFAULTS: Record<string, string> = { did: "Order Completed", is: "", measure: "orders", in: "" };
const SEVERAL = /\s*[,،|]\s*/; // between the values of a fact
const PLAIN = /^[\p{L}\p{N}_.:@-]+$/u;
const WORD = /^(and|or)$/i; // of the language
const CALLED = /^\p{Lu}[\p{L}\p{N}_.:-]*( \p{Lu}[\p{L}\p{N}_.:-]*)*$/u; // as the dictionary writes events: Order Completed
const MOST_LISTED = 10_000; // customers that a file holds
const quoted = (text: string, plain: boolean) => (plain ? text : `"${text.replaceAll('"', "")}"`);
const value = (text: string) => quoted(text, PLAIN.test(text) && !WORD.test(text));
const move = (name: string) => quoted(name, CALLED.test(name));
const key = (word: string) => word.replaceAll(" ", "_");

/** A condition as the rule language writes it; empty while something is missing. */
function written(one: Condition): string {
  const values = one.number.trim();
  switch (one.kind) {
    case "did":
      return one.what.trim() && `did ${move(one.what.trim())}${Number(values) > 1 ? ` at least ${values} times` : ""}${one.days ? ` in last ${one.days} days` : ""}`;
    case "did-not":
      return one.what.trim() && `did not ${move(one.what.trim())}${one.days ? ` in last ${one.days} days` : ""}`;
    case "is":
    case "is-not":
      return one.bound && one.what.trim() && `${one.bound} ${one.kind === "is" ? "is" : "is not"} ${one.what.trim().split(SEVERAL).filter(Boolean).map(value).join("|")}`;
    case "measure":
      return values && `${one.what} ${one.bound} ${values}${one.bound.startsWith("in") ? "%" : ""}`;
    default:
      return one.what && `${one.kind === "in" ? "" : "not "}in ${one.what}`;
  }
}

export function Segments() {
  const { rule: given = "" } = useSearch({ strict: false }) as Parameters;
  const may = useStart().data?.may ?? [];
  const segments = useQuery({ queryKey: ["segments"], queryFn: ({ signal }) => get<{ segments: Segment[] }>("/v1/segments", {}, signal) });
  return (
    <Stack gap="lg" className="page">
      <header>
        <Title order={1}>{say("segments")}</Title>
        <Text c="dimmed">{say("segments-about")}</Text>
      </header>
      {segments.error ? <Oops error={segments.error} /> : !segments.data ? <Waiting height={160} /> : <Saved all={segments.data.segments} may={may} />}
      <Builder key={given} given={given} segments={segments.data?.segments ?? []} may={may} />
    </Stack>
  );
}

const UNDO = 6_000; // ms in which a removal can be taken back

function Saved({ all, may }: { all: Segment[]; may: string[] }) {
  const [gone, setGone] = useState<Segment | null>(null);
  const [wrong, setWrong] = useState<Error | null>(null);
  const cache = useQueryClient();
  const zone = useStart().data?.timezone;
  const due = useRef<{ name: string; timer: number } | null>(null);
  const finish = () => {
    const waiting = due.current;
    if (!waiting) return;
    clearTimeout(waiting.timer);
    due.current = null;
    send("DELETE", `/v1/segments/${encodeURIComponent(waiting.name)}`)
      .catch(setWrong)
      .finally(() => { setGone((one) => (one?.name === waiting.name ? null : one)); void cache.invalidateQueries({ queryKey: ["segments"] }); });
  };
  useEffect(() => finish, []);
  const remove = (one: Segment) => {
    finish();
    setGone(one);
    due.current = { name: one.name, timer: window.setTimeout(finish, UNDO) };
  };
  const back = () => {
    if (due.current) clearTimeout(due.current.timer);
    due.current = null;
    setGone(null);
  };
  const shown = all.filter((one) => one.name !== gone?.name);
  return (
    <section aria-label={say("segments-saved")}>
      {wrong && <Oops error={wrong} />}
      {gone && (
        <Group className="note" role="status" mb="sm"><Text size="sm">{say("segment-gone", { title: gone.title || gone.name })}</Text><Button size="xs" variant="subtle" onClick={back}>{say("undo")}</Button></Group>
      )}
      {!shown.length && !gone && <Text c="dimmed" className="empty">{say("segments-none")}</Text>}
      <ul className="people">
        {shown.map((one) => (
          <li key={one.name}>
            <Card withBorder padding="sm" className="person segment">
              <Text fw={600}><bdi>{one.title || one.name}</bdi></Text>
              <Text size="sm" c="dimmed">
                {say("segment-size", { n: one.size })} · {moment(one.made_at, zone)}
              </Text>
              <Group gap="xs">
                <Button component={Link} {...({ to: "/ask/$name", params: { name: "customers" }, search: { segment: `in=${one.name}` } } as object)} variant="subtle" size="xs">{say("segment-see")}</Button>
                <Button component="a" href={address("/v1/ask/customers.csv", { segment: `in=${one.name}`, limit: String(MOST_LISTED), language })} download variant="subtle" size="xs">CSV</Button>
                {typeof one.parameters["rule"] === "string" && (
                  <Button component={Link} {...({ to: "/segments", search: { rule: one.parameters["rule"] } } as object)} variant="subtle" size="xs">{say("segment-rule")}</Button>
                )}
                {may.includes("segments") && <Button variant="subtle" color="gray" size="xs" onClick={() => remove(one)} aria-label={say("segment-remove", { title: one.title || one.name })}>{say("remove")}</Button>}
              </Group>
            </Card>
          </li>
        ))}
      </ul>
    </section>
  );
}

type Tried = { rule: Record<string, string>; sentence: string; customers: number; rows: { customer: string; name: string | null }[] };

function Builder({ given, segments, may }: { given: string; segments: Segment[]; may: string[] }) {
  const [conditions, setConditions] = useState<Condition[]>([FIRST]);
  const [joined, setJoined] = useState("and");
  const [text, setText] = useState(given || "did Order Completed");
  const [own, setOwn] = useState(given !== ""); // written by hand: the conditions above no longer say it
  const go = useNavigate();
  const [rule] = useDebouncedValue(text.trim(), 350);
  const events = useControls("lifecycle", {}, true).data?.controls.find((one) => one.name === "step")?.options ?? [];
  const tried = useQuery({
    queryKey: ["rule", rule],
    queryFn: ({ signal }) => send<Tried>("POST", "/v1/segments/try", { rule, language }, signal),
    enabled: rule !== "",
    placeholderData: (before) => before,
    retry: false,
  });
  useEffect(() => {
    if (rule && rule !== given && own) void go({ to: "/segments", search: { rule } as never, replace: true, resetScroll: false });
  }, [rule]);
  const write = (next: Condition[], by = joined) => {
    setConditions(next);
    setJoined(by);
    setOwn(false);
    setText(next.map(written).filter(Boolean).join(` ${by} `));
  };
  const change = (place: number, part: Partial<Condition>) => write(conditions.map((one, each) => (each === place ? { ...one, ...part } : one)));
  return (
    <Card withBorder padding="lg" component="section" className="builder">
      <Title order={2} size="h4" mb="sm">{say("segment-new")}</Title>
      {!own && (
        <Stack gap="xs">
          {conditions.map((one, place) => (
            <Group key={place} gap="xs" align="center" className="condition" role="group" aria-label={say("condition-nth", { n: place + 1 })}>
              {place > 0 && (
                <Select size="sm" w={80} aria-label={say("condition-join")} data={["and", "or"].map((word) => ({ value: word, label: say(`join-${word}`) }))} value={joined} allowDeselect={false} onChange={(by) => write(conditions, by ?? "and")} />
              )}
              <Line one={one} events={events} segments={segments} change={(part) => change(place, part)} />
              {conditions.length > 1 && <ActionIcon variant="subtle" color="gray" aria-label={say("remove")} onClick={() => write(conditions.filter((_, each) => each !== place))}>×</ActionIcon>}
            </Group>
          ))}
          <Group><Button variant="subtle" size="xs" onClick={() => write([...conditions, { ...FIRST, kind: "is", bound: "city", what: "", number: "" }])}>{say("condition-add")}</Button></Group>
        </Stack>
      )}
      <Textarea mt="sm" label={say("segment-rule")} dir="ltr" autosize minRows={1} value={text} spellCheck={false} onChange={(event) => { setOwn(true); setText(event.currentTarget.value); }} />
      {own && <Button variant="subtle" size="xs" mt={4} onClick={() => { void go({ to: "/segments", search: {} as never, replace: true }); write([FIRST]); }}>{say("reset")}</Button>}
      {tried.error ? (
        <Oops error={tried.error} />
      ) : tried.data && (
        <div className="tried" aria-busy={tried.isFetching}>
          <p className="sentence">{tried.data.sentence}</p>
          <ul className="ribbon">
            {tried.data.rows.map((row) => (
              <li key={row.customer}>{may.includes("customer") ? <Link to="/customer/$" params={{ _splat: row.customer }}><bdi>{row.name || row.customer}</bdi></Link> : <bdi>{row.name || row.customer}</bdi>}</li>
            ))}
          </ul>
          {may.includes("segments") && tried.data.customers > 0 && rule === text.trim() && !tried.isPlaceholderData && <Group mt="md"><SaveCustomers key={rule} question="rule_customers" parameters={{ rule }} /></Group>}
        </div>
      )}
    </Card>
  );
}

function Line({ one, events, segments, change }: { one: Condition; events: Control["options"]; segments: Segment[]; change: (part: Partial<Condition>) => void }) {
  const kind = one.kind.replace(/-?not-?/, "");
  const turned = (next: Condition["kind"]) => {
    const base = next.replace(/-?not-?/, "");
    change(base === kind ? { kind: next } : { kind: next, what: DEFAULTS[base] ?? "", bound: base === "is" ? "city" : "at least", number: "1", days: "" });
  };
  return (
    <>
      <Select size="sm" w={150} aria-label={say("condition")} data={KINDS.map((word) => ({ value: word, label: say(`condition-${word}`) }))} value={one.kind} allowDeselect={false} onChange={(next) => turned(next as Condition["kind"])} />
      {kind === "did" && (
        <>
          <EventChoice size="sm" w={200} aria-label={say("condition-event")} options={events} value={one.what} change={(what) => change({ what })} />
          {one.kind === "did" && <NumberInput size="sm" w={96} min={1} max={1000} allowDecimal={false} aria-label={say("condition-times")} value={one.number} suffix=" ×" dir="ltr" onChange={(number) => change({ number: String(number) })} />}
          <Select size="sm" w={170} aria-label={say("condition-when")} allowDeselect={false} value={one.days} data={["", "7", "30", "90", "180", "365"].map((days) => ({ value: days, label: days ? say("condition-days", { n: Number(days) }) : say("condition-ever") }))} onChange={(days) => change({ days: days ?? "" })} />
        </>
      )}
      {kind === "is" && (
        <>
          <Select size="sm" w={150} aria-label={say("condition-fact")} data={FACTS.map((fact) => ({ value: fact, label: say(`fact-${fact}`) }))} value={one.bound} allowDeselect={false} onChange={(bound) => change({ bound: bound ?? "city" })} />
          <TextInput size="sm" w={220} dir="auto" aria-label={say("condition-value")} placeholder={say("condition-values")} value={one.what} onChange={(event) => change({ what: event.currentTarget.value })} />
        </>
      )}
      {kind === "measure" && (
        <>
          <Select size="sm" w={160} aria-label={say("condition-measure-name")} data={MEASURES.map((word) => ({ value: word, label: say(`measure-${key(word)}`) }))} value={one.what} allowDeselect={false} onChange={(what) => change({ what: what ?? "orders" })} />
          <Select size="sm" w={150} aria-label={say("condition-bound")} data={BOUNDS.map((word) => ({ value: word, label: say(`bound-${key(word)}`) }))} value={one.bound} allowDeselect={false} onChange={(bound) => change({ bound: bound ?? "at least" })} />
          <NumberInput size="sm" w={110} min={0} aria-label={say("condition-number")} value={one.number} suffix={one.bound.startsWith("in") ? " %" : ""} dir="ltr" onChange={(number) => change({ number: String(number) })} />
        </>
      )}
      {kind === "in" && (
        <Select size="sm" w={220} aria-label={say("segment")} data={segments.map((each) => ({ value: each.name, label: each.title || each.name }))} value={one.what || null} onChange={(what) => change({ what: what ?? "" })} nothingFoundMessage={say("segments-none")} />
      )}
    </>
  );
}
