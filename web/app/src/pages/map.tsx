/** A journey map: stages side by side (below each other on a phone), how it feels as a curve, what is live beside what was drawn. */
import { ActionIcon, Button, Group, Select, Stack, Switch, Text, Textarea, TextInput, Title } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { get, Refused, send } from "../api";
import { useLook, useStart } from "../asking";
import { Sentence, Waiting } from "../look";
import { blank, drawnOf, LANES, useHistory, type Drawn, type Map_, type Stage, type Version } from "../maps";
import { Oops } from "../oops";
import { done } from "../who";
import { language, moment, say } from "../words";
import "./map.css";

export function OneMap() {
  const { number = "" } = useParams({ strict: false }) as { number?: string };
  const found = useQuery({ queryKey: ["map", number], queryFn: ({ signal }) => get<Map_>(`/v1/maps/${number}`, {}, signal), staleTime: Infinity, gcTime: 0 });
  if (found.error) return <Oops error={found.error} />;
  if (!found.data) return <Waiting />;
  return <Editor key={number} first={found.data} />;
}

function Editor({ first }: { first: Map_ }) {
  const start = useStart().data;
  const may = start?.may.includes("stages") ?? false;
  const go = useNavigate();
  const cache = useQueryClient();
  const [version, setVersion] = useState(first.version);
  const [kept, setKept] = useState(JSON.stringify(drawnOf(first)));
  const [live, setLive] = useState(false);
  const { now, change, undo, redo, canUndo, canRedo } = useHistory<Drawn>(drawnOf(first));
  const text = JSON.stringify(now);
  const save = useMutation({
    mutationFn: () => send<Map_>("PUT", `/v1/maps/${first.id}`, { ...now, version }),
    onSuccess: (saved) => {
      setVersion(saved.version);
      setKept(JSON.stringify(drawnOf(saved)));
      if (JSON.stringify(drawnOf(saved)) !== text) change(drawnOf(saved));
      void cache.invalidateQueries({ queryKey: ["maps"] });
      void cache.invalidateQueries({ queryKey: ["map-versions", first.id] });
    },
    onError: (error) => notifications.show({ color: "orange", message: error instanceof Refused ? `${error.message} ${error.remedy}` : error.message }),
  });
  const remove = useMutation({
    mutationFn: () => send<Map_>("DELETE", `/v1/maps/${first.id}`),
    onSuccess: async (was) => {
      await cache.invalidateQueries({ queryKey: ["maps"] });
      await go({ to: "/maps" });
      done(say("map-gone"), () => void send("POST", "/v1/maps", drawnOf(was)).then(() => cache.invalidateQueries({ queryKey: ["maps"] })));
    },
  });
  const unsaved = text !== kept;
  useEffect(() => {
    const keys = (event: globalThis.KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || !["z", "y", "s"].includes(event.key.toLowerCase())) return;
      event.preventDefault();
      if (event.key.toLowerCase() === "s") save.mutate();
      else if (event.key.toLowerCase() === "y" || event.shiftKey) redo();
      else undo();
    };
    const leave = (event: BeforeUnloadEvent) => event.preventDefault();
    if (may) addEventListener("keydown", keys);
    if (unsaved) addEventListener("beforeunload", leave);
    return () => { removeEventListener("keydown", keys); removeEventListener("beforeunload", leave); };
  });
  const stages = (next: Stage[], place = "") => change({ ...now, stages: next }, place);
  const edit = (at: number, part: Partial<Stage>, place: string) => stages(now.stages.map((one, each) => (each === at ? { ...one, ...part } : one)), `${at} ${place}`);
  const move = (from: number, by: -1 | 1) => {
    const next = [...now.stages];
    next.splice(from + by, 0, ...next.splice(from, 1));
    stages(next);
  };
  return (
    <Stack gap="lg" className="page map">
      <Text size="sm" c="dimmed"><Link to="/maps">{say("maps")}</Link></Text>
      {may ? (
        <TextInput size="lg" className="map-title" aria-label={say("map-title")} value={now.title} onChange={(event) => change({ ...now, title: event.currentTarget.value }, "title")} dir="auto" maxLength={200} />
      ) : <Title order={1}><bdi>{now.title}</bdi></Title>}
      <Group gap="sm" className="map-persona">
        <TextInput label={say("map-persona")} value={now.persona.name} readOnly={!may} dir="auto" onChange={(event) => change({ ...now, persona: { ...now.persona, name: event.currentTarget.value } }, "persona name")} />
        <Textarea label={say("map-persona-about")} value={now.persona.about} readOnly={!may} dir="auto" autosize minRows={1} onChange={(event) => change({ ...now, persona: { ...now.persona, about: event.currentTarget.value } }, "persona about")} />
      </Group>
      {may && (
        <Group gap="sm" className="map-tools">
          <Button onClick={() => save.mutate()} loading={save.isPending} disabled={!unsaved}>{say(unsaved ? "map-save" : "map-saved")}</Button>
          <Button variant="default" onClick={undo} disabled={!canUndo}>{say("undo")}</Button>
          <Button variant="default" onClick={redo} disabled={!canRedo}>{say("map-redo")}</Button>
          <Button variant="default" onClick={() => stages([...now.stages, blank(say("map-stage-new"))])} disabled={now.stages.length >= 12}>{say("map-stage-add")}</Button>
          <Switch label={say("map-live")} checked={live} onChange={(event) => setLive(event.currentTarget.checked)} />
          <Versions number={first.id} choose={(one) => change(drawnOf(one))} />
        </Group>
      )}
      <Curve stages={now.stages} may={may} feel={(at, emotion) => edit(at, { emotion }, "emotion")} />
      <ol className="map-stages">
        {now.stages.map((stage, at) => (
          <li key={at} aria-label={stage.title}>
            <TextInput aria-label={say("map-stage")} fw={600} value={stage.title} readOnly={!may} dir="auto" onChange={(event) => edit(at, { title: event.currentTarget.value }, "title")} />
            {live && <Told stage={stage} />}
            {LANES.map((lane) => (
              <Textarea key={lane} label={say(`map-${lane}`)} value={stage[lane]} readOnly={!may} dir="auto" autosize minRows={2} maxRows={10} onChange={(event) => edit(at, { [lane]: event.currentTarget.value }, lane)} />
            ))}
            {may && (
              <Group gap={4} justify="center" className="map-tools">
                <ActionIcon variant="subtle" color="gray" disabled={at === 0} onClick={() => move(at, -1)} aria-label={say("map-earlier", { stage: stage.title })}><span className="turns">←</span></ActionIcon>
                <Button variant="subtle" color="gray" size="compact-xs" onClick={() => stages(now.stages.filter((_, each) => each !== at))} aria-label={say("map-stage-remove", { stage: stage.title })}>{say("remove")}</Button>
                <ActionIcon variant="subtle" color="gray" disabled={at === now.stages.length - 1} onClick={() => move(at, 1)} aria-label={say("map-later", { stage: stage.title })}><span className="turns">→</span></ActionIcon>
              </Group>
            )}
          </li>
        ))}
      </ol>
      {live && <Pains />}
      {may && <Group className="map-tools"><Button variant="subtle" color="gray" size="xs" loading={remove.isPending} onClick={() => remove.mutate()}>{say("map-remove")}</Button></Group>}
    </Stack>
  );
}

const HIGH = 150; // of the curve, in its own units
const level = (emotion: number) => HIGH / 2 - (emotion * (HIGH - 40)) / 4;

/** How each stage feels, from −2 to 2: points that are dragged, or moved by the arrow keys. */
function Curve({ stages, may, feel }: { stages: Stage[]; may: boolean; feel: (at: number, emotion: number) => void }) {
  const whole = useRef<SVGSVGElement>(null);
  const [held, setHeld] = useState<number | null>(null);
  const narrow = useMediaQuery("(max-width: 760px)", false, { getInitialValueInEffect: false });
  const WIDE = narrow ? 60 : 180; // of a stage
  if (!stages.length) return null;
  const x = (at: number) => WIDE * ((language === "ar" ? stages.length - 1 - at : at) + 0.5);
  const points = stages.map((stage, at) => ({ x: x(at), y: level(stage.emotion) })).sort((one, other) => one.x - other.x);
  const path = points.map((one, at) => (at ? `C${one.x - WIDE / 2},${points[at - 1]!.y} ${one.x - WIDE / 2},${one.y} ${one.x},${one.y}` : `M${one.x},${one.y}`)).join("");
  const drag = (event: PointerEvent) => {
    if (held === null || !whole.current) return;
    const box = whole.current.getBoundingClientRect();
    const y = ((event.clientY - box.top) / box.height) * HIGH;
    feel(held, Math.max(-2, Math.min(2, Math.round(((HIGH / 2 - y) * 4) / (HIGH - 40)))));
  };
  const press = (event: KeyboardEvent, at: number) => {
    const by = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
    if (!by || !may) return;
    event.preventDefault();
    feel(at, Math.max(-2, Math.min(2, stages[at]!.emotion + by)));
  };
  return (
    <div className="curve">
      <svg ref={whole} viewBox={`0 0 ${WIDE * stages.length} ${HIGH}`} role="group" aria-label={say("map-emotion")} onPointerMove={drag} onPointerUp={() => setHeld(null)} onPointerLeave={() => setHeld(null)}>
        <line x1="0" x2={WIDE * stages.length} y1={HIGH / 2} y2={HIGH / 2} className="zero" />
        <path d={path} className="feeling" />
        {stages.map((stage, at) => (
          <circle
            key={at} cx={x(at)} cy={level(stage.emotion)} r="7" tabIndex={may ? 0 : -1} role="slider" aria-orientation="vertical" aria-label={`${say("map-emotion")}: ${stage.title}`}
            aria-valuemin={-2} aria-valuemax={2} aria-valuenow={stage.emotion} aria-readonly={!may} className={stage.emotion < 0 ? "low" : undefined}
            onPointerDown={(event) => { if (may) { event.currentTarget.focus(); setHeld(at); } }} onKeyDown={(event) => press(event, at)}
          />
        ))}
      </svg>
    </div>
  );
}

/** What the journey itself tells of this stage. */
function Told({ stage }: { stage: Stage }) {
  const look = useLook("journey", { period: "last_90_days" }, 30).data;
  const stages = useQuery({ queryKey: ["stages"], queryFn: ({ signal }) => get<{ stages: { stages: { key: string; en: string; ar: string }[] } }>("/v1/stages", {}, signal) });
  const named = stages.data?.stages.stages.find((one) => one.key === stage.key)?.[language] ?? stage.title;
  const row = look?.rows.find((cells) => cells[0]!.replace(/[\u2066-\u2069]/g, "") === named);
  if (!look || !row) return <Text size="xs" c="dimmed">{say("map-live-none")}</Text>;
  const shown = ["customers", "went_on", "days_to_next"].map((name) => look.headings.findIndex((head) => head.name === name)).filter((at) => at >= 0);
  return <dl className="facts told">{shown.map((at) => <div key={at}><dt>{look.headings[at]!.title}</dt><dd><bdi>{row[at]}</bdi></dd></div>)}</dl>;
}

/** What goes wrong for customers, dearest first. */
function Pains() {
  const look = useLook("pain_points", { period: "last_90_days" }, 8).data;
  if (!look) return <Waiting height={80} />;
  return (
    <section aria-label={look.title}>
      <Title order={2} size="h4"><Link to="/ask/$name" params={{ name: "pain_points" }} search={{ period: "last_90_days" } as never}>{look.title}</Link></Title>
      <Sentence look={look} size="small" />
      <ol>{look.rows.map((row) => <li key={row[0]}><bdi>{row[0]}</bdi> · <bdi>{row[2]}</bdi></li>)}</ol>
    </section>
  );
}

function Versions({ number, choose }: { number: number; choose: (one: Version) => void }) {
  const zone = useStart().data?.timezone;
  const all = useQuery({ queryKey: ["map-versions", number], queryFn: ({ signal }) => get<{ versions: Version[] }>(`/v1/maps/${number}/versions`, {}, signal), staleTime: 0 });
  const versions = all.data?.versions ?? [];
  return (
    <Select
      size="sm" w={230} aria-label={say("map-versions")} placeholder={say("map-versions")} value={null}
      data={versions.map((one) => ({ value: String(one.version), label: `${one.version} · ${moment(one.at, zone, true)}` }))}
      onChange={(wanted) => { const one = versions.find((each) => String(each.version) === wanted); if (one) choose(one); }}
    />
  );
}
