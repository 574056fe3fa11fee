/** The journey as a river: as wide as those who come so far, with what leaves on the way and what goes wrong; a stage opens what happens in it. */
import { Button, Card, Group, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { Look, Parameters } from "../api";
import { useLook } from "../asking";
import { Sentence, Waiting } from "../look";
import { Oops } from "../oops";
import { language, locale, say } from "../words";
import { Section } from "./section";
import "./journey.css";

const PERIODS = ["last_30_days", "last_90_days", "last_365_days"] as const;
const STEP = 160; // of a stage, in the drawing's units
const DEEP = 120; // of the river where it is widest
const HIGH = 260;
const short = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });

type Reach = { title: string; reached: number; here: number; dropped: number | null; row: string[] };
type Pain = { title: string; stage: string; loss: number; said: string };

export function Journey() {
  const { period = "last_90_days", stage = "" } = useSearch({ strict: false }) as Parameters;
  const go = useNavigate();
  const journey = useLook("journey", { period }, 40);
  const pains = useLook("pain_points", { period }, 20);
  const choose = (next: Parameters) => void go({ to: "/journey", search: { period, ...(stage ? { stage } : {}), ...next } as never, resetScroll: false });
  const reached = journey.data ? reaches(journey.data) : [];
  const chosen = reached.find((one) => one.title === stage);
  return (
    <Stack gap="lg" className="page">
      <Group justify="space-between" align="end">
        <header><Title order={1}>{say("section-journey")}</Title><Text c="dimmed">{say("section-journey-about")}</Text></header>
        <SegmentedControl value={period} onChange={(next) => choose({ period: next })} data={PERIODS.map((value) => ({ value, label: say(`period-${value}`) }))} aria-label={say("period")} />
      </Group>
      {journey.error ? <Oops error={journey.error} retry={() => journey.refetch()} /> : !journey.data ? <Waiting /> : (
        <article className="answer" aria-busy={journey.isPlaceholderData}>
          <Sentence look={journey.data} />
          {reached.length > 1 && <River stages={reached} pains={pains.data ? costly(pains.data) : []} chosen={stage} choose={(title) => choose({ stage: title === stage ? "" : title })} />}
          {chosen && <Inside key={chosen.title} look={journey.data} stage={chosen} pains={pains.data ? costly(pains.data) : []} period={period} />}
        </article>
      )}
      <Section name="journey" bare />
    </Stack>
  );
}

const bare = (text: string) => text.replace(/[\u2066-\u2069]/g, "");
const column = (look: Look, name: string) => look.headings.findIndex((head) => head.name === name);

/** The stages that somebody reached, in their order; those who fell asleep or are lost stand for themselves. */
function reaches(look: Look): Reach[] {
  const [reached, here, dropped] = ["reached", "customers", "dropped_out"].map((name) => column(look, name)) as [number, number, number];
  return look.rows
    .map((row, place) => ({ title: bare(row[0]!), reached: look.sorts[place]?.[reached] as number | null, here: (look.sorts[place]?.[here] as number | null) ?? 0, dropped: (look.sorts[place]?.[dropped] as number | null) ?? null, row }))
    .filter((one): one is Reach => one.reached !== null);
}

function costly(look: Look): Pain[] {
  const [loss, stage] = [column(look, "loss"), column(look, "stage")];
  return look.rows
    .map((row, place) => ({ title: bare(row[0]!), stage: bare(row[stage] ?? ""), loss: (look.sorts[place]?.[loss] as number | null) ?? 0, said: row[loss] ?? "" }))
    .filter((one) => one.loss > 0)
    .slice(0, 5);
}

/** It flows as the language is read. Below, what leaves after a stage; above, the dearest troubles, as large as what they cost. */
function River({ stages, pains, chosen, choose }: { stages: Reach[]; pains: Pain[]; chosen: string; choose: (title: string) => void }) {
  const wide = STEP * stages.length;
  const most = Math.max(...stages.map((one) => one.reached), 1);
  const dearest = Math.max(...pains.map((one) => one.loss), 1);
  const x = (at: number) => (language === "ar" ? wide - at : at);
  const half = (one: Reach) => Math.max((DEEP / 2) * Math.sqrt(one.reached / most), 1.5);
  const middle = HIGH / 2;
  const side = (sign: 1 | -1) =>
    stages.map((one, place) => ({ from: STEP * place + 24, to: STEP * (place + 1) - 24, y: middle + sign * half(one) }));
  const [top, bottom] = [side(-1), side(1)];
  const along = (points: typeof top) => points.map((one, place) => (place ? `C${x(one.from - 24)},${points[place - 1]!.y} ${x(one.from - 24)},${one.y} ${x(one.from)},${one.y}` : `M${x(0)},${one.y}L${x(one.from)},${one.y}`) + `L${x(one.to)},${one.y}`).join("");
  const end = x(wide);
  const back = [...bottom].reverse().map((one, place, all) => (place ? `C${x(one.to + 24)},${all[place - 1]!.y} ${x(one.to + 24)},${one.y} ${x(one.to)},${one.y}` : `L${end},${one.y}L${x(one.to)},${one.y}`) + `L${x(one.from)},${one.y}`).join("");
  return (
    <div className="river" role="group" aria-label={say("river")}>
      <svg viewBox={`0 0 ${wide} ${HIGH}`} aria-hidden="true">
        <path className="water" d={`${along(top)}L${end},${top.at(-1)!.y}${back}L${x(0)},${bottom[0]!.y}Z`} />
        {stages.map((one, place) => {
          const next = stages[place + 1];
          const left = one.dropped === null ? 0 : one.dropped * one.reached;
          const deep = half(one), leak = Math.max(deep * Math.sqrt(Math.min(left / Math.max(one.reached, 1), 1)) * 0.6, 0);
          const at = STEP * (place + 1) - 28;
          return (
            <g key={one.title}>
              {next && leak > 1 && <path className="leak" d={`M${x(at - leak)},${middle + deep - 1}C${x(at)},${middle + deep + 24} ${x(at + 8)},${middle + deep + 30} ${x(at + 12)},${HIGH - 22}L${x(at + 12 + Math.max(leak / 2, 2))},${HIGH - 22}C${x(at + 14)},${middle + deep + 26} ${x(at + leak)},${middle + deep + 12} ${x(at + leak)},${middle + deep - 1}Z`} />}
              {next && left >= 1 && <text className="halo" x={x(at + 16)} y={HIGH - 8} textAnchor="middle" fontSize="12">{short.format(left)}</text>}
              {pains.filter((pain) => pain.stage === one.title).map((pain, nth) => (
                <circle key={pain.title} className="pin" cx={x(STEP * place + 36 + nth * 34)} cy={middle - deep - 16} r={5 + 11 * Math.sqrt(pain.loss / dearest)}><title>{pain.title}</title></circle>
              ))}
            </g>
          );
        })}
      </svg>
      <ol style={{ gridTemplateColumns: `repeat(${stages.length}, minmax(0, 1fr))` }}>
        {stages.map((one) => (
          <li key={one.title}>
            <button type="button" aria-pressed={one.title === chosen} onClick={() => choose(one.title)}>
              <strong>{one.title}</strong>
              <span><bdi>{short.format(one.reached)}</bdi></span>
            </button>
          </li>
        ))}
      </ol>
      <Text size="xs" c="dimmed" mt={4}>{say("river-wide")}</Text>
    </div>
  );
}

/** What a stage holds: its figures, where customers meet the shop in it, and what goes wrong there. */
function Inside({ look, stage, pains, period }: { look: Look; stage: Reach; pains: Pain[]; period: string }) {
  const map = useLook("journey_map", { period }, 200).data;
  const here = pains.filter((pain) => pain.stage === stage.title);
  const met = map?.rows.filter((row) => bare(row[0]!) === stage.title) ?? [];
  const [touchpoint, customers, went] = map ? ["touchpoint", "customers", "went_on"].map((name) => column(map, name)) as [number, number, number] : [0, 0, 0];
  return (
    <Card withBorder padding="lg" component="section" aria-label={stage.title} mt="md">
      <Title order={2} size="h4">{stage.title}</Title>
      <dl className="tiles">{look.headings.slice(1).map((head, at) => <div key={head.name}><dt>{head.title}</dt><dd className="figure"><bdi>{stage.row[at + 1]}</bdi></dd></div>)}</dl>
      {!map && <Waiting height={80} />}
      {met.length > 0 && map && (
        <>
          <Title order={3} size="h5" mt="md">{map.headings[touchpoint]!.title}</Title>
          <dl className="facts">{met.slice(0, 8).map((row) => <div key={row[touchpoint]}><dt><bdi>{row[touchpoint]}</bdi></dt><dd><bdi>{row[customers]}</bdi> · {map.headings[went]!.title}: <bdi>{row[went]}</bdi></dd></div>)}</dl>
        </>
      )}
      {here.length > 0 && (
        <>
          <Title order={3} size="h5" mt="md">{say("river-pains")}</Title>
          <ul className="reasons">{here.map((pain) => <li key={pain.title}>{pain.title} · <bdi>{pain.said}</bdi></li>)}</ul>
        </>
      )}
      <Group mt="md" gap="sm">
        <Button component={Link} {...({ to: "/ask/$name", params: { name: "journey_map" }, search: { period } } as object)} variant="default" size="xs">{say("river-map")}</Button>
        <Button component={Link} {...({ to: "/ask/$name", params: { name: "pain_points" }, search: { period } } as object)} variant="default" size="xs">{say("river-pains")}</Button>
      </Group>
    </Card>
  );
}
