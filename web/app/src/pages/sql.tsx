/** The console: one statement that reads, its rows as a table and a file, and what there is to read. */
import { Button, Card, Group, ScrollArea, Stack, Table, Text, Textarea, Title, UnstyledButton } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRef, useState, type KeyboardEvent } from "react";
import { get, send } from "../api";
import { csv } from "../bringing";
import { Icon } from "../icons";
import { Waiting } from "../look";
import { Oops } from "../oops";
import { locale, say } from "../words";

type Column = { name: string; type: string; figure: boolean; about: string };
type Described = { name: string; about: string; columns: Column[] };
type Result = { columns: Column[]; rows: (string | null)[][]; more: boolean; seconds: number; read_rows: number; read_bytes: number };

const FIRST = "SELECT name, count() AS events\nFROM events\nGROUP BY name\nORDER BY events DESC\nLIMIT 20";
const KEPT = 10; // statements that are remembered, in this browser alone
const SHOWN = 500; // rows on the page; the file has all
const count = new Intl.NumberFormat(locale);

export function Sql() {
  const [recent, setRecent] = useLocalStorage<string[]>({ key: "masarat-sql", defaultValue: [] });
  const [text, setText] = useState(FIRST);
  const stop = useRef<AbortController | null>(null);
  const tables = useQuery({ queryKey: ["sql"], queryFn: ({ signal }) => get<{ tables: Described[] }>("/v1/sql", {}, signal), staleTime: Infinity });
  const run = useMutation({
    mutationFn: (sql: string) => {
      stop.current = new AbortController();
      return send<Result>("POST", "/v1/sql", { sql }, stop.current.signal);
    },
    onSuccess: (_, sql) => setRecent((before) => [sql, ...before.filter((one) => one !== sql)].slice(0, KEPT)),
  });
  const go = () => { if (text.trim() && !run.isPending) run.mutate(text); };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      go();
    }
  };
  return (
    <Stack gap="lg" className="page">
      <header>
        <Title order={1}>{say("sql")}</Title>
        <Text c="dimmed">{say("sql-about")}</Text>
      </header>
      <div className="profile console">
        <Stack gap="sm">
          <Textarea aria-label={say("sql-write")} dir="ltr" autosize minRows={6} maxRows={24} spellCheck={false} value={text} onChange={(event) => setText(event.currentTarget.value)} onKeyDown={keys} classNames={{ input: "code" }} />
          <Group>
            <Button onClick={go} loading={run.isPending} rightSection={<kbd dir="ltr" aria-hidden="true">Ctrl ⏎</kbd>}>{say("sql-run")}</Button>
            {run.isPending && <Button variant="subtle" color="gray" onClick={() => stop.current?.abort()}>{say("bring-cancel")}</Button>}
          </Group>
          {run.error && run.error.name !== "AbortError" && <Oops error={run.error} />}
          {run.data && <Found result={run.data} />}
        </Stack>
        <Stack gap="sm">
          {tables.error && <Oops error={tables.error} />}
          {!tables.data && !tables.error && <Waiting height={120} />}
          {tables.data && (
            <Card withBorder padding="md" component="section" aria-label={say("sql-tables")}>
              <Title order={2} size="h5" mb="xs">{say("sql-tables")}</Title>
              {tables.data.tables.map((table) => (
                <details key={table.name} className="schema">
                  <summary><bdi dir="ltr">{table.name}</bdi></summary>
                  <div dir="ltr" lang="en">
                    <Text size="xs" c="dimmed">{table.about}</Text>
                    <dl>{table.columns.map((column) => <div key={column.name} title={column.about}><dt>{column.name}</dt><dd>{column.type}</dd></div>)}</dl>
                  </div>
                </details>
              ))}
            </Card>
          )}
          {recent.length > 0 && (
            <Card withBorder padding="md" component="section" aria-label={say("sql-recent")}>
              <Title order={2} size="h5" mb="xs">{say("sql-recent")}</Title>
              {recent.map((one) => <UnstyledButton key={one} className="recent" dir="ltr" onClick={() => setText(one)}>{one.slice(0, 120)}</UnstyledButton>)}
            </Card>
          )}
        </Stack>
      </div>
    </Stack>
  );
}

function Found({ result }: { result: Result }) {
  const take = () => {
    const address = URL.createObjectURL(new Blob([csv([result.columns.map((column) => column.name), ...result.rows.map((row) => row.map((cell) => cell ?? ""))])], { type: "text/csv" }));
    Object.assign(document.createElement("a"), { href: address, download: "masarat.csv" }).click();
    URL.revokeObjectURL(address);
  };
  return (
    <section className="rows" aria-label={say("rows")}>
      <Group justify="space-between" mb="xs">
        <Text size="sm" c="dimmed" role="status">
          {result.more ? say("sql-more", { n: result.rows.length }) : result.rows.length ? say("sql-rows", { n: result.rows.length }) : say("sql-none")} · {say("sql-took", { seconds: result.seconds, read: count.format(result.read_rows) })}
        </Text>
        {result.rows.length > 0 && <Button variant="default" size="xs" leftSection={<Icon name="download" size={16} />} onClick={take}>CSV</Button>}
      </Group>
      <ScrollArea.Autosize mah={600} type="auto" className="table">
        <Table stickyHeader dir="ltr" verticalSpacing={4} className="code">
          <Table.Thead><Table.Tr>{result.columns.map((column, place) => <Table.Th key={place} className={column.figure ? "figure" : undefined} title={column.type}>{column.name}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {result.rows.slice(0, SHOWN).map((row, place) => (
              <Table.Tr key={place}>{row.map((cell, column) => <Table.Td key={column} className={result.columns[column]!.figure ? "figure" : undefined}>{cell === null ? <Text span c="dimmed" size="xs">NULL</Text> : <bdi>{cell}</bdi>}</Table.Td>)}</Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      {result.rows.length > SHOWN && <Text size="sm" c="dimmed" mt="xs">{say("rows-hidden", { n: result.rows.length - SHOWN })}</Text>}
    </section>
  );
}
