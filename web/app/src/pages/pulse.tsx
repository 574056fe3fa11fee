/** Pulse: the business in one minute. A greeting, what changed and why, the figures that matter, and where customers stand. */
import { Anchor, Button, Card, Group, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import type { Parameters } from "../api";
import { useCompany, useLook, useStart } from "../asking";
import { undraw } from "../frame";
import { Glance, Picture, Sentence, Tiles, Waiting } from "../look";
import { Oops } from "../oops";
import { Sample, TrySample, useSample } from "../sample";
import { hijri, locale, say } from "../words";

const CompanyForm = lazy(() => import("../company")); // for a new shop alone
const STEPS: Record<string, string> = { last_7_days: "day", last_30_days: "day", last_90_days: "week", last_365_days: "month" };
const PERIODS = Object.keys(STEPS);
const CARDS = ["pain_points", "abandoned_carts", "rfm", "products", "new_and_returning"];

export function Pulse() {
  const { period = "last_30_days" } = useSearch({ strict: false }) as Parameters;
  const may = useStart().data?.may ?? [];
  const go = useNavigate();
  const change = (wanted: string) => void go({ to: "/", search: { period: wanted } as never });
  return (
    <Stack gap="lg" className="page">
      <Hello />
      <SegmentedControl value={period} onChange={change} data={PERIODS.map((value) => ({ value, label: say(`period-${value}`) }))} aria-label={say("period")} className="periods" />
      <Sample may={may} />
      <Welcome may={may} />
      <Changes period={period} />
      <Today />
      <Main name="revenue" given={{ period, by: STEPS[period] ?? "month" }} />
      <Main name="journey" given={{ period }} />
      <div className="cards">{CARDS.map((name) => <One key={name} name={name} period={period} />)}</div>
    </Stack>
  );
}

function Hello() {
  const start = useStart().data;
  if (!start) return <Waiting height={64} />;
  const now = new Date();
  const zone = { timeZone: start.timezone };
  const hour = Number(new Intl.DateTimeFormat("en", { hour: "numeric", hourCycle: "h23", ...zone }).format(now));
  const day = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", year: "numeric", ...zone }).format(now);
  const lunar = new Intl.DateTimeFormat(hijri, { day: "numeric", month: "long", year: "numeric", ...zone }).format(now);
  return (
    <header>
      <Title order={1}>{say(hour >= 4 && hour < 12 ? "morning" : "evening", { name: start.name })}</Title>
      <Text c="dimmed"><bdi>{day}</bdi> · <bdi>{lunar}</bdi></Text>
    </header>
  );
}

/** For a shop without any data: where to begin. */
function Welcome({ may }: { may: string[] }) {
  const whole = useLook("journey", { period: "all" }, 0);
  const sample = useSample().data;
  const empty = may.includes("import") && whole.data?.sample === 0 && sample?.state === "none";
  const company = useCompany(empty && may.includes("privacy")).data;
  if (!empty) return null;
  const unsaid = company?.settings.some((one) => one.open && one.name === "currency" && one.usual);
  if (unsaid) return (
    <Card withBorder padding="xl" component="section" aria-label={say("welcome-shop")} className="welcome">
      <Title order={2} size="h3">{say("welcome-shop")}</Title>
      <Text c="dimmed" mb="md">{say("welcome-shop-about")}</Text>
      <Suspense fallback={<Waiting height={120} />}><CompanyForm first /></Suspense>
      <div className="else"><TrySample /></div>
    </Card>
  );
  return (
    <Card withBorder padding="xl" component="section" aria-label={say("welcome")} className="welcome">
      <Title order={2} size="h3">{say("welcome")}</Title>
      <Text c="dimmed" mb="md">{say("welcome-about")}</Text>
      <Group>
        <Button component={Link} {...({ to: "/sources" } as object)}>{say("welcome-file")}</Button>
        <Button component={Link} {...({ to: "/sources", hash: "snippet" } as object)} variant="default">{say("welcome-site")}</Button>
        {may.includes("connect") && <Button component={Link} {...({ to: "/connect" } as object)} variant="default">{say("welcome-program")}</Button>}
      </Group>
      <div className="else"><TrySample /></div>
    </Card>
  );
}

/** What changed, dearest first: the watcher's own sentence, and its first findings. */
function Changes({ period }: { period: string }) {
  const { data: look, error, refetch } = useLook("insights", { period }, 4);
  if (error) return <Oops error={error} retry={() => refetch()} />;
  if (!look) return <Waiting height={80} />;
  return (
    <Card withBorder padding="lg" className="changes">
      <Title order={2} size="h4"><Link to="/ask/$name" params={{ name: "insights" }} search={{ period } as never}>{look.title}</Link></Title>
      <Sentence look={look} />
    </Card>
  );
}

const TODAY: { name: string; given: Parameters; why: string[] }[] = [
  { name: "at_risk", given: {}, why: ["why", "action"] }, // to call before they leave
  { name: "abandoned_carts", given: { period: "last_7_days" }, why: ["value", "stage", "left_at"] }, // to be reminded
];

/** What to do today: whom to call or write to, each with why, and pairs that wait for somebody's word. */
function Today() {
  const may = useStart().data?.may ?? [];
  if (!may.includes("customer")) return null;
  return <div className="cards today">{TODAY.map((one) => <Deed key={one.name} {...one} />)}</div>;
}

function Deed({ name, given, why }: (typeof TODAY)[number]) {
  const start = useStart().data;
  const { data: look } = useLook(name, given, 40);
  if (!look) return null; // a shop without any has nothing to do yet
  const at = (head: string) => look.headings.findIndex((one) => one.name === head);
  const worth = new Intl.NumberFormat(locale, { style: "currency", currency: start?.currency ?? "SAR", maximumFractionDigits: 0 });
  const cell = (row: string[], place: number, head: string) => (head === "value" ? worth.format(Number(look.sorts[place]?.[at(head)] ?? 0)) : row[at(head)]);
  const people = look.rows
    .map((row, place) => ({ row, place, way: look.behind[place] }))
    .filter(({ row, way }) => way && "customer" in way && row[at("name")] && row[at("name")] !== "—")
    .slice(0, 3);
  if (!people.length) return null;
  return (
    <Card withBorder padding="lg" component="section" aria-label={say(`today-${name}`)}>
      <Title order={2} size="h4"><Link to="/ask/$name" params={{ name }} search={given as never}>{say(`today-${name}`)}</Link></Title>
      <ul className="deeds">
        {people.map(({ row, place, way }) => (
          <li key={(way as { customer: string }).customer}>
            <Anchor component={Link} {...({ to: "/customer/$", params: { _splat: (way as { customer: string }).customer } } as object)} fw={500}>{row[at("name")]}</Anchor>
            <Text size="sm" c="dimmed">{why.map((head, nth) => <span key={head}>{nth > 0 && " · "}<bdi>{cell(row, place, head)}</bdi></span>)}</Text>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Main({ name, given }: { name: string; given: Parameters }) {
  const { data: look, error, refetch } = useLook(name, given, 0);
  const stands = Boolean(look ?? error);
  useEffect(() => { if (stands) undraw(); }, [stands]);
  if (error) return <Oops error={error} retry={() => refetch()} />;
  if (!look) return <Waiting />;
  return (
    <Card withBorder padding="lg">
      <Stack gap="md">
        <Title order={2} size="h4"><Link to="/ask/$name" params={{ name }} search={given as never}>{look.title}</Link></Title>
        <Sentence look={look} />
        <Tiles look={look} most={4} />
        <Picture look={look} />
      </Stack>
    </Card>
  );
}

function One({ name, period }: { name: string; period: string }) {
  const { data: look, error, refetch } = useLook(name, { period }, 0);
  if (error) return <Oops error={error} retry={() => refetch()} />;
  if (!look) return <Waiting height={160} />;
  return <Glance look={look} to={<Link to="/ask/$name" params={{ name }} search={{ period } as never}>{look.title}</Link>} />;
}
