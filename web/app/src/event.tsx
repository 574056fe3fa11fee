/** Choosing what somebody did: offered in the reader's words, kept by its name; an event of the shop's own is written as it is called. */
import { Autocomplete, type AutocompleteProps, type ComboboxItem, type OptionsFilter } from "@mantine/core";
import type { Control } from "./api";

type Options = Control["options"];

/** What was chosen stands in the field: the others are offered as long as nothing else is typed. */
const offered: OptionsFilter = ({ options, search, limit }) => {
  const all = options as ComboboxItem[];
  const wanted = search.trim().toLowerCase();
  return (all.some((one) => one.label.toLowerCase() === wanted) ? all : all.filter((one) => one.label.toLowerCase().includes(wanted))).slice(0, limit);
};

export function EventChoice({ options, value, change, ...more }: { options: Options; value: string; change: (name: string) => void } & Omit<AutocompleteProps, "data" | "value" | "onChange">) {
  const named = (text: string) => options.find((one) => one.label === text)?.value ?? text;
  const shown = options.find((one) => one.value === value)?.label ?? value;
  return <Autocomplete {...more} dir="auto" data={options.map((one) => one.label)} filter={offered} value={shown} onChange={(text) => change(named(text))} />;
}
