/** Choosing what somebody did: offered in the reader's words with how often it was done, kept by its name; what nobody did yet comes last. */
import { Autocomplete, Group, Text, type AutocompleteProps, type ComboboxItem, type OptionsFilter } from "@mantine/core";
import type { Control } from "./api";
import { useMoves } from "./asking";
import { locale, say } from "./words";

type Options = Control["options"];
const compact = new Intl.NumberFormat(locale, { notation: "compact" });

/** What was chosen stands in the field: the others are offered as long as nothing else is typed. */
const offered: OptionsFilter = ({ options, search, limit }) => {
  const all = options as ComboboxItem[];
  const wanted = search.trim().toLowerCase();
  return (all.some((one) => one.label.toLowerCase() === wanted) ? all : all.filter((one) => one.label.toLowerCase().includes(wanted))).slice(0, limit);
};

export function EventChoice({ options, value, change, ...more }: { options: Options; value: string; change: (name: string) => void } & Omit<AutocompleteProps, "data" | "value" | "onChange">) {
  const done = useMoves();
  const times = new Map(done.map((one) => [one.name, one.events]));
  const all = [...options, ...done.filter((one) => !options.some((known) => known.value === one.name)).map((one) => ({ value: one.name, label: one.title }))];
  const titles = [...new Set(all.sort((one, other) => (times.get(other.value) ?? 0) - (times.get(one.value) ?? 0)).map((one) => one.label))];
  const named = (text: string) => all.find((one) => one.label === text)?.value ?? text;
  const shown = all.find((one) => one.value === value)?.label ?? value;
  return (
    <Autocomplete {...more} dir="auto" data={titles} filter={offered} value={shown} onChange={(text) => change(named(text))}
      renderOption={({ option }) => <Group justify="space-between" w="100%" wrap="nowrap"><bdi>{option.value}</bdi><Text span size="xs" c="dimmed">{done.length ? compact.format(times.get(named(option.value)) ?? 0) : ""}</Text></Group>}
      description={done.length && value && !times.get(value) ? say("event-never") : undefined} />
  );
}
