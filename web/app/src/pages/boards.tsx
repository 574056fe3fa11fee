/** The boards: those there are, and making one. */
import { Button, Card, Group, SimpleGrid, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { useStart } from "../asking";
import { made, useBoards } from "../boards";
import { Waiting } from "../look";
import { Oops } from "../oops";
import { DAY, locale, say } from "../words";

export function Boards() {
  const boards = useBoards();
  const start = useStart().data;
  const may = start?.may.includes("segments") ?? false;
  const titles = new Map(start?.sections.flatMap((section) => section.questions).map((one) => [one.name, one.title]));
  const day = new Intl.DateTimeFormat(locale, { ...DAY, ...(start ? { timeZone: start.timezone } : {}) });
  if (boards.error) return <Oops error={boards.error} retry={() => boards.refetch()} />;
  if (!boards.data) return <Waiting />;
  const found = boards.data.boards;
  return (
    <Stack gap="lg" className="page">
      <header><Title order={1}>{say("boards")}</Title><Text c="dimmed">{say("boards-about")}</Text></header>
      {!found.length && (
        <Card withBorder padding="lg" className="board-empty">
          <p className="sentence large">{say("boards-none")}</p>
          <Text mt="xs">{say(may ? "boards-none-do" : "boards-none-wait")}</Text>
          <Button component={Link} {...({ to: "/ask/$name", params: { name: "revenue" } } as object)} variant="default" mt="md">{say("boards-open-question")}</Button>
        </Card>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {found.map((one) => (
          <Card key={one.id} component={Link} {...({ to: "/board/$number", params: { number: String(one.id) } } as object)} withBorder padding="lg" className="choice">
            <Title order={2} size="h4"><bdi>{one.title}</bdi></Title>
            <Text size="sm" c="dimmed" mt={4} lineClamp={2}>
              {one.cards.length ? one.cards.slice(0, 4).map((card) => card.title || titles.get(card.question) || card.question).join(say("board-comma")) : say("board-no-cards")}
            </Text>
            <Text size="xs" c="dimmed" mt="xs">{say("board-cards", { n: one.cards.length })} · <bdi>{day.format(new Date(one.changed_at))}</bdi></Text>
          </Card>
        ))}
      </SimpleGrid>
      {may && (found.length < boards.data.most ? <Make /> : <Text c="dimmed" size="sm">{say("boards-full", { n: boards.data.most })}</Text>)}
    </Stack>
  );
}

function Make() {
  const [title, setTitle] = useState("");
  const go = useNavigate();
  const make = useMutation({
    mutationFn: () => made(title),
    onSuccess: (board) => go({ to: "/board/$number", params: { number: String(board.id) } }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim()) make.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Group align="end" gap="sm">
        <TextInput label={say("board-new")} placeholder={say("board-title-hint")} value={title} onChange={(event) => setTitle(event.currentTarget.value)} maxLength={200} dir="auto" className="board-title-field" />
        <Button type="submit" disabled={!title.trim()} loading={make.isPending}>{say("board-make")}</Button>
      </Group>
      {make.error && <Stack mt="sm"><Oops error={make.error} /></Stack>}
    </form>
  );
}
