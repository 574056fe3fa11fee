/** Keeping the customers of an answer as a segment: counted first, then saved under a name. */
import { Button, Group, Popover, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { send, type Segment } from "./api";
import { Icon } from "./icons";
import { Oops } from "./oops";
import { say } from "./words";

type Saved = { segment: Segment };

export function SaveCustomers({ question, parameters }: { question: string; parameters: Record<string, unknown> }) {
  const [open, setOpen] = useState(false);
  const [title, setTitle] = useState("");
  const cache = useQueryClient();
  const asked = { question, parameters };
  const size = useQuery({
    queryKey: ["segment-size", asked],
    queryFn: ({ signal }) => send<Saved>("POST", "/v1/segments", { ...asked, name: `counted_${Date.now()}`, title: "", dry_run: true }, signal),
    enabled: open,
    retry: false,
  });
  const keep = useMutation({
    mutationFn: () => send<Saved>("POST", "/v1/segments", { ...asked, title }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ["segments"] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim()) keep.mutate();
  };
  const turn = (opened: boolean) => {
    setOpen(opened);
    if (opened) keep.reset();
  };
  return (
    <Popover opened={open} onChange={turn} position="bottom-end" width={320} trapFocus withinPortal>
      <Popover.Target>
        <Button variant="default" size="xs" leftSection={<Icon name="customers" size={16} />} onClick={() => turn(!open)} aria-expanded={open}>{say("segment-save")}</Button>
      </Popover.Target>
      <Popover.Dropdown>
        {keep.data ? (
          <>
            <Text size="sm" role="status">{say("segment-saved", { title: keep.data.segment.title || keep.data.segment.name, n: keep.data.segment.size })}</Text>
            <Button component={Link} {...({ to: "/segments" } as object)} variant="subtle" size="xs" mt="xs">{say("segments-see")}</Button>
          </>
        ) : (
          <form onSubmit={submit}>
            <Text size="sm" c="dimmed" mb="xs" aria-live="polite">{size.data ? say("segment-holds", { n: size.data.segment.size }) : size.error ? "" : say("loading")}</Text>
            <TextInput label={say("segment-title")} value={title} onChange={(event) => setTitle(event.currentTarget.value)} dir="auto" maxLength={60} data-autofocus />
            {(keep.error ?? size.error) && <Oops error={(keep.error ?? size.error)!} />}
            <Group justify="end" mt="sm"><Button type="submit" size="xs" loading={keep.isPending} disabled={!title.trim()}>{say("keep")}</Button></Group>
          </form>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
