/** Whom an answer is about, said as a sentence: everybody, or those in Riyadh who did not come by e-mail. Kept in the address as the server reads it. */
import { Button, CloseButton, Group, MultiSelect, Popover, SegmentedControl, Select, Text } from "@mantine/core";
import { useState } from "react";
import { useSegments, useValues } from "./asking";
import { locale, say } from "./words";

const DIMENSIONS = ["city", "channel", "source", "device", "branch", "payment", "coupon", "campaign", "country"];
const SAVED = "in";

type Condition = { name: string; wanted: boolean; values: string[] };

/** 'country=Saudi Arabia|Bahrain and channel!=email' as its conditions; what cannot be read is left to the server to say. */
export function read(text: string): Condition[] {
  return text.split(/\s+and\s+/i).flatMap((part) => {
    const match = /^\s*(\w+)\s*(!?=)\s*([^]+)$/.exec(part);
    return match ? [{ name: match[1]!, wanted: match[2] === "=", values: match[3]!.split("|").map((one) => one.trim()) }] : [];
  });
}

export const write = (conditions: Condition[]) => conditions.map(({ name, wanted, values }) => `${name}${wanted ? "=" : "!="}${values.join("|")}`).join(" and ");

/** What the text of the address could not carry. */
const carried = (value: string) => !value.includes("|") && !/\sand\s/i.test(value) && value.trim() === value;
const either = new Intl.ListFormat(locale, { type: "disjunction" });
const count = new Intl.NumberFormat(locale, { notation: "compact" });

export function Whom({ value, change }: { value: string; change: (text: string) => void }) {
  const conditions = read(value);
  const named = conditions.some((one) => one.name === SAVED);
  const segments = useSegments(named);
  const title = (name: string) => segments.find((one) => one.name === name)?.title || name;
  return (
    <div className="whom" role="group" aria-label={say("whom")}>
      <Text span size="sm">{say(conditions.length ? "whom-those" : "whom-all")}</Text>
      {conditions.map((one, place) => (
        <span key={place} className="condition">
          <bdi>{say(one.wanted ? "whom-is" : "whom-is-not", { name: say(one.name === SAVED ? "whom-segment" : `whom-${one.name}`), values: either.format(one.values.map((each) => (one.name === SAVED ? title(each) : each))) })}</bdi>
          <CloseButton size="xs" aria-label={say("whom-remove", { values: one.values.join(", ") })} onClick={() => change(write(conditions.filter((_, other) => other !== place)))} />
        </span>
      ))}
      <Add add={(one) => change(write([...conditions, one]))} />
    </div>
  );
}

function Add({ add }: { add: (one: Condition) => void }) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("city");
  const [wanted, setWanted] = useState(true);
  const [values, setValues] = useState<string[]>([]);
  const [listed, setListed] = useState(false);
  const known = useValues(name === SAVED ? "" : name, open);
  const segments = useSegments(open && name === SAVED);
  const options = name === SAVED ? segments.map((one) => ({ value: one.name, label: one.title || one.name, events: one.size })) : (known.data?.values ?? []).filter((one) => carried(one.value)).map((one) => ({ value: one.value, label: one.value, events: one.events }));
  const turn = (next: string) => { setName(next); setValues([]); };
  const done = () => { add({ name, wanted, values }); setOpen(false); setValues([]); };
  return (
    <Popover opened={open} onChange={setOpen} width={320} position="bottom-start" trapFocus withinPortal>
      <Popover.Target><Button variant="subtle" size="compact-sm" onClick={() => setOpen(!open)} aria-expanded={open}>{say("whom-add")}</Button></Popover.Target>
      <Popover.Dropdown>
        <Select label={say("whom-by")} data={[...DIMENSIONS, SAVED].map((one) => ({ value: one, label: say(one === SAVED ? "whom-segment" : `whom-${one}`) }))} value={name} allowDeselect={false} onChange={(next) => next && turn(next)} comboboxProps={{ withinPortal: false }} data-autofocus />
        <SegmentedControl fullWidth size="xs" my="sm" value={String(wanted)} onChange={(next) => setWanted(next === "true")} data={["true", "false"].map((one) => ({ value: one, label: say(`whom-${one}`) }))} aria-label={say("whom-by")} />
        <MultiSelect label={say("whom-values")} data={options} value={values} onChange={setValues} searchable limit={50} dropdownOpened={listed} onDropdownOpen={() => setListed(true)} onDropdownClose={() => setListed(false)} onOptionSubmit={() => setListed(false)} comboboxProps={{ withinPortal: false }} nothingFoundMessage={say(known.isFetching ? "loading" : "whom-none")}
          renderOption={({ option }) => <Group justify="space-between" w="100%" wrap="nowrap"><bdi>{option.label}</bdi><Text span size="xs" c="dimmed">{count.format(options.find((one) => one.value === option.value)?.events ?? 0)}</Text></Group>} />
        <Group justify="end" mt="sm"><Button size="xs" disabled={!values.length} onClick={done}>{say("whom-do")}</Button></Group>
      </Popover.Dropdown>
    </Popover>
  );
}
