/** Pinning an answer, as it is asked now, to a board there is or to a new one. */
import { Button, Group, Popover, Select, Stack, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { get, type Look } from "./api";
import { changed, keyOf, made, MOST_CARDS, pinned, useBoards, type Board } from "./boards";
import { Icon } from "./icons";
import { Waiting } from "./look";
import { Oops } from "./oops";
import { say } from "./words";

const NEW = "new";

export function Pin({ look }: { look: Look }) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={300} trapFocus withinPortal>
      <Popover.Target>
        <Button variant="default" size="sm" leftSection={<Icon name="pin" size={16} />} onClick={() => setOpened(!opened)}>{say("pin")}</Button>
      </Popover.Target>
      <Popover.Dropdown>{opened && <Choose look={look} close={() => setOpened(false)} />}</Popover.Dropdown>
    </Popover>
  );
}

function Choose({ look, close }: { look: Look; close: () => void }) {
  const boards = useBoards();
  const client = useQueryClient();
  const go = useNavigate();
  const [title, setTitle] = useState(look.title);
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const found = boards.data?.boards ?? [];
  const free = found.filter((one) => one.cards.length < MOST_CARDS);
  const number = chosen ?? String(free[0]?.id ?? NEW);
  const card = pinned(look, title.trim() || look.title);
  const there = found.find((one) => String(one.id) === number)?.cards.some((one) => keyOf(one) === keyOf(card)) ?? false;
  const pin = useMutation({
    mutationFn: async () => {
      if (number === NEW) return made(name, [card]);
      const board = await get<Board>(`/v1/boards/${number}`);
      return changed({ ...board, cards: [...board.cards, card] });
    },
    onSuccess: (board) => {
      close();
      client.setQueryData(["board", String(board.id)], board);
      void client.invalidateQueries({ queryKey: ["boards"] });
      const open = () => { notifications.hide(id); void go({ to: "/board/$number", params: { number: String(board.id) } }); };
      const id = notifications.show({
        message: <Group justify="space-between">{say("pinned", { board: board.title })}<Button size="compact-xs" variant="light" onClick={open}>{say("pin-open")}</Button></Group>,
      });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!there && (number !== NEW || name.trim())) pin.mutate();
  };
  if (boards.error) return <Oops error={boards.error} retry={() => boards.refetch()} />;
  if (!boards.data) return <Waiting height={40} />;
  const more = found.length < boards.data.most ? [{ value: NEW, label: say("pin-new") }] : [];
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput label={say("board-card-title")} value={title} onChange={(event) => setTitle(event.currentTarget.value)} maxLength={200} dir="auto" />
        <Select
          label={say("pin-board")} value={number} onChange={setChosen} allowDeselect={false} comboboxProps={{ withinPortal: false }}
          data={[...free.map((one) => ({ value: String(one.id), label: one.title })), ...more]}
        />
        {number === NEW && <TextInput label={say("board-title")} placeholder={say("board-title-hint")} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={200} dir="auto" />}
        {pin.error && <Oops error={pin.error} />}
        <Button type="submit" loading={pin.isPending} disabled={there || (number === NEW && !name.trim())}>{say(there ? "pin-there" : "pin-do")}</Button>
      </Stack>
    </form>
  );
}
