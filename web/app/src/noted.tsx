/** Noting what happened on a day, so that every picture over time shows it; and taking it back. */
import { ActionIcon, Button, CloseButton, Group, Popover, Stack, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { send, type Look, type Noted as Day } from "./api";
import { useStart } from "./asking";
import { done } from "./done";
import { Icon } from "./icons";
import { Noted } from "./look";
import { Oops } from "./oops";
import { say } from "./words";

const LONGEST = 200;
type Draft = Pick<Day, "day" | "last" | "text">;
const add = (draft: Draft) => send<Day>("POST", "/v1/annotations", draft);

/** The days noted in a picture, each with the way to take it back, and the form for another. */
export function NoteDays({ look, over }: { look: Look; over: [string, string] }) {
  const cache = useQueryClient();
  const anew = () => cache.invalidateQueries({ queryKey: ["look"] });
  const failed = (error: Error) => notifications.show({ color: "orange", message: error.message });
  const back = useMutation({ mutationFn: add, onSuccess: anew, onError: failed });
  const remove = useMutation({
    mutationFn: (one: Day) => send<Day>("DELETE", `/v1/annotations/${one.id}`),
    onSuccess: ({ day, last, text }) => {
      done(say("noted-gone"), () => back.mutate({ day, last, text }));
      return anew();
    },
    onError: failed,
  });
  const change = useMutation({ mutationFn: ({ id, ...draft }: Draft & { id: number }) => send<Day>("PUT", `/v1/annotations/${id}`, draft), onSuccess: anew, onError: failed });
  const put = (before: Day, draft: Draft) => change.mutateAsync({ id: before.id, ...draft }).then((one) => {
    done(say("noted-changed"), () => change.mutate({ id: before.id, day: before.day, last: before.last, text: before.text }));
    return one;
  });
  const beside = (one: Day) => <>
    <NoteDay over={over} anew={anew} draft={one} keep={(draft) => put(one, draft)} />
    {away(one)}
  </>;
  const away = (one: Day) => <CloseButton size="sm" disabled={remove.isPending} onClick={() => remove.mutate(one)} aria-label={say("noted-remove", { text: one.text })} />;
  return (
    <figcaption>
      <Noted look={look} beside={beside} />
      <NoteDay over={over} anew={anew} keep={add} />
    </figcaption>
  );
}

type Writing = { over: [string, string]; anew: () => Promise<void>; keep: (draft: Draft) => Promise<Day>; draft?: Day };

/** The form behind a button: for another day, or for one that is noted already. */
function NoteDay({ draft, ...more }: Writing) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={320} trapFocus withinPortal>
      <Popover.Target>
        {draft ? (
          <ActionIcon variant="subtle" color="gray" size="sm" onClick={() => setOpened(!opened)} aria-label={say("noted-change", { text: draft.text })}><Icon name="pen" size={16} /></ActionIcon>
        ) : (
          <Button variant="subtle" color="gray" size="xs" leftSection={<Icon name="note" size={16} />} onClick={() => setOpened(!opened)}>{say("noted-add")}</Button>
        )}
      </Popover.Target>
      <Popover.Dropdown>{opened && <Write {...more} {...(draft ? { draft } : {})} close={() => setOpened(false)} />}</Popover.Dropdown>
    </Popover>
  );
}

function Write({ over: [first, until], anew, keep: send_, draft: before, close }: Writing & { close: () => void }) {
  const zone = useStart().data?.timezone;
  const today = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", ...(zone ? { timeZone: zone } : {}) }).format(new Date());
  const [draft, setDraft] = useState<Draft>(before ? { day: before.day, last: before.last === before.day ? "" : before.last, text: before.text } : { day: today < until ? today : until, last: "", text: "" });
  const set = (part: keyof Draft) => (event: React.ChangeEvent<HTMLInputElement>) => setDraft({ ...draft, [part]: event.currentTarget.value });
  const keep = useMutation({
    mutationFn: () => send_(draft),
    onSuccess: (one) => {
      close();
      if (one.last < first || one.day > until) notifications.show({ message: say("noted-outside") });
      return anew();
    },
  });
  const ready = draft.day !== "" && draft.text.trim() !== "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) keep.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput label={say("noted-text")} placeholder={say("noted-text-hint")} value={draft.text} onChange={set("text")} maxLength={LONGEST} dir="auto" data-autofocus />
        <Group grow gap="sm" align="end">
          <TextInput type="date" label={say("noted-day")} value={draft.day} onChange={set("day")} required withAsterisk={false} />
          <TextInput type="date" label={say("noted-last")} value={draft.last} onChange={set("last")} min={draft.day} />
        </Group>
        {keep.error && <Oops error={keep.error} />}
        <Group justify="end"><Button type="submit" size="xs" loading={keep.isPending} disabled={!ready}>{say("keep")}</Button></Group>
      </Stack>
    </form>
  );
}
