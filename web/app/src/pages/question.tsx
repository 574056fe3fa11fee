/** One question: its controls, and its answer whole. */
import { Anchor, Stack, Title, Text } from "@mantine/core";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { Parameters } from "../api";
import { useControls, useLook, useStart } from "../asking";
import { Controls } from "../controls";
import { Further, Notes, Picture, Sentence, Tiles, Waiting } from "../look";
import { Footer, Rows } from "../rows";
import { NoteDays } from "../noted";
import { Oops } from "../oops";
import { Pin } from "../pin";
import { say } from "../words";

export function Question() {
  const { name } = useParams({ strict: false }) as { name: string };
  const { lang: _, ...given } = useSearch({ strict: false }) as Parameters;
  const go = useNavigate();
  const look = useLook(name, given);
  const controls = useControls(name, given, look.isError);
  const may = useStart().data?.may ?? [];
  const asking = look.isError ? controls.data : look.data;
  const change = (wanted: Parameters) => void go({ to: "/ask/$name", params: { name }, search: wanted as never, resetScroll: false });
  // Days that were dragged over in the picture: they hold while they stand in the address, and are one press from undone.
  const [wider, setWider] = useState<{ name: string; period: string; before: Parameters } | null>(null);
  const narrow = (from: string, to: string) => {
    const period = `${from}..${to}`;
    setWider({ name, period, before: given });
    change({ ...given, period });
  };
  const narrowed = wider?.name === name && wider.period === given.period ? wider : null;
  const days = look.data?.controls.some((one) => one.type === "period") ?? false;
  return (
    <Stack gap="lg" className="page">
      <header className="asked">
        <div>
          <Title order={1}>{asking?.title ?? "…"}</Title>
          <Text c="dimmed">{asking?.about}</Text>
        </div>
        {may.includes("segments") && look.data && !look.error && <Pin look={look.data} />}
      </header>
      {asking && <Controls key={name} asking={asking} change={change} />}
      {look.error ? (
        <Oops error={look.error} retry={() => look.refetch()} />
      ) : look.data ? (
        <article className="answer" aria-busy={look.isPlaceholderData}>
          <Sentence look={look.data} />
          <Tiles look={look.data} />
          {narrowed && <Anchor component="button" size="sm" className="wider" onClick={() => { setWider(null); change(narrowed.before); }}>{say("pointing-undo")}</Anchor>}
          <Picture look={look.data} {...(days ? { narrow } : {})}>{may.includes("segments") && look.data.over && <NoteDays look={look.data} over={look.data.over} />}</Picture>
          <Notes look={look.data} />
          <Rows key={name} look={look.data} given={given} may={may} />
          <Further look={look.data} />
          <Footer look={look.data} given={given} />
        </article>
      ) : (
        <Waiting />
      )}
    </Stack>
  );
}
