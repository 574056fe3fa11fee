/** Sources: bring any file (read, understood, agreed), the line for a site, connected programs, and the rows that wait to be mended. */
import { Button, Card, Code, CopyButton, Group, Progress as Bar, Select, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState, type DragEvent } from "react";
import { get, send } from "../api";
import { useStart } from "../asking";
import { bring, cells, csv, refuse, type Progress, type Report } from "../bringing";
import { Icon } from "../icons";
import { Waiting } from "../look";
import { Oops } from "../oops";
import { Connections } from "../programs";
import { locale, moment, say } from "../words";
import { Section } from "./section";

const FIELDS = [
  "order_id", "ts", "time", "business_day", "customer_id", "name", "email", "phone", "city", "country", "product_id", "product_name", "arabic_name", "category", "quantity",
  "unit_price", "line_total", "order_total", "discount", "tax", "line_tax", "shipping", "shipping_tax", "refunded", "currency", "status", "document", "coupon", "payment", "branch",
  "reference", "channel", "first_name", "last_name", "gender", "birthday", "company", "vat_number", "language", "tags", "cost", "stock", "supplier", "lead_days", "expiry", "batch",
  "received", "expected_at", "arrived_at", "campaign", "ad_group", "ad", "spend", "until", "impressions", "clicks", "query", "page", "position", "ticket_id", "subject", "priority",
  "agent", "replied_at", "reply_minutes", "solved_at", "outcome", "direction", "caller", "called", "leg_of", "seconds", "messages", "survey", "response_id", "question", "answer",
  "score", "payment_id", "paid", "applied", "event", "move_id", "browser_id", "visit_id", "device", "referrer", "move",
] as const;
const count = new Intl.NumberFormat(locale);

export function Sources() {
  const may = useStart().data?.may ?? [];
  return (
    <Stack gap="lg" className="page">
      <Title order={1}>{say("section-sources")}</Title>
      {may.includes("import") && <Bring />}
      {may.includes("connect") && <Snippet />}
      <Connections may={may} />
      <Came />
      {may.includes("import") && <Mend />}
      <Section name="sources" bare />
    </Stack>
  );
}

function Bring() {
  const [files, setFiles] = useState<File[]>([]);
  const [over, setOver] = useState(false);
  const [now, setNow] = useState<Progress | null>(null);
  const [changed, setChanged] = useState<Record<string, string>>({}); // column → field, where people know better
  const choose = useRef<HTMLInputElement>(null);
  const cache = useQueryClient();
  const mapped = (reports: Report[]) => {
    if (!Object.keys(changed).length || reports.length !== 1) return null;
    const all = Object.fromEntries(reports[0]!.preview?.columns.map((one) => [one.column, one.field]) ?? []);
    return Object.fromEntries(Object.entries({ ...all, ...changed }).filter(([, field]) => field).map(([column, field]) => [field, column]));
  };
  const trial = useMutation({ mutationFn: ({ given, mapping }: { given: File[]; mapping: Record<string, string> | null }) => bring(given, true, mapping, setNow), onSettled: () => setNow(null) });
  const taking = useMutation({
    mutationFn: (reports: Report[]) => bring(files, false, mapped(reports), setNow),
    onSuccess: () => cache.invalidateQueries(),
    onSettled: () => setNow(null),
  });
  const begin = (given: File[]) => {
    if (!given.length) return;
    setFiles(given);
    setChanged({});
    taking.reset();
    trial.mutate({ given, mapping: null });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    begin([...event.dataTransfer.files]);
  };
  const again = (column: string, field: string) => {
    const next = { ...changed, [column]: field };
    setChanged(next);
    const all = Object.fromEntries(trial.data?.[0]?.preview?.columns.map((one) => [one.column, one.field]) ?? []);
    const mapping = Object.fromEntries(Object.entries({ ...all, ...next }).filter(([, each]) => each).map(([each, to]) => [to, each]));
    trial.mutate({ given: files, mapping });
  };
  const clear = () => { setFiles([]); setChanged({}); trial.reset(); taking.reset(); };
  const busy = trial.isPending || taking.isPending;
  const wrong = taking.error ?? trial.error;
  return (
    <section aria-label={say("bring")} className="bring">
      <Card withBorder padding="xl" className={over ? "drop over" : "drop"} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
        <input ref={choose} type="file" multiple hidden aria-label={say("bring-choose")} onChange={(event) => { begin([...(event.currentTarget.files ?? [])]); event.currentTarget.value = ""; }} />
        <Text>{say("bring-drop")} <Button variant="subtle" size="compact-md" onClick={() => choose.current?.click()} disabled={busy}>{say("bring-choose")}</Button></Text>
        <Text size="sm" c="dimmed">{say("bring-kinds")}</Text>
        {busy && (
          <div role="status" aria-live="polite" className="going">
            <Text size="sm">{say("bring-reading", { file: now?.file ?? files.map((file) => file.name).join(", ") })} {now?.total ? say("bring-progress", { done: now.done, total: now.total }) : ""}</Text>
            <Bar value={now?.total ? (100 * now.done) / now.total : 100} animated={!now?.total} striped={!now?.total} aria-label={say("loading")} />
          </div>
        )}
      </Card>
      {wrong && <Oops error={wrong} />}
      {taking.data ? (
        taking.data.map((report) => <Done key={report.file} report={report} />)
      ) : (
        trial.data?.map((report) => <Tried key={report.file} report={report} change={trial.data.length === 1 ? again : null} />)
      )}
      {trial.data && !taking.data && (
        <Group mt="md">
          <Button onClick={() => taking.mutate(trial.data)} loading={taking.isPending} disabled={busy || trial.data.every((report) => report.error !== "")}>{say("bring-do")}</Button>
          <Button variant="subtle" color="gray" onClick={clear} disabled={busy}>{say("bring-cancel")}</Button>
        </Group>
      )}
    </section>
  );
}

function Counts({ report, names }: { report: Report; names: readonly (keyof Report & string)[] }) {
  return (
    <dl className="tiles">
      {names.map((name) => <div key={name}><dt>{say(`bring-${name}`)}</dt><dd className="figure">{count.format(report[name] as number)}</dd></div>)}
    </dl>
  );
}

/** Three steps: what was read, how it was understood, what will change. */
function Tried({ report, change }: { report: Report; change: ((column: string, field: string) => void) | null }) {
  const zone = useStart().data?.timezone;
  const columns = report.preview?.columns ?? [];
  const left = report.preview?.unmapped ?? [];
  const options = [{ value: "", label: say("field-kept") }, ...FIELDS.map((field) => ({ value: field, label: say(`field-${field}`) }))];
  return (
    <Card withBorder padding="lg" component="article" className="tried">
      <Title order={2} size="h4"><bdi>{report.file}</bdi></Title>
      {report.error && <aside className="note" role="alert" dir="auto"><strong>{report.error}</strong> {report.remedy}</aside>}
      <Title order={3} size="h5" mt="md">1 · {say("bring-read")}</Title>
      <Counts report={report} names={["rows", "orders", "customers"]} />
      {report.first && report.last && <Text size="sm" c="dimmed">{say("bring-first")}: {moment(report.first, zone)} – {moment(report.last, zone)}</Text>}
      {columns.length + left.length > 0 && (
        <>
          <Title order={3} size="h5" mt="md">2 · {say("bring-understood")}</Title>
          <div className="table" tabIndex={0} role="region" aria-label={say("bring-understood")}>
            <Table verticalSpacing="xs">
              <Table.Thead><Table.Tr><Table.Th>{say("bring-column")}</Table.Th><Table.Th>{say("bring-field")}</Table.Th><Table.Th>{say("bring-samples")}</Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>
                {[...columns, ...left.map((column) => ({ column, field: "", samples: [] as string[], why: "" }))].map((one) => (
                  <Table.Tr key={one.column}>
                    <Table.Td><bdi>{one.column}</bdi></Table.Td>
                    <Table.Td>
                      {change ? (
                        <Select size="xs" data={options} value={one.field} searchable allowDeselect={false} aria-label={one.column} onChange={(field) => change(one.column, field ?? "")} comboboxProps={{ withinPortal: true }} />
                      ) : say(`field-${one.field || "kept"}`)}
                    </Table.Td>
                    <Table.Td c="dimmed"><bdi>{one.samples.join(" · ")}</bdi></Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        </>
      )}
      <Title order={3} size="h5" mt="md">3 · {say("bring-changes")}</Title>
      <Counts report={report} names={["added", "known", "restated", "rejected"]} />
      <Noted report={report} />
    </Card>
  );
}

function Noted({ report }: { report: Report }) {
  if (!report.notes.length) return null;
  return <aside className="note"><ul>{report.notes.map((note) => <li key={note} dir="auto">{note}</li>)}</ul></aside>;
}

function Done({ report }: { report: Report }) {
  return (
    <Card withBorder padding="lg" component="article" role="status" className="brought">
      <Title order={2} size="h4">{report.error ? <bdi>{report.file}</bdi> : say("bring-done", { file: report.file })}</Title>
      {report.error && <aside className="note" dir="auto"><strong>{report.error}</strong> {report.remedy}</aside>}
      <Counts report={report} names={["rows", "added", "known", "restated", "rejected"]} />
      <Group mt="sm">
        <Button component={Link} {...({ to: "/", search: { period: "last_365_days" } } as object)}>{say("bring-answers")}</Button>
        {report.rejected > 0 && <Button component="a" href="#mend" variant="default">{say("bring-mend")}</Button>}
      </Group>
    </Card>
  );
}

type Source = { import_id: string; source: string; file: string; started_at: string; rows: number; rejected: number; first: string | null; last: string | null; state: string; error: string };

function Came() {
  const zone = useStart().data?.timezone;
  const came = useQuery({ queryKey: ["sources"], queryFn: ({ signal }) => get<Source[]>("/v1/sources", {}, signal) });
  if (came.error) return <Oops error={came.error} />;
  if (!came.data) return <Waiting height={120} />;
  return (
    <section aria-label={say("sources-came")}>
      <Title order={2} size="h4" mb="xs">{say("sources-came")}</Title>
      {!came.data.length && <Text c="dimmed" className="empty">{say("sources-none")}</Text>}
      <ul className="people">
        {came.data.map((one) => (
          <li key={one.import_id}>
            <Card withBorder padding="sm" className="person segment">
              <Text fw={600}><bdi>{one.file || one.source}</bdi> <Text span size="sm" c="dimmed"><bdi>{one.source}</bdi></Text></Text>
              <Text size="sm" c="dimmed">{say("source-rows", { n: one.rows })}{one.rejected > 0 && <> · {say("bring-rejected")}: {count.format(one.rejected)}</>}{one.first && one.last && <> · {moment(one.first, zone)} – {moment(one.last, zone)}</>}</Text>
              <Text size="sm" title={one.error}>{say(`source-state-${one.state}`)} · {moment(one.started_at, zone)}</Text>
            </Card>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The line for a site, and whether its first event has come. */
function Snippet() {
  const [name, setName] = useState("");
  const make = useMutation({ mutationFn: () => send<{ key: string }>("POST", "/v1/keys", { source: name.trim() || "site" }) });
  const door = useQuery({
    queryKey: ["receiving"],
    queryFn: ({ signal }) => get<{ door: { accepted: number } }>("/v1/receiving", {}, signal),
    enabled: make.isSuccess,
    refetchInterval: 2_000,
  });
  const [before, setBefore] = useState<number | null>(null);
  useEffect(() => {
    if (before === null && door.data) setBefore(door.data.door.accepted);
  }, [door.data]);
  const came = door.data && before !== null ? door.data.door.accepted - before : 0;
  const line = make.data && `<script async src="${location.origin}/m.js" data-key="${make.data.key}"></script>`;
  return (
    <Card withBorder padding="lg" component="section" aria-label={say("snippet")} id="snippet">
      <Title order={2} size="h4">{say("snippet")}</Title>
      <Text size="sm" c="dimmed" mb="sm">{say("snippet-about")}</Text>
      {!line && (
        <form onSubmit={(event) => { event.preventDefault(); make.mutate(); }}>
          <Group align="end" gap="xs">
            <TextInput label={say("snippet-name")} value={name} placeholder="site" onChange={(event) => setName(event.currentTarget.value)} dir="auto" maxLength={100} />
            <Button type="submit" variant="default" loading={make.isPending}>{say("snippet-make")}</Button>
          </Group>
        </form>
      )}
      {make.error && <Oops error={make.error} />}
      {line && (
        <>
          <Code block dir="ltr" className="line">{line}</Code>
          <Group mt="xs" justify="space-between">
            <Text size="sm" role="status" aria-live="polite">{came > 0 ? <strong>{say("snippet-came", { n: came })}</strong> : say("snippet-waiting")}</Text>
            <CopyButton value={line}>{({ copied, copy }) => <Button variant="default" size="xs" leftSection={<Icon name="link" size={16} />} onClick={copy}>{say(copied ? "snippet-copied" : "snippet-copy")}</Button>}</CopyButton>
          </Group>
        </>
      )}
    </Card>
  );
}

const SHOWN = 50; // rows that are mended at once
const OURS = "masarat:";

/** The rows that could not be read, as a table to set right. */
function Mend() {
  const cache = useQueryClient();
  const waiting = useQuery({
    queryKey: ["quarantine"],
    queryFn: async ({ signal }) => {
      const response = await fetch("/v1/quarantine?shown=1", { signal });
      return response.ok ? cells(await response.text()) : refuse(response);
    },
  });
  const [edited, setEdited] = useState<Record<string, string>>({});
  const take = useMutation({
    mutationFn: async () => {
      const form = new FormData();
      form.append("file", new File([csv([head, ...mended()])], "mended.csv", { type: "text/csv" }));
      const response = await fetch("/v1/quarantine", { method: "POST", body: form });
      return response.ok ? ((await response.json()) as { replayed: number }) : refuse(response);
    },
    onSuccess: async () => { setEdited({}); await cache.invalidateQueries(); },
  });
  const dismiss = useMutation({ mutationFn: () => send("DELETE", "/v1/quarantine"), onSuccess: () => cache.invalidateQueries() });
  const [head = [], ...rows] = waiting.data ?? [];
  const mended = () =>
    rows.map((row, place) => row.map((cell, column) => edited[`${place}:${column}`] ?? cell)).filter((_, place) => head.some((_name, column) => edited[`${place}:${column}`] !== undefined));
  if (waiting.error) return <Oops error={waiting.error} />;
  if (!waiting.data) return null;
  const reason = head.indexOf(`${OURS}reason`), remedy = head.indexOf(`${OURS}remedy`);
  const own = head.map((name, column) => ({ name, column })).filter(({ name, column }) => !name.startsWith(OURS) && rows.slice(0, SHOWN).some((row) => row[column]));
  const wrong = take.error ?? dismiss.error;
  return (
    <section id="mend" aria-label={say("mend")}>
      {(rows.length > 0 || take.data) && <Title order={2} size="h4">{say("mend")}</Title>}
      {take.data && <Text role="status" fw={500}>{say("mend-done", { n: take.data.replayed })}</Text>}
      {wrong && <Oops error={wrong} />}
      {rows.length > 0 && (
        <>
          <Text size="sm" c="dimmed" mb="xs">{say("mend-about")}</Text>
          <div className="table" tabIndex={0} role="region" aria-label={say("mend")}>
            <Table verticalSpacing="xs" className="mend">
              <Table.Thead><Table.Tr><Table.Th>{say("mend-why")}</Table.Th>{own.map(({ name }) => <Table.Th key={name}><bdi>{name}</bdi></Table.Th>)}</Table.Tr></Table.Thead>
              <Table.Tbody>
                {rows.slice(0, SHOWN).map((row, place) => (
                  <Table.Tr key={row[0]}>
                    <Table.Td><Text size="sm" dir="auto">{row[reason]}</Text><Text size="xs" c="dimmed" dir="auto">{row[remedy]}</Text></Table.Td>
                    {own.map(({ name, column }) => (
                      <Table.Td key={name}>
                        <TextInput size="xs" dir="auto" aria-label={`${name} ${place + 1}`} value={edited[`${place}:${column}`] ?? row[column] ?? ""} onChange={(event) => setEdited({ ...edited, [`${place}:${column}`]: event.currentTarget.value })} />
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
          {rows.length > SHOWN && <Text size="sm" c="dimmed">{say("mend-more", { n: rows.length - SHOWN })}</Text>}
          <Group mt="sm">
            <Button onClick={() => take.mutate()} loading={take.isPending} disabled={!Object.keys(edited).length}>{say("mend-do")}</Button>
            <Button variant="subtle" color="gray" loading={dismiss.isPending} onClick={() => dismiss.mutate()}>{say("mend-dismiss")}</Button>
          </Group>
        </>
      )}
    </section>
  );
}
