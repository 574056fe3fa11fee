/** What colleagues keep beside the data of a customer: tags, notes, files. */
import { Anchor, Autocomplete, Badge, Button, Card, CloseButton, FileButton, Group, Text, Textarea, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { get, upload } from "./api";
import { useAnew, useChange } from "./changing";
import { at, type Person } from "./customer";
import { Icon } from "./icons";
import { done } from "./who";
import { locale, moment, say } from "./words";

type Given = { one: Person; identifier: string };

export function Tags({ one, identifier }: Given) {
  const [adding, setAdding] = useState(false);
  const [typed, setTyped] = useState("");
  const change = useChange(identifier);
  const known = useQuery({ queryKey: ["tags"], queryFn: ({ signal }) => get<{ tags: { tag: string }[] }>("/v1/tags", {}, signal), enabled: adding });
  const tag = (word: string) => change.mutateAsync({ method: "POST", path: "/tags", body: { tag: word } });
  const untag = (word: string) => change.mutate(
    { method: "DELETE", path: `/tags?tag=${encodeURIComponent(word)}` },
    { onSuccess: () => done(say("tag-gone", { tag: word }), () => void tag(word)) },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim()) void tag(typed.trim()).then(() => { setTyped(""); setAdding(false); }, () => undefined);
  };
  return (
    <Group gap="xs" role="group" aria-label={say("tags")}>
      {one.tags.map((word) => (
        <Badge key={word} variant="light" tt="none" size="lg" className="tag" rightSection={<CloseButton size="xs" variant="transparent" c="inherit" onClick={() => untag(word)} aria-label={say("tag-remove", { tag: word })} />}>
          <bdi>{word}</bdi>
        </Badge>
      ))}
      {adding ? (
        <form onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && setAdding(false)}>
          <Group gap={6}>
            <Autocomplete
              size="xs" value={typed} onChange={setTyped} data={(known.data?.tags ?? []).map((each) => each.tag).filter((each) => !one.tags.includes(each))}
              aria-label={say("tag-new")} placeholder={say("tag-new")} maxLength={60} dir="auto" autoFocus limit={8}
            />
            <Button type="submit" size="xs" loading={change.isPending} disabled={!typed.trim()}>{say("keep")}</Button>
          </Group>
        </form>
      ) : <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setAdding(true)}>+ {say("tag-add")}</Button>}
    </Group>
  );
}

export function Notes({ one, identifier }: Given) {
  const [text, setText] = useState("");
  const change = useChange(identifier);
  const write = () => change.mutate({ method: "POST", path: "/notes", body: { text } }, { onSuccess: () => setText("") });
  const remove = (number: number) => change.mutate(
    { method: "DELETE", path: `/notes/${number}` },
    { onSuccess: () => done(say("note-gone"), () => change.mutate({ method: "POST", path: `/notes/${number}/restore` })) },
  );
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h5" mb="xs">{say("notes")}</Title>
      {one.notes.map((note) => (
        <Group key={note.id} justify="space-between" align="start" wrap="nowrap" mb="xs">
          <Text size="sm" dir="auto" className="said">{note.text}</Text>
          <Button variant="subtle" color="gray" size="compact-xs" onClick={() => remove(note.id)}>{say("remove")}</Button>
        </Group>
      ))}
      <Textarea value={text} onChange={(event) => setText(event.currentTarget.value)} placeholder={say("note-hint")} aria-label={say("note-hint")} autosize minRows={2} dir="auto" />
      {text.trim() && <Button size="xs" mt="xs" loading={change.isPending} onClick={write}>{say("keep")}</Button>}
    </Card>
  );
}

const KIB = 1024;

/** A file is deleted for good, so that is asked first; whoever sees customers masked gets none. */
export function Files({ one, identifier, whole }: Given & { whole: boolean }) {
  const [asked, setAsked] = useState(0);
  const change = useChange(identifier);
  const anew = useAnew(identifier);
  const attach = useMutation({
    mutationFn: (file: File) => upload(at(identifier, "/files"), file),
    onSuccess: anew,
    onError: (error) => notifications.show({ color: "orange", message: error.message }),
  });
  const size = new Intl.NumberFormat(locale, { style: "unit", unit: "kilobyte", maximumFractionDigits: 0 });
  const remove = (number: number) => change.mutate({ method: "DELETE", path: `/files/${number}` }, { onSuccess: () => setAsked(0) });
  return (
    <Card withBorder padding="md" component="section" aria-label={say("files")}>
      <Title order={2} size="h5" mb="xs">{say("files")}</Title>
      {!one.files.length && <Text size="sm" c="dimmed">{say("files-none")}</Text>}
      <ul className="who-list">
        {one.files.map((file) => (
          <li key={file.id}>
            <Group justify="space-between" wrap="nowrap" align="start">
              <div className="said">
                {whole ? <Anchor size="sm" href={at(identifier, `/files/${file.id}`)} download><bdi>{file.name}</bdi></Anchor> : <bdi>{file.name}</bdi>}
                <Text size="xs" c="dimmed">{size.format(Math.max(1, Math.round(file.size / KIB)))} · {moment(file.at, one.timezone)}</Text>
              </div>
              {asked !== file.id && <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setAsked(file.id)} aria-label={say("file-remove", { file: file.name })}>{say("remove")}</Button>}
            </Group>
            {asked === file.id && (
              <Group gap={6} role="alertdialog" aria-label={say("file-sure")}>
                <Text size="sm">{say("file-sure")}</Text>
                <Button size="compact-xs" color="orange" variant="light" loading={change.isPending} onClick={() => remove(file.id)} data-autofocus>{say("remove")}</Button>
                <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setAsked(0)}>{say("cancel")}</Button>
              </Group>
            )}
          </li>
        ))}
      </ul>
      <FileButton onChange={(file) => file && attach.mutate(file)}>
        {(props) => <Button {...props} variant="default" size="xs" mt="xs" loading={attach.isPending} leftSection={<Icon name="earlier" size={14} />}>{say("file-attach")}</Button>}
      </FileButton>
    </Card>
  );
}
