/** The control bar above an answer: made from the question's own parameters, all of it in the address. */
import { Button, Collapse, Group, Select, SimpleGrid, Switch, Textarea, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { lazy, Suspense, useState, type FormEvent } from "react";
import type { Asking, Control, Parameters } from "./api";
import { Icon } from "./icons";
import { Whom } from "./whom";
import { say } from "./words";

const NumberField = lazy(() => import("./number"));
const EventChoice = lazy(async () => ({ default: (await import("./event")).EventChoice })); // few questions ask for a move
const NOW: readonly Control["type"][] = ["choice", "period", "flag"]; // answered as soon as they are chosen

export function Controls({ asking, change }: { asking: Asking; change: (given: Parameters) => void }) {
  const given = asking.given;
  const [draft, setDraft] = useState<Parameters>({});
  const [more, setMore] = useState(asking.controls.some((one) => one.rare && one.type !== "segment" && given[one.name]));
  const value = (one: Control) => draft[one.name] ?? one.value;
  const set = (one: Control, text: string) => {
    if (NOW.includes(one.type)) change({ ...given, ...draft, [one.name]: text });
    else setDraft({ ...draft, [one.name]: text });
  };
  const go = (event: FormEvent) => {
    event.preventDefault();
    change({ ...given, ...draft });
    setDraft({});
  };
  const field = (one: Control) => <Field key={one.name} one={one} value={value(one)} set={(text) => set(one, text)} />;
  // A phone shows the period alone; the rest is a touch away.
  const narrow = useMediaQuery("(max-width: 640px)", false, { getInitialValueInEffect: false });
  const folded = (one: Control) => one.type !== "segment" && (narrow ? one.type !== "period" : one.rare);
  const whom = asking.controls.find((one) => one.type === "segment");
  const rare = asking.controls.filter(folded);
  return (
    <form className="controls" onSubmit={go} aria-label={say("controls")}>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">{asking.controls.filter((one) => one !== whom && !folded(one)).map(field)}</SimpleGrid>
      <Collapse expanded={more}><SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm" pt="sm">{rare.map(field)}</SimpleGrid></Collapse>
      {whom && <Whom value={given[whom.name] ?? ""} change={(text) => change({ ...given, ...draft, [whom.name]: text })} />}
      <Group mt="sm" gap="sm">
        {Object.keys(draft).length > 0 && <Button type="submit" size="xs">{say("show")}</Button>}
        {rare.length > 0 && (
          <Button variant="subtle" color="gray" size="xs" leftSection={<Icon name="controls" size={16} />} aria-expanded={more} onClick={() => setMore(!more)}>
            {say("more")}
          </Button>
        )}
        {Object.keys(given).length > 0 && <Button variant="subtle" color="gray" size="xs" onClick={() => { setDraft({}); change({}); }}>{say("reset")}</Button>}
      </Group>
    </form>
  );
}

function Field({ one, value, set }: { one: Control; value: string; set: (text: string) => void }) {
  const shared = { label: one.label, name: one.name };
  switch (one.type) {
    case "choice":
    case "period":
      return <Select {...shared} data={one.options} value={value} onChange={(text) => set(text ?? "")} allowDeselect={false} searchable={one.options.length > 12} comboboxProps={{ withinPortal: true }} />;
    case "flag":
      return <Switch label={one.label} checked={value === "true"} onChange={(event) => set(String(event.currentTarget.checked))} mt={30} />;
    case "number":
      return <Suspense fallback={<TextInput label={one.label} value={value} readOnly />}><NumberField one={one} value={value} set={set} /></Suspense>;
    case "lines":
      return <Textarea {...shared} value={value} placeholder={one.hint} autosize minRows={2} maxRows={8} dir="auto" onChange={(event) => set(event.currentTarget.value)} className="wide" />;
    case "event":
      return <Suspense fallback={<TextInput label={one.label} value={value} readOnly />}><EventChoice {...shared} options={one.options} value={value} change={set} placeholder={one.hint} /></Suspense>;
    default:
      return <TextInput {...shared} value={value} placeholder={one.hint} dir="auto" onChange={(event) => set(event.currentTarget.value)} />;
  }
}
