/** The stages of the journey as the merchant wants them: names, what leads to each, when silence ends it. A look at who would be where comes before saving. */
import { ActionIcon, Button, Card, Group, NumberInput, Select, SimpleGrid, Stack, Table, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { get, send } from "./api";
import { useMoves, useStart } from "./asking";
import { done } from "./done";
import { EventChoice } from "./event";
import { Icon } from "./icons";
import { Waiting } from "./look";
import { Oops } from "./oops";
import { language, locale, say } from "./words";

type Stage = { key: string; en: string; ar: string; when?: string[]; times?: number; after?: string; lapses_days?: number };
type Journey = { stages: Stage[]; dormant_days: number; lost_days: number };
type Told = { stages: Journey; presets: string[] };
type Size = { stage: string; before: number | null; after: number | null };
type Wanted = { stages: Journey } | { preset: string };
const count = new Intl.NumberFormat(locale);
const titled = (stage: Stage) => (language === "ar" ? stage.ar : stage.en);

export default function Stages() {
  const { data, error, refetch } = useQuery({ queryKey: ["stages"], queryFn: ({ signal }) => get<Told>("/v1/stages", {}, signal) });
  const may = useStart().data?.may ?? [];
  const cache = useQueryClient();
  const [draft, setDraft] = useState<Journey | null>(null);
  const look = useMutation({
    mutationFn: (wanted: Wanted) => send<{ stages: Journey; sizes: Size[] }>("POST", "/v1/stages", { ...wanted, dry_run: true }),
    onSuccess: (found) => setDraft(found.stages),
  });
  const save = useMutation({
    mutationFn: (stages: Journey) => send<{ stages: Journey }>("POST", "/v1/stages", { stages }),
    onSuccess: (_, stages) => {
      const before = data!.stages;
      void cache.invalidateQueries();
      setDraft(null);
      look.reset();
      if (stages !== before) done(say("stages-saved"), () => save.mutate(before));
    },
  });
  if (error) return <Oops error={error} retry={() => refetch()} />;
  if (!data) return <Waiting height={320} />;
  const journey = draft ?? data.stages;
  const change = (next: Partial<Journey>) => { setDraft({ ...journey, ...next }); look.reset(); };
  const set = (place: number, next: Partial<Stage>) => change({ stages: journey.stages.map((one, nth) => (nth === place ? { ...one, ...next } : one)) });
  const move = (place: number, by: number) => {
    const stages = [...journey.stages];
    stages.splice(place + by, 0, ...stages.splice(place, 1));
    change({ stages: stages.map((one, nth) => (one.after && !stages.slice(0, nth).some((before) => before.key === one.after) ? { ...one, after: "" } : one)) });
  };
  const remove = (place: number) => change({ stages: journey.stages.filter((_, nth) => nth !== place).map((one) => (one.after === journey.stages[place]!.key ? { ...one, after: "" } : one)) });
  const add = () => {
    const key = [...Array(99).keys()].map((nth) => `stage_${nth + 1}`).find((one) => !journey.stages.some((stage) => stage.key === one))!;
    change({ stages: [...journey.stages, { key, en: "", ar: "", when: [] }] });
  };
  if (!may.includes("stages")) return <ol className="empty">{data.stages.stages.map((one) => <li key={one.key}>{titled(one)}</li>)}</ol>;
  return (
    <Stack gap="md" className="empty">
      <Text c="dimmed">{say("stages-about")}</Text>
      <Select label={say("stages-preset")} placeholder={say("stages-preset-choose")} w={280} value={null} data={data.presets.map((value) => ({ value, label: say(`stages-preset-${value}`) }))} onChange={(preset) => preset && look.mutate({ preset })} />
      <ol className="people">
        {journey.stages.map((stage, place) => (
          <li key={stage.key}>
            <OneStage {...{ stage, place }} before={journey.stages.slice(0, place)} change={(next) => set(place, next)}>
              {place > 0 && <>
                <ActionIcon variant="subtle" color="gray" disabled={place === 1} onClick={() => move(place, -1)} aria-label={say("stages-earlier", { name: titled(stage) })}><Icon name="earlier" size={16} /></ActionIcon>
                <ActionIcon variant="subtle" color="gray" disabled={place === journey.stages.length - 1} onClick={() => move(place, 1)} aria-label={say("stages-later", { name: titled(stage) })}><Icon name="later" size={16} /></ActionIcon>
                <ActionIcon variant="subtle" color="gray" disabled={journey.stages.length < 3} onClick={() => remove(place)} aria-label={say("stages-remove", { name: titled(stage) })}><Icon name="away" size={16} /></ActionIcon>
              </>}
            </OneStage>
          </li>
        ))}
      </ol>
      <Group><Button variant="default" size="xs" disabled={journey.stages.length >= 12} onClick={add}>{say("stages-add")}</Button></Group>
      <Group align="end">
        <Days label={say("stages-dormant")} value={journey.dormant_days} least={1} change={(dormant_days) => change({ dormant_days })} />
        <Days label={say("stages-lost")} value={journey.lost_days} least={2} change={(lost_days) => change({ lost_days })} />
      </Group>
      {(look.error ?? save.error) && <Oops error={(look.error ?? save.error)!} />}
      {look.data && draft && <Sizes sizes={look.data.sizes} stages={[...journey.stages, ...data.stages.stages]} />}
      <Group>
        {draft && !look.data && <Button loading={look.isPending} onClick={() => look.mutate({ stages: journey })}>{say("stages-look")}</Button>}
        {draft && look.data && <Button loading={save.isPending} onClick={() => save.mutate(journey)}>{say("stages-save")}</Button>}
        {draft && <Button variant="subtle" color="gray" onClick={() => { setDraft(null); look.reset(); }}>{say("stages-back")}</Button>}
      </Group>
    </Stack>
  );
}

function OneStage({ stage, place, before, change, children }: { stage: Stage; place: number; before: Stage[]; change: (next: Partial<Stage>) => void; children: React.ReactNode }) {
  const titles = new Map(useMoves().map((one) => [one.name, one.title]));
  const [next, setNext] = useState("");
  const when = stage.when ?? [];
  const told = (step: string) => {
    const [name = "", where] = step.split(" where ");
    return <><bdi>{titles.get(name) ?? name}</bdi>{where && <> · <bdi dir="ltr">{where}</bdi></>}</>;
  };
  const add = () => { if (next.trim() && !when.includes(next.trim())) change({ when: [...when, next.trim()] }); setNext(""); };
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" wrap="nowrap" mb="xs"><Text fw={600}>{count.format(place + 1)} · <bdi>{titled(stage) || say("stages-new")}</bdi></Text><Group gap={2} wrap="nowrap">{children}</Group></Group>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput size="sm" label={say("stages-ar")} value={stage.ar} dir="rtl" lang="ar" maxLength={60} onChange={(event) => change({ ar: event.currentTarget.value })} />
        <TextInput size="sm" label={say("stages-en")} value={stage.en} dir="ltr" lang="en" maxLength={60} onChange={(event) => change({ en: event.currentTarget.value })} />
      </SimpleGrid>
      {place === 0 ? <Text size="sm" c="dimmed" mt="xs">{say("stages-first")}</Text> : (
        <details open={!when.length}>
          <summary><Text span size="sm" c="dimmed">{when.length ? say("stages-when", { n: when.length }) : say("stages-when-none")}</Text></summary>
          <Group gap={6} my="xs">
            {when.map((step) => <Button key={step} size="compact-xs" variant="default" fw={400} rightSection="×" aria-label={say("stages-drop", { step })} onClick={() => change({ when: when.filter((one) => one !== step) })}>{told(step)}</Button>)}
          </Group>
          <Group align="end" gap="sm" mb="sm">
            <EventChoice label={say("stages-by")} options={[]} value={next} change={setNext} w={260} onKeyDown={(event) => { if (event.key === "Enter") { event.preventDefault(); add(); } }} />
            <Button variant="default" size="sm" disabled={!next.trim()} onClick={add}>{say("stages-by-add")}</Button>
          </Group>
          <Group align="end" gap="sm">
            <Days label={say("stages-times")} value={stage.times ?? 1} least={1} most={50} change={(times) => change({ times })} />
            <Days label={say("stages-lapses")} value={stage.lapses_days ?? 0} least={0} change={(lapses_days) => change({ lapses_days })} />
            <Select label={say("stages-after")} w={200} value={stage.after ?? ""} allowDeselect={false} data={[{ value: "", label: say("stages-after-any") }, ...before.map((one) => ({ value: one.key, label: titled(one) || one.key }))]} onChange={(after) => change({ after: after ?? "" })} />
          </Group>
        </details>
      )}
    </Card>
  );
}

function Days({ label, value, least, most = 3650, change }: { label: string; value: number; least: number; most?: number; change: (value: number) => void }) {
  return <NumberInput label={label} value={value} min={least} max={most} allowDecimal={false} hideControls w={160} dir="ltr" onChange={(next) => typeof next === "number" && change(next)} />;
}

/** Who is where now, and would be. */
function Sizes({ sizes, stages }: { sizes: Size[]; stages: Stage[] }) {
  const named = (key: string) => { const stage = stages.find((one) => one.key === key); return stage ? titled(stage) : say(`stages-${key}-name`); };
  const told = (n: number | null) => (n === null ? "—" : count.format(n));
  return (
    <div className="table" role="region" tabIndex={0} aria-label={say("stages-change")}>
      <Table verticalSpacing="xs">
        <Table.Thead><Table.Tr><Table.Th>{say("stages-stage")}</Table.Th><Table.Th>{say("stages-now")}</Table.Th><Table.Th>{say("stages-then")}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>{sizes.map((one) => <Table.Tr key={one.stage}><Table.Td><bdi>{named(one.stage)}</bdi></Table.Td><Table.Td>{told(one.before)}</Table.Td><Table.Td fw={one.before === one.after ? 400 : 700}>{told(one.after)}</Table.Td></Table.Tr>)}</Table.Tbody>
      </Table>
    </div>
  );
}
