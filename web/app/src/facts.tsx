/** Facts of one kind: what stands, who told it, what others told; and put right by hand. */
import { ActionIcon, Anchor, Button, Card, Group, Text, TextInput, Title } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { useChange } from "./changing";
import { masked, type Fact } from "./customer";
import { Icon } from "./icons";
import { done } from "./who";
import { moment, say } from "./words";

export function Facts({ identifier, title, facts, zone }: { identifier: string; title: string; facts: Fact[]; zone: string }) {
  const [all, setAll] = useState(false);
  const known = facts.filter((fact) => fact.value !== null && fact.value !== "");
  const shown = all ? facts : known;
  return (
    <Card withBorder padding="md" component="section" aria-label={title}>
      <Title order={2} size="h5" mb="xs">{title}</Title>
      {!shown.length && <Text size="sm" c="dimmed">{say("nothing-known")}</Text>}
      <dl className="facts">{shown.map((fact) => <One key={fact.name} identifier={identifier} fact={fact} zone={zone} />)}</dl>
      {facts.length > known.length && (
        <Button variant="subtle" color="gray" size="compact-xs" mt="xs" onClick={() => setAll(!all)}>{say(all ? "facts-known" : "facts-all", { n: facts.length - known.length })}</Button>
      )}
    </Card>
  );
}

function One({ identifier, fact, zone }: { identifier: string; fact: Fact; zone: string }) {
  const [writing, setWriting] = useState(false);
  const [others, setOthers] = useState(false);
  const mine = !fact.computed && !masked(fact.text); // what is worked out, or masked, nobody writes
  return (
    <div title={fact.computed ? fact.how : undefined}>
      <dt>{fact.title}</dt>
      <dd>
        {writing ? <Write identifier={identifier} fact={fact} close={() => setWriting(false)} /> : (
          <Group gap={4} wrap="nowrap" justify="space-between" align="start">
            <bdi className={fact.value === null ? "unknown" : undefined}>{fact.text}</bdi>
            {mine && <ActionIcon variant="subtle" color="gray" size="sm" onClick={() => setWriting(true)} aria-label={say("fact-write", { fact: fact.title })}><Icon name="pen" size={14} /></ActionIcon>}
          </Group>
        )}
        {!fact.computed && fact.how && (
          <Text size="xs" c="dimmed">
            {fact.how}
            {fact.disagree && <> · <Anchor component="button" size="xs" aria-expanded={others} onClick={() => setOthers(!others)}>{say("fact-others")}</Anchor></>}
          </Text>
        )}
        {others && (
          <ul className="told">
            {fact.values.map((each) => <li key={each.source + each.identifier + each.value}><bdi>{each.value}</bdi> <span>· <bdi>{each.source}</bdi> · {moment(each.at, zone)}</span></li>)}
          </ul>
        )}
      </dd>
    </div>
  );
}

function Write({ identifier, fact, close }: { identifier: string; fact: Fact; close: () => void }) {
  const byHand = fact.values.find((each) => each.source === "manual")?.value ?? "";
  const [text, setText] = useState(fact.value === null ? "" : String(fact.value));
  const change = useChange(identifier);
  const write = (value: string) => change.mutateAsync({ method: "POST", path: "/facts", body: { fact: fact.name, value } });
  const takeBack = () => change.mutateAsync({ method: "DELETE", path: `/facts?fact=${encodeURIComponent(fact.name)}` });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const value = text.trim();
    if (value) void write(value).then(() => { close(); done(say("fact-written"), () => void (byHand ? write(byHand) : takeBack())); }, () => undefined);
  };
  const remove = () => void takeBack().then(() => { close(); done(say("fact-gone"), () => void write(byHand)); }, () => undefined);
  return (
    <form onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && close()}>
      <TextInput size="xs" value={text} onChange={(event) => setText(event.currentTarget.value)} aria-label={fact.title} dir="auto" maxLength={1000} autoFocus />
      <Group gap={6} mt={6}>
        <Button type="submit" size="compact-xs" loading={change.isPending} disabled={!text.trim()}>{say("keep")}</Button>
        {byHand && <Button variant="default" size="compact-xs" onClick={remove}>{say("fact-take-back")}</Button>}
        <Button variant="subtle" color="gray" size="compact-xs" onClick={close}>{say("cancel")}</Button>
      </Group>
    </form>
  );
}
