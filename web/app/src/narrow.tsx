/** One condition on whom an answer is about: by what, whether it is or is not, and which of what there is, with how often. */
import { Button, Group, MultiSelect, SegmentedControl, Select, Text } from "@mantine/core";
import { useState } from "react";
import { useSegments, useValues } from "./asking";
import { SAVED, type Condition } from "./whom";
import { locale, say } from "./words";

const DIMENSIONS = ["city", "channel", "source", "device", "branch", "payment", "coupon", "campaign", "country"];
/** What the text of the address could not carry. */
const carried = (value: string) => !value.includes("|") && !/\sand\s/i.test(value) && value.trim() === value;
const count = new Intl.NumberFormat(locale, { notation: "compact" });

export default function Narrow({ add }: { add: (one: Condition) => void }) {
  const [name, setName] = useState("city");
  const [wanted, setWanted] = useState(true);
  const [values, setValues] = useState<string[]>([]);
  const [listed, setListed] = useState(false);
  const known = useValues(name === SAVED ? "" : name, true);
  const segments = useSegments(name === SAVED);
  const options = name === SAVED ? segments.map((one) => ({ value: one.name, label: one.title || one.name, events: one.size })) : (known.data?.values ?? []).filter((one) => carried(one.value)).map((one) => ({ value: one.value, label: one.value, events: one.events }));
  const turn = (next: string) => { setName(next); setValues([]); };
  return (
    <>
      <Select label={say("whom-by")} data={[...DIMENSIONS, SAVED].map((one) => ({ value: one, label: say(one === SAVED ? "whom-segment" : `whom-${one}`) }))} value={name} allowDeselect={false} onChange={(next) => next && turn(next)} comboboxProps={{ withinPortal: false }} data-autofocus />
      <SegmentedControl fullWidth size="xs" my="sm" value={String(wanted)} onChange={(next) => setWanted(next === "true")} data={["true", "false"].map((one) => ({ value: one, label: say(`whom-${one}`) }))} aria-label={say("whom-by")} />
      <MultiSelect label={say("whom-values")} data={options} value={values} onChange={setValues} searchable limit={50} dropdownOpened={listed} onDropdownOpen={() => setListed(true)} onDropdownClose={() => setListed(false)} onOptionSubmit={() => setListed(false)} comboboxProps={{ withinPortal: false }} nothingFoundMessage={say(known.isFetching ? "loading" : "whom-none")}
        renderOption={({ option }) => <Group justify="space-between" w="100%" wrap="nowrap"><bdi>{option.label}</bdi><Text span size="xs" c="dimmed">{count.format(options.find((one) => one.value === option.value)?.events ?? 0)}</Text></Group>} />
      <Group justify="end" mt="sm"><Button size="xs" disabled={!values.length} onClick={() => add({ name, wanted, values })}>{say("whom-do")}</Button></Group>
    </>
  );
}
