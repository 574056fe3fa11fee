/** One question: its controls, and its answer whole. */
import { Stack, Title, Text } from "@mantine/core";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { Parameters } from "../api";
import { useControls, useLook, useStart } from "../asking";
import { Controls } from "../controls";
import { Footer, Further, Notes, Picture, Rows, Sentence, Tiles, Waiting } from "../look";
import { NoteDays } from "../noted";
import { Oops } from "../oops";
import { Pin } from "../pin";

export function Question() {
  const { name } = useParams({ strict: false }) as { name: string };
  const { lang: _, ...given } = useSearch({ strict: false }) as Parameters;
  const go = useNavigate();
  const look = useLook(name, given);
  const controls = useControls(name, given, look.isError);
  const may = useStart().data?.may ?? [];
  const asking = look.isError ? controls.data : look.data;
  const change = (wanted: Parameters) => void go({ to: "/ask/$name", params: { name }, search: wanted as never, resetScroll: false });
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
          <Picture look={look.data}>{may.includes("segments") && look.data.over && <NoteDays look={look.data} over={look.data.over} />}</Picture>
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
