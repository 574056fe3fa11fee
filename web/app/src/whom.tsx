/** Whom an answer is about, said as a sentence: everybody, or those in Riyadh who did not come by e-mail. Kept in the address as the server reads it. */
import { Button, CloseButton, Popover, Text } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useSegments } from "./asking";
import { Waiting } from "./look";
import { locale, say } from "./words";

const Narrow = lazy(() => import("./narrow"));
export const SAVED = "in";

export type Condition = { name: string; wanted: boolean; values: string[] };

/** 'country=Saudi Arabia|Bahrain and channel!=email' as its conditions; what cannot be read is left to the server to say. */
export function read(text: string): Condition[] {
  return text.split(/\s+and\s+/i).flatMap((part) => {
    const match = /^\s*(\w+)\s*(!?=)\s*([^]+)$/.exec(part);
    return match ? [{ name: match[1]!, wanted: match[2] === "=", values: match[3]!.split("|").map((one) => one.trim()) }] : [];
  });
}

export const write = (conditions: Condition[]) => conditions.map(({ name, wanted, values }) => `${name}${wanted ? "=" : "!="}${values.join("|")}`).join(" and ");

const either = new Intl.ListFormat(locale, { type: "disjunction" });

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

/** What narrows is loaded when somebody wants to. */
function Add({ add }: { add: (one: Condition) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} width={320} position="bottom-start" trapFocus withinPortal>
      <Popover.Target><Button variant="subtle" size="compact-sm" onClick={() => setOpen(!open)} aria-expanded={open}>{say("whom-add")}</Button></Popover.Target>
      <Popover.Dropdown>{open && <Suspense fallback={<Waiting height={40} />}><Narrow add={(one) => { add(one); setOpen(false); }} /></Suspense>}</Popover.Dropdown>
    </Popover>
  );
}
