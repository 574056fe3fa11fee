/** Pulse: the business in one minute. A greeting, what changed and why, the figures that matter, and where customers stand. */
import { Button, Card, Group, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { Parameters } from "../api";
import { useLook, useStart } from "../asking";
import { Glance, Picture, Sentence, Tiles, Waiting } from "../look";
import { Oops } from "../oops";
import { Sample, TrySample, useSample } from "../sample";
import { language, locale, say } from "../words";

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
  const hijri = new Intl.DateTimeFormat(`${language === "ar" ? "ar-SA" : "en-GB"}-u-ca-islamic-umalqura-nu-latn`, { day: "numeric", month: "long", year: "numeric", ...zone }).format(now);
  return (
    <header>
      <Title order={1}>{say(hour >= 4 && hour < 12 ? "morning" : "evening", { name: start.name })}</Title>
      <Text c="dimmed"><bdi>{day}</bdi> · <bdi>{hijri}</bdi></Text>
    </header>
  );
}

/** For a shop without any data: where to begin. */
function Welcome({ may }: { may: string[] }) {
  const whole = useLook("journey", { period: "all" }, 0);
  const sample = useSample().data;
  if (!may.includes("import") || !whole.data || whole.data.sample > 0 || !sample || sample.state !== "none") return null;
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

function Main({ name, given }: { name: string; given: Parameters }) {
  const { data: look, error, refetch } = useLook(name, given, 0);
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
