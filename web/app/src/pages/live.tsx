/** Now: what happens in the shop as it comes; a quiet list that can be held. */
import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { get, type Look } from "../api";
import { Notes, Picture, Sentence, Tiles, Waiting } from "../look";
import { Oops } from "../oops";
import { language, say } from "../words";

const EVERY = 3_000; // ms

export function Live() {
  const [held, setHeld] = useState(false);
  const now = useQuery({ queryKey: ["live"], queryFn: ({ signal }) => get<Look>("/v1/look/live", { lang: language }, signal), refetchInterval: held ? false : EVERY, staleTime: 0 });
  if (now.error) return <Oops error={now.error} retry={() => now.refetch()} />;
  if (!now.data) return <Waiting />;
  const look = now.data;
  const parts = [...new Set(look.rows.map((row) => row[0]!))];
  return (
    <Stack gap="lg" className="page">
      <Group justify="space-between" align="start">
        <header><Title order={1}>{say("live-now")}</Title><Text c="dimmed">{say("live-about")}</Text></header>
        <Button variant="default" size="xs" aria-pressed={held} onClick={() => setHeld(!held)}>{say(held ? "live-go" : "live-pause")}</Button>
      </Group>
      <article className="answer" aria-live={held ? "off" : "polite"}>
        <Sentence look={look} />
        <Tiles look={look} />
        <Picture look={look} />
        <Notes look={look} />
      </article>
      <div className="cards">
        {parts.map((part) => (
          <Card key={part} withBorder padding="md" component="section" aria-label={part}>
            <Title order={2} size="h5" mb="xs">{part}</Title>
            <dl className="facts">
              {look.rows.filter((row) => row[0] === part).map((row) => <div key={row[1]}><dt><bdi>{row[1]}</bdi></dt><dd className="figure"><bdi>{row[2]}</bdi></dd></div>)}
            </dl>
          </Card>
        ))}
      </div>
    </Stack>
  );
}
