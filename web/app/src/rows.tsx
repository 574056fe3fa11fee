/** The rows of an answer, with the ways behind them, as files too; and how it was computed. What the first page does not need. */
import { Anchor, Button, Code, Collapse, Group, Menu, Table, Text, Title, Tooltip, UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { address, type Look, type Parameters } from "./api";
import { useAnew, useHow } from "./asking";
import { Icon } from "./icons";
import { SaveCustomers } from "./saving";
import { language, say } from "./words";

const LONG = 40; // letters of a cell that is a sentence

type Sort = { column: number; up: boolean } | null;

export function Rows({ look, given, may }: { look: Look; given: Parameters; may: string[] }) {
  const [sort, setSort] = useState<Sort>(null);
  if (!look.rows.length) return null;
  const order = sorted(look, sort);
  const named = look.headings.findIndex((head) => head.name === (look.can_be_saved ? "name" : "left"));
  const shown = named >= 0 ? named : look.headings.findIndex((head) => !head.figure); // the cell that leads behind the row
  const turn = (column: number) =>
    setSort((before) => (before?.column !== column ? { column, up: !look.headings[column]!.figure } : before.up !== !look.headings[column]!.figure ? null : { column, up: !before.up }));
  return (
    <section className="rows">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4">{say("rows")}</Title>
        <Group gap="xs">
          {look.can_be_saved && may.includes("segments") && <SaveCustomers question={look.name} parameters={look.parameters} />}
          <Take name={look.name} given={given} may={may} />
        </Group>
      </Group>
      <div className="table" tabIndex={0} role="region" aria-label={look.title}>
        <Table stickyHeader highlightOnHover verticalSpacing="xs" horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              {look.headings.map((head, column) => (
                <Table.Th key={head.name} className={head.figure ? "figure" : undefined} aria-sort={sort?.column === column ? (sort.up ? "ascending" : "descending") : "none"}>
                  <Tooltip label={head.formula} disabled={!head.formula} multiline maw={320} openDelay={400}>
                    <UnstyledButton className="sort" onClick={() => turn(column)}>
                      {head.title}<span aria-hidden="true">{sort?.column === column ? (sort.up ? " ↑" : " ↓") : ""}</span>
                    </UnstyledButton>
                  </Tooltip>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {order.map((place) => (
              <Table.Tr key={place}>
                {look.rows[place]!.map((cell, column) => (
                  <Table.Td key={column} className={look.headings[column]!.figure ? "figure" : cell.length > LONG ? "long" : undefined}>
                    <Behind way={column === shown ? look.behind[place] : null} may={may}>{look.headings[column]!.along ? cell : <bdi>{cell}</bdi>}</Behind>
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {look.hidden > 0 && <Text size="sm" c="dimmed" mt="xs">{say("rows-hidden", { n: look.hidden })}</Text>}
    </section>
  );
}

/** The way to the customers behind a row. */
function Behind({ way, may, children }: { way: Look["behind"][number] | undefined; may: string[]; children: React.ReactNode }) {
  if (!way) return <>{children}</>;
  if ("customer" in way) return may.includes("customer") ? <Anchor component={Link} {...({ to: "/customer/$", params: { _splat: way.customer } } as object)}>{children}</Anchor> : <>{children}</>;
  return <Anchor component={Link} {...({ to: "/ask/$name", params: { name: way.name }, search: way.given } as object)} title={way.title}>{children}</Anchor>;
}

function sorted(look: Look, sort: Sort): number[] {
  const places = look.rows.map((_, place) => place);
  if (!sort) return places;
  const words = new Intl.Collator(language, { numeric: true });
  const of = (place: number) => look.sorts[place]?.[sort.column] ?? null;
  return places.sort((one, other) => {
    const [left, right] = [of(one), of(other)];
    if (left === null || right === null) return left === right ? one - other : left === null ? 1 : -1; // nothing known comes last
    const by = typeof left === "number" && typeof right === "number" ? left - right : words.compare(String(left), String(right));
    return (sort.up ? by : -by) || one - other;
  });
}

/** The rows as files, and the page as a link. */
function Take({ name, given, may }: { name: string; given: Parameters; may: string[] }) {
  const asked = { ...given, language };
  const files = [
    { label: "CSV", href: address(`/v1/ask/${name}.csv`, asked) },
    { label: say("picture"), href: address(`/v1/picture/${name}.png`, { ...given, lang: language }) },
    ...(may.includes("report")
      ? ["xlsx", "pdf"].map((format) => ({ label: format === "xlsx" ? "Excel" : "PDF", href: address("/v1/report", { format, question: name, ...asked }) }))
      : []),
  ];
  return (
    <Menu position="bottom-end">
      <Menu.Target><Button variant="default" size="xs" leftSection={<Icon name="download" size={16} />}>{say("take")}</Button></Menu.Target>
      <Menu.Dropdown>
        {files.map((file) => <Menu.Item key={file.label} component="a" href={file.href} download>{file.label}</Menu.Item>)}
        <Menu.Item leftSection={<Icon name="link" size={16} />} onClick={() => void navigator.clipboard.writeText(location.href)}>{say("copy-link")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export function Footer({ look, given }: { look: Look; given: Parameters }) {
  const [open, setOpen] = useState<"" | "words" | "how">("");
  const fresh = useAnew(look.name, given);
  const how = useHow(look.name, given, open === "how");
  const turn = (which: "words" | "how") => setOpen((before) => (before === which ? "" : which));
  return (
    <footer className="fine">
      {look.footer && <p>{look.footer}</p>}
      {look.age >= 60 && <p>{say("age", { minutes: Math.round(look.age / 60) })} <Anchor component="button" size="sm" onClick={() => void fresh()}>{say("age-anew")}</Anchor></p>}
      <Group gap="md">
        <Anchor component="button" size="sm" aria-expanded={open === "words"} onClick={() => turn("words")}>{say("definitions")}</Anchor>
        <Anchor component="button" size="sm" aria-expanded={open === "how"} onClick={() => turn("how")}>{say("how")}</Anchor>
      </Group>
      <Collapse expanded={open === "words"}>
        <dl className="definitions">
          {Object.entries(look.definitions).map(([title, formula]) => <div key={title}><dt>{title}</dt><dd>{formula}</dd></div>)}
        </dl>
      </Collapse>
      <Collapse expanded={open === "how"}>
        <div lang="en" dir="ltr">
          <pre className="manual">{look.manual}</pre>
          {how.data && Object.entries(how.data.steps).map(([name, sql]) => <div key={name}><h3>{name}</h3><Code block>{sql}</Code></div>)}
        </div>
      </Collapse>
    </footer>
  );
}
