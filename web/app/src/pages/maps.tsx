/** The journey maps that were drawn, and a new one from the shop's own stages. */
import { Button, Card, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { get, send } from "../api";
import { useStart } from "../asking";
import { Waiting } from "../look";
import { blank, type Map_ } from "../maps";
import { Oops } from "../oops";
import { language, moment, say } from "../words";

type Stages = { stages: { stages: { key: string; en: string; ar: string }[] } };

export function Maps() {
  const start = useStart().data;
  const go = useNavigate();
  const cache = useQueryClient();
  const [title, setTitle] = useState("");
  const all = useQuery({ queryKey: ["maps"], queryFn: ({ signal }) => get<{ maps: Map_[] }>("/v1/maps", {}, signal), staleTime: 0 });
  const make = useMutation({
    mutationFn: async () => {
      const { stages } = await get<Stages>("/v1/stages");
      return send<Map_>("POST", "/v1/maps", { title, stages: stages.stages.map((one) => blank(one[language], one.key)) });
    },
    onSuccess: async (made) => { await cache.invalidateQueries({ queryKey: ["maps"] }); await go({ to: "/map/$number", params: { number: String(made.id) } }); },
  });
  return (
    <Stack gap="lg" className="page">
      <header>
        <Title order={1}>{say("maps")}</Title>
        <Text c="dimmed">{say("maps-about")}</Text>
      </header>
      {all.error && <Oops error={all.error} />}
      {!all.data && !all.error && <Waiting height={120} />}
      {all.data && !all.data.maps.length && <Text c="dimmed" className="empty">{say("maps-none")}</Text>}
      <ul className="people">
        {all.data?.maps.map((one) => (
          <li key={one.id}>
            <Card component={Link} {...({ to: "/map/$number", params: { number: String(one.id) } } as object)} withBorder padding="sm" className="choice person segment">
              <Text fw={600}><bdi>{one.title}</bdi></Text>
              <Text size="sm" c="dimmed"><bdi>{one.persona.name}</bdi></Text>
              <Text size="sm" c="dimmed">{moment(one.changed_at, start?.timezone)}</Text>
            </Card>
          </li>
        ))}
      </ul>
      {start?.may.includes("stages") && (
        <form onSubmit={(event) => { event.preventDefault(); if (title.trim()) make.mutate(); }} className="asked">
          <TextInput label={say("map-title")} value={title} onChange={(event) => setTitle(event.currentTarget.value)} dir="auto" maxLength={200} />
          <Button type="submit" disabled={!title.trim()} loading={make.isPending}>{say("map-make")}</Button>
        </form>
      )}
      {make.error && <Oops error={make.error} />}
    </Stack>
  );
}
