/** What the ways to pay cost the shop: one row each, percent and a fixed part; a row without a name is for all others. */
import { ActionIcon, Button, Group, NumberInput, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { Icon } from "./icons";
import { say } from "./words";

type Fee = { way: string; percent: string; fixed: string };
const NONE: Fee = { way: "", percent: "", fixed: "" };
const ALL_OTHERS = "*";

/** `mada=0.8%, card=2.7%+1, *=2` as rows. */
export function read(text: string): Fee[] {
  return text
    .split(/[,،;؛\n]/)
    .map((part) => part.split("="))
    .filter((part) => part.length === 2)
    .map(([name, fee]) => {
      const [, percent = "", fixed = ""] = /^\s*(?:([\d.]+)\s*[%٪])?\s*\+?\s*([\d.]+)?\s*$/.exec(fee!) ?? [];
      return { way: name!.trim() === ALL_OTHERS ? "" : name!.trim(), percent, fixed };
    });
}

/** Rows as the server reads them; a row that says nothing is none. */
export function written(fees: Fee[]): string {
  return fees
    .filter(({ percent, fixed }) => percent || fixed)
    .map(({ way, percent, fixed }) => `${way.replace(/[=,،;؛]/g, " ").trim() || ALL_OTHERS}=${percent ? `${percent}%${fixed ? `+${fixed}` : ""}` : fixed}`)
    .join(", ");
}

export default function Fees({ text, note, open, change }: { text: string; note: string | undefined; open: boolean; change: (text: string) => void }) {
  const [rows, setRows] = useState<Fee[]>(() => read(text));
  const keep = (next: Fee[]) => {
    setRows(next);
    change(written(next));
  };
  const put = (place: number, given: Partial<Fee>) => keep(rows.map((row, nth) => (nth === place ? { ...row, ...given } : row)));
  return (
    <fieldset className="fees" disabled={!open}>
      <Text component="legend" size="sm">{say("company-payment_fees")}</Text>
      {note && <Text size="xs" c="dimmed">{note}</Text>}
      {rows.map((row, place) => (
        <Group key={place} align="end" gap="sm" mt="xs" wrap="wrap">
          <TextInput label={say("fees-way")} placeholder={say("fees-others")} value={row.way} maxLength={60} {...(row.way ? { dir: "auto" as const } : {})} onChange={(event) => put(place, { way: event.currentTarget.value })} w={170} />
          <NumberInput label={say("fees-percent")} value={row.percent} min={0} max={100} decimalScale={4} hideControls suffix="%" onChange={(next) => put(place, { percent: String(next) })} w={90} />
          <NumberInput label={say("fees-fixed")} value={row.fixed} min={0} max={1e6} decimalScale={4} hideControls onChange={(next) => put(place, { fixed: String(next) })} w={90} />
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={say("fees-away", { way: row.way || say("fees-others") })} onClick={() => keep(rows.filter((_, nth) => nth !== place))}><Icon name="away" /></ActionIcon>
        </Group>
      ))}
      {open && <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setRows([...rows, NONE])}>{say("fees-add")}</Button>}
    </fieldset>
  );
}
