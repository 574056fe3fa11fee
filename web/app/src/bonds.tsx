/** What a customer agreed to, and whom they belong with: both told by people too, with the evidence. */
import { Anchor, Button, Card, Group, Modal, SegmentedControl, Select, Stack, Text, TextInput, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { get, send } from "./api";
import { useAnew, useChange } from "./changing";
import { at, masked, type Consent, type Person, type Relation } from "./customer";
import { done } from "./who";
import { language, say } from "./words";

const PURPOSES = ["marketing", "analytics", "profiling", "personalisation", "sharing"];
const CHANNELS = ["email", "sms", "whatsapp", "push", "call", "post", "web"];
const KINDS = ["household", "company", "family", "friend", "other"];

type Given = { one: Person; identifier: string };

export function Consents({ one, identifier, may }: Given & { may: boolean }) {
  const [telling, setTelling] = useState(false);
  const told = PURPOSES.flatMap((purpose) => {
    const said = one.consents.filter((each) => each.purpose === purpose);
    const same = said.length === CHANNELS.length && said.every((each) => each.status === said[0]!.status);
    return same ? [{ purpose, channel: "any", status: said[0]!.status }] : said;
  });
  return (
    <Card withBorder padding="md" component="section" aria-label={say("consent")}>
      <Title order={2} size="h5" mb="xs">{say("consent")}</Title>
      {!told.length && <Text size="sm" c="dimmed">{say("consent-none")}</Text>}
      <ul className="who-list">
        {told.map((each) => (
          <li key={each.purpose + each.channel}>
            <span className={each.status === "granted" ? "good" : "bad"}>{each.status === "granted" ? "✓ " : "✕ "}{say(`consent-${each.status}`)}</span>: {say(`purpose-${each.purpose}`)} · {say(`by-${each.channel}`)}
          </li>
        ))}
      </ul>
      {may && <Button variant="default" size="xs" mt="xs" onClick={() => setTelling(true)}>{say("consent-tell")}</Button>}
      <Modal opened={telling} onClose={() => setTelling(false)} title={say("consent-tell")} closeButtonProps={{ "aria-label": say("cancel") }} centered>
        <Tell one={one} identifier={identifier} close={() => setTelling(false)} />
      </Modal>
    </Card>
  );
}

/** A statement is evidence and stays: another one follows it, nothing takes it back. */
function Tell({ one, identifier, close }: Given & { close: () => void }) {
  const [purpose, setPurpose] = useState("marketing");
  const [channel, setChannel] = useState("email");
  const [yes, setYes] = useState("yes");
  const [evidence, setEvidence] = useState("");
  const anew = useAnew(identifier);
  const stood = (consents: Consent[]) => consents.find((each) => each.purpose === purpose && each.channel === channel)?.status;
  const status = yes === "yes" ? "granted" : stood(one.consents) === "granted" ? "withdrawn" : "denied";
  const tell = useMutation({
    mutationFn: () => send("POST", "/v1/consents", { identifier, purpose, channel, status, source: "manual", evidence: evidence.trim() }),
    onSuccess: async () => {
      const now = await get<Person>(at(identifier), { language });
      await anew();
      close();
      notifications.show({ message: say(status === "granted" && stood(now.consents) !== "granted" ? "consent-stricter" : "consent-told") });
    },
    onError: (error) => notifications.show({ color: "orange", message: error.message }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (evidence.trim()) tell.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Select label={say("consent-purpose")} value={purpose} onChange={(value) => value && setPurpose(value)} data={PURPOSES.map((value) => ({ value, label: say(`purpose-${value}`) }))} allowDeselect={false} />
        <Select label={say("consent-channel")} value={channel} onChange={(value) => value && setChannel(value)} data={CHANNELS.map((value) => ({ value, label: say(`by-${value}`) }))} allowDeselect={false} />
        <SegmentedControl value={yes} onChange={setYes} data={[{ value: "yes", label: say("consent-yes") }, { value: "no", label: say("consent-no") }]} aria-label={say("consent-tell")} fullWidth />
        <TextInput label={say("consent-evidence")} description={say("consent-evidence-hint")} value={evidence} onChange={(event) => setEvidence(event.currentTarget.value)} dir="auto" maxLength={500} required withAsterisk={false} />
        <Group justify="end"><Button type="submit" loading={tell.isPending} disabled={!evidence.trim()}>{say("keep")}</Button></Group>
      </Stack>
    </form>
  );
}

export function Relations({ one, identifier }: Given) {
  const [adding, setAdding] = useState(false);
  const change = useChange(identifier);
  const relate = (other: string, kind: string, role = "", since = "") => change.mutateAsync({ method: "POST", path: "/relations", body: { with: other, kind, role, since } });
  const remove = (each: Relation) => change.mutate(
    { method: "DELETE", path: `/relations?${new URLSearchParams({ with: each.with, kind: each.kind })}` },
    { onSuccess: () => done(say("relation-gone"), () => change.mutate(again(each, identifier))) },
  );
  const known = new Set(one.relations.map((each) => each.with));
  const maybe = one.suggestions.filter((each) => !known.has(each.with));
  return (
    <Card withBorder padding="md" component="section" aria-label={say("relations")}>
      <Title order={2} size="h5" mb="xs">{say("relations")}</Title>
      {!one.relations.length && <Text size="sm" c="dimmed">{say("relations-none")}</Text>}
      <ul className="who-list">
        {one.relations.map((each) => (
          <li key={each.id}>
            <Group justify="space-between" wrap="nowrap" align="start">
              <span className="said">{say(`relation-${each.kind}`)}: <Other name={each.with} />{each.role && <> · <bdi>{each.role}</bdi></>}</span>
              {!masked(each.with) && <Button variant="subtle" color="gray" size="compact-xs" onClick={() => remove(each)} aria-label={say("relation-remove", { other: each.with })}>{say("remove")}</Button>}
            </Group>
          </li>
        ))}
      </ul>
      {maybe.length > 0 && (
        <>
          <Title order={3} size="h6" mt="sm" mb={4}>{say("relations-maybe")}</Title>
          <ul className="who-list">
            {maybe.map((each) => (
              <li key={each.with + each.shared}>
                <Group justify="space-between" wrap="nowrap" align="start">
                  <span className="said"><Other name={each.with} /><Text size="xs" c="dimmed" dir="auto">{each.sentence}</Text></span>
                  {!masked(each.with) && <Button variant="default" size="compact-xs" loading={change.isPending} onClick={() => void relate(each.with, each.kind).catch(() => undefined)}>{say(`relation-${each.kind}`)}</Button>}
                </Group>
              </li>
            ))}
          </ul>
        </>
      )}
      {adding ? <Add relate={relate} close={() => setAdding(false)} /> : <Button variant="default" size="xs" mt="xs" onClick={() => setAdding(true)}>{say("relation-add")}</Button>}
    </Card>
  );
}

/** The relation told anew from the side it was told from: of a company, the company comes first. */
function again(each: Relation, identifier: string) {
  const body = { kind: each.kind, role: each.role, since: each.since ?? "" };
  const path = "/relations";
  return each.side === "one" ? { method: "POST" as const, path, body: { ...body, with: each.with } } : { method: "POST" as const, path, of: each.with, body: { ...body, with: identifier } };
}

function Other({ name }: { name: string }) {
  return masked(name) ? <bdi dir="ltr">{name}</bdi> : <Anchor component={Link} {...({ to: "/customer/$", params: { _splat: name } } as object)} size="sm"><bdi dir="ltr">{name}</bdi></Anchor>;
}

function Add({ relate, close }: { relate: (other: string, kind: string, role: string) => Promise<unknown>; close: () => void }) {
  const [other, setOther] = useState("");
  const [kind, setKind] = useState("household");
  const [role, setRole] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (other.trim()) void relate(other.trim(), kind, role.trim()).then(close, () => undefined);
  };
  return (
    <form onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && close()}>
      <Stack gap={6} mt="xs">
        <TextInput size="xs" label={say("who-other")} value={other} onChange={(event) => setOther(event.currentTarget.value)} dir="ltr" autoFocus />
        <Select size="xs" label={say("relation-kind")} value={kind} onChange={(value) => value && setKind(value)} data={KINDS.map((value) => ({ value, label: say(`relation-${value}`) }))} allowDeselect={false} />
        <TextInput size="xs" label={say("relation-role")} value={role} onChange={(event) => setRole(event.currentTarget.value)} dir="auto" maxLength={100} />
        <Group gap={6}>
          <Button type="submit" size="xs" disabled={!other.trim()}>{say("keep")}</Button>
          <Button variant="subtle" color="gray" size="xs" onClick={close}>{say("cancel")}</Button>
        </Group>
      </Stack>
    </form>
  );
}
