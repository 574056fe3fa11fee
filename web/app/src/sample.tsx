/** The sample shop: loaded into a shop without data, its progress, and the note by which it is known for what it is. */
import { Anchor, Button, Card, Code, Collapse, CopyButton, Group, Progress as Bar, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { get, send } from "./api";
import { Oops } from "./oops";
import { locale, say } from "./words";

type State = { state: "none" | "running" | "interrupted" | "failed" | "there"; done: number; error: string; remedy: string };
const COMMAND = "masarat --data my-shop serve";
const share = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });

export function useSample() {
  return useQuery({
    queryKey: ["sample"],
    queryFn: ({ signal }) => get<State>("/v1/sample", {}, signal),
    refetchInterval: (query) => (query.state.data?.state === "running" ? 500 : false),
  });
}

function useLoad() {
  const cache = useQueryClient();
  return useMutation({ mutationFn: () => send<State>("POST", "/v1/sample"), onSuccess: (state) => cache.setQueryData(["sample"], state) });
}

/** The button in the welcome of a shop without data. */
export function TrySample() {
  const load = useLoad();
  return (
    <div>
      <Button variant="subtle" px={0} loading={load.isPending} onClick={() => load.mutate()}>{say("sample-try")}</Button>
      <Text size="sm" c="dimmed">{say("sample-about")}</Text>
      {load.error && <Oops error={load.error} />}
    </div>
  );
}

/** How far it is; and, while the data is a sample, that it is. */
export function Sample({ may }: { may: string[] }) {
  const sample = useSample().data;
  const load = useLoad();
  const cache = useQueryClient();
  const before = useRef<string>(undefined);
  useEffect(() => {
    if (before.current === "running" && sample?.state === "there") void cache.invalidateQueries(); // every answer is another one now
    before.current = sample?.state;
  }, [sample?.state]);
  if (!sample || sample.state === "none") return null;
  if (sample.state === "there") return <Known may={may.includes("import")} />;
  if (sample.state === "running") {
    return (
      <Card withBorder padding="lg" component="section" aria-label={say("sample-loading")}>
        <Group justify="space-between" mb="xs" role="status"><Text>{say("sample-loading")}</Text><Text size="sm" c="dimmed">{say("sample-share", { share: share.format(sample.done) })}</Text></Group>
        <Bar value={100 * sample.done} aria-label={say("sample-loading")} />
      </Card>
    );
  }
  return (
    <aside className="note">
      <Text size="sm">{sample.error ? <><strong dir="auto">{sample.error}</strong> <span dir="auto">{sample.remedy}</span></> : say("sample-interrupted")}</Text>
      {may.includes("import") && <Button variant="default" size="xs" mt="xs" loading={load.isPending} onClick={() => load.mutate()}>{say("sample-go-on")}</Button>}
      {load.error && <Oops error={load.error} />}
    </aside>
  );
}

function Known({ may }: { may: boolean }) {
  const [opened, setOpened] = useState(false);
  return (
    <Card withBorder padding="sm" component="aside" aria-label={say("sample-is")}>
      <Text size="sm" c="dimmed">
        {say("sample-is")} {may && <Anchor component="button" type="button" size="sm" aria-expanded={opened} onClick={() => setOpened(!opened)}>{say("sample-own")}</Anchor>}
      </Text>
      {may && (
        <Collapse expanded={opened}>
          <Text size="sm" mt="xs">{say("sample-is-about")} {say("sample-how")}</Text>
          <Group gap="xs" mt="xs">
            <Code dir="ltr">{COMMAND}</Code>
            <CopyButton value={COMMAND}>{({ copied, copy }) => <Button variant="default" size="compact-xs" onClick={copy}>{say(copied ? "sample-copied" : "sample-copy")}</Button>}</CopyButton>
          </Group>
        </Collapse>
      )}
    </Card>
  );
}
