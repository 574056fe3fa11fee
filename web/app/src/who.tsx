/** Who a customer is: their identifiers and what links them; joined with another after a look at what comes together, and taken apart again. */
import { Button, Card, Group, Modal, Text, TextInput, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { get, send } from "./api";
import { at, type Person } from "./customer";
import { Oops } from "./oops";
import { useStart } from "./asking";
import { language, moment, say } from "./words";

type Link_ = { one: string; other: string; ts: string; source: string };
type Decision = { deed?: string; do?: string; one: string; other: string; why: string };
type Identity = { customer: string; identifiers: string[]; links: Link_[]; decisions: Decision[] };
type Deed = { do: "merge" | "split" | "undo"; one: string; other?: string; why?: string };

/** What people decide about who is who; every view of these customers is told anew. */
export function useDecide() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (deed: Deed) => send<{ changed: number }>("POST", "/v1/identity", deed),
    onSuccess: () => Promise.all(["customer", "timeline", "identity", "customers"].map((key) => cache.invalidateQueries({ queryKey: [key] }))),
    onError: (error) => notifications.show({ color: "orange", message: error.message }),
  });
}

/** Tell that something was done, with the way back. */
export function done(message: string, back: () => void) {
  const id = notifications.show({
    autoClose: 12_000,
    message: <Group justify="space-between">{message}<Button size="compact-xs" variant="light" onClick={() => { notifications.hide(id); back(); }}>{say("undo")}</Button></Group>,
  });
}

export function Who({ identifier }: { identifier: string }) {
  const [merging, setMerging] = useState(false);
  const decide = useDecide();
  const zone = useStart().data?.timezone;
  const who = useQuery({ queryKey: ["identity", identifier], queryFn: ({ signal }) => get<Identity>("/v1/identity", { of: identifier }, signal) });
  if (who.error) return <Oops error={who.error} />;
  if (!who.data) return null;
  const { identifiers, links } = who.data;
  const split = (one: string) => decide.mutate({ do: "split", one }, { onSuccess: () => done(say("who-apart"), () => decide.mutate({ do: "undo", one })) });
  return (
    <Card withBorder padding="md" className="who">
      <Title order={2} size="h5" mb="xs">{say("who")}</Title>
      <ul>
        {identifiers.map((each) => {
          const link = links.find((one) => one.one === each || one.other === each);
          return (
            <li key={each}>
              <bdi dir="ltr">{each}</bdi>
              {link && (
                <Text size="xs" c="dimmed">
                  {say("who-seen", { day: moment(link.ts, zone) })}{link.source && <> · <bdi>{link.source}</bdi></>}
                </Text>
              )}
              {identifiers.length > 1 && <Button variant="subtle" color="gray" size="compact-xs" loading={decide.isPending} onClick={() => split(each)} aria-label={say("who-split", { identifier: each })}>{say("who-apart-do")}</Button>}
            </li>
          );
        })}
      </ul>
      <Button variant="default" size="xs" mt="xs" onClick={() => setMerging(true)}>{say("who-merge")}</Button>
      <Modal opened={merging} onClose={() => setMerging(false)} title={say("who-merge")} centered>
        <Merge identifier={identifier} mine={who.data} close={() => setMerging(false)} />
      </Modal>
    </Card>
  );
}

function Merge({ identifier, mine, close }: { identifier: string; mine: Identity; close: () => void }) {
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState("");
  const [why, setWhy] = useState("");
  const decide = useDecide();
  const other = useQuery({ queryKey: ["identity", asked], queryFn: ({ signal }) => get<Identity>("/v1/identity", { of: asked }, signal), enabled: asked !== "", retry: false });
  const person = useQuery({ queryKey: ["customer", asked], queryFn: ({ signal }) => get<Person>(at(asked), { language }, signal), enabled: other.isSuccess, retry: false });
  const same = other.data?.customer === mine.customer;
  const look = (event: FormEvent) => {
    event.preventDefault();
    setAsked(typed.trim());
  };
  const merge = () => {
    const deed = { one: mine.customer, other: other.data!.customer };
    decide.mutate({ do: "merge", ...deed, why }, { onSuccess: () => { close(); done(say("who-merged"), () => decide.mutate({ do: "undo", ...deed })); } });
  };
  return (
    <>
      <form onSubmit={look}>
        <Group align="end" gap="xs">
          <TextInput style={{ flex: 1 }} label={say("who-other")} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} dir="ltr" data-autofocus />
          <Button type="submit" variant="default" disabled={!typed.trim() || typed.trim() === identifier}>{say("show")}</Button>
        </Group>
      </form>
      {other.error && <Oops error={other.error} />}
      {same && <Text mt="md">{say("who-same")}</Text>}
      {other.data && !same && (
        <>
          <Text mt="md">{say("who-together", { n: mine.identifiers.length + other.data.identifiers.length })}</Text>
          <ul className="who-list">{[...mine.identifiers, ...other.data.identifiers].map((each) => <li key={each}><bdi dir="ltr">{each}</bdi></li>)}</ul>
          {person.data && <p className="sentence" dir="auto">{person.data.sentence}</p>}
          <TextInput label={say("who-why")} value={why} onChange={(event) => setWhy(event.currentTarget.value)} dir="auto" maxLength={500} />
          <Group justify="end" mt="md"><Button onClick={merge} loading={decide.isPending}>{say("who-merge-do")}</Button></Group>
        </>
      )}
    </>
  );
}

/** What they agreed to, and whom they are related with. */
export function Bonds({ one }: { one: Person }) {
  return (
    <>
      <Card withBorder padding="md">
        <Title order={2} size="h5" mb="xs">{say("consent")}</Title>
        {!one.consents.length && <Text size="sm" c="dimmed">{say("consent-none")}</Text>}
        <ul className="who-list">
          {one.consents.map((each) => <li key={each.purpose + each.channel}>{say(`consent-${each.status}`)}: {say(`purpose-${each.purpose}`)} · {say(`by-${each.channel}`)}</li>)}
        </ul>
      </Card>
      {one.relations.length > 0 && (
        <Card withBorder padding="md">
          <Title order={2} size="h5" mb="xs">{say("relations")}</Title>
          <ul className="who-list">
            {one.relations.map((each) => (
              <li key={each.id}>{say(`relation-${each.kind}`)}: <Link to="/customer/$" params={{ _splat: each.with }}><bdi dir="ltr">{each.with}</bdi></Link>{each.role && <> · <bdi>{each.role}</bdi></>}</li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
