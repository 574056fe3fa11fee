/** Backups: made while the shop goes on, listed, removed; how one is brought back is told. */
import { Button, Card, Code, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { get, send } from "./api";
import { useStart } from "./asking";
import { Waiting } from "./look";
import { Oops } from "./oops";
import { locale, moment, say } from "./words";

type Backup = { name: string; version: string; events: number; bytes: number; at: string };
type Told = { backups: Backup[]; directory: string; making: boolean; error: string; remedy: string };
const count = new Intl.NumberFormat(locale);
const size = new Intl.NumberFormat(locale, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 });

export default function Backups() {
  const cache = useQueryClient();
  const zone = useStart().data?.timezone;
  const [going, setGoing] = useState("");
  const { data, error, refetch } = useQuery({ queryKey: ["backups"], queryFn: ({ signal }) => get<Told>("/v1/backups", {}, signal), refetchInterval: (query) => (query.state.data?.making ? 1000 : false) });
  const keep = (told: Told) => { cache.setQueryData(["backups"], told); setGoing(""); };
  const make = useMutation({ mutationFn: () => send<Told>("POST", "/v1/backups"), onSuccess: keep });
  const remove = useMutation({ mutationFn: (name: string) => send<Told>("DELETE", `/v1/backups/${encodeURIComponent(name)}`), onSuccess: keep });
  const failed = make.error ?? remove.error;
  if (error) return <Oops error={error} retry={() => refetch()} />;
  if (!data) return <Waiting height={200} />;
  return (
    <Stack gap="md" className="empty">
      <Text c="dimmed">{say("backup-about")}</Text>
      {failed && <Oops error={failed} />}
      {data.error && <aside className="note" role="alert">{data.error} {data.remedy}</aside>}
      <Group>
        <Button loading={make.isPending} disabled={data.making} onClick={() => make.mutate()}>{say("backup-make")}</Button>
        {data.making && <Text role="status">{say("backup-making")}</Text>}
      </Group>
      {!data.backups.length && !data.making && <Text>{say("backup-none")}</Text>}
      <ul className="people">
        {data.backups.map((one) => (
          <li key={one.name}>
            <Card withBorder padding="sm" className="person segment">
              <Text fw={600}><bdi>{moment(one.at, zone, true)}</bdi></Text>
              <Text size="sm" c="dimmed">{say("backup-holds", { n: one.events, count: count.format(one.events) })} · <bdi>{size.format(one.bytes / 1e6)}</bdi></Text>
              <Button variant="subtle" color="gray" size="xs" onClick={() => setGoing(one.name)}>{say("remove")}</Button>
            </Card>
          </li>
        ))}
      </ul>
      {data.backups[0] && (
        <aside className="note">
          <Text size="sm">{say("backup-where")} <Code dir="ltr">{data.directory}</Code></Text>
          <Text size="sm">{say("backup-back")} <Code dir="ltr">masarat --data new-shop restore {data.directory}/{data.backups[0].name}</Code></Text>
          <Text size="sm">{say("backup-erased")}</Text>
        </aside>
      )}
      <Modal opened={going !== ""} onClose={() => setGoing("")} title={say("backup-remove")} centered>
        <Text mb="md">{say("backup-remove-about")} <Code dir="ltr">{going}</Code></Text>
        <Group justify="end"><Button variant="default" onClick={() => setGoing("")}>{say("backup-keep")}</Button><Button color="red" loading={remove.isPending} onClick={() => remove.mutate(going)}>{say("backup-remove-do")}</Button></Group>
      </Modal>
    </Stack>
  );
}
