/** Who a customer is: their identifiers and what links them; joined with another after a look at what comes together, and taken apart again. */
import { Button, Card, Group, Modal, Text, TextInput, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { get, send } from "./api";
import { Arcs } from "./arcs";
import { done } from "./done";
import { at, masked, type Consent, type Person } from "./customer";
import { Oops } from "./oops";
import { useStart } from "./asking";
import { isolated, language, moment, say } from "./words";

export { done };

type Link_ = { one: string; other: string; ts: string; source: string };
type Decision = { what: "merge" | "never" | "alone"; one: string; other: string; why: string; actor: string; at: string };
type Identity = { customer: string; identifiers: string[]; links: Link_[]; decisions: Decision[] };
type Deed = { do: "merge" | "never" | "split" | "undo"; one: string; other?: string; why?: string };

const AGAIN = { merge: "merge", never: "never", alone: "split" } as const;
const EVIDENCE = 3; // of the links of one identifier are shown
const STRICTER: Consent["status"][] = ["granted", "denied", "withdrawn"];

/** What people decide about who is who; every view of these customers is told anew. */
export function useDecide() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (deed: Deed) => send<{ changed: number }>("POST", "/v1/identity", deed),
    onSuccess: () => Promise.all(["customer", "timeline", "identity", "customers"].map((key) => cache.invalidateQueries({ queryKey: [key] }))),
    onError: (error) => notifications.show({ color: "orange", message: error.message }),
  });
}

export function Who({ identifier }: { identifier: string }) {
  const [merging, setMerging] = useState(false);
  const decide = useDecide();
  const zone = useStart().data?.timezone;
  const who = useQuery({ queryKey: ["identity", identifier], queryFn: ({ signal }) => get<Identity>("/v1/identity", { of: identifier }, signal) });
  if (who.error) return <Oops error={who.error} />;
  if (!who.data) return null;
  const { identifiers, links, decisions } = who.data;
  const split = (one: string) => decide.mutate({ do: "split", one }, { onSuccess: () => done(say("who-apart"), () => decide.mutate({ do: "undo", one })) });
  const takeBack = ({ what, one, other, why }: Decision) => decide.mutate(
    { do: "undo", one, ...(other ? { other } : {}) },
    { onSuccess: () => done(say("who-taken-back"), () => decide.mutate({ do: AGAIN[what], one, ...(other ? { other } : {}), why })) },
  );
  return (
    <Card withBorder padding="md" className="who">
      <Title order={2} size="h5" mb="xs">{say("who")}</Title>
      <Arcs identifiers={identifiers} bonds={[...links, ...decisions.filter((each) => each.what === "merge").map((each) => ({ ...each, said: true }))]} />
      <ul>
        {identifiers.map((each) => {
          const seen = links.filter((one) => one.one === each || one.other === each);
          return (
            <li key={each}>
              <bdi dir="ltr">{each}</bdi>
              {seen.slice(0, EVIDENCE).map((link) => (
                <Text key={link.one + link.other} size="xs" c="dimmed">
                  {say("who-with", { other: link.one === each ? link.other : link.one, day: moment(link.ts, zone) })}{link.source && <> · <bdi>{link.source}</bdi></>}
                </Text>
              ))}
              {identifiers.length > 1 && !masked(each) && <Button variant="subtle" color="gray" size="compact-xs" loading={decide.isPending} onClick={() => split(each)} aria-label={say("who-split", { identifier: each })}>{say("who-apart-do")}</Button>}
            </li>
          );
        })}
      </ul>
      {decisions.length > 0 && (
        <>
          <Title order={3} size="h6" mt="sm" mb={4}>{say("who-decided")}</Title>
          <ul>
            {decisions.map((each) => (
              <li key={each.what + each.one + each.other}>
                <span className="said">{say(`decided-${each.what}`, { one: each.one, other: each.other })}</span>
                <Text size="xs" c="dimmed">{moment(each.at, zone)}{each.why && <> · <bdi>{each.why}</bdi></>}</Text>
                {!masked(each.one + each.other) && (
                  <Button variant="subtle" color="gray" size="compact-xs" loading={decide.isPending} onClick={() => takeBack(each)} aria-label={say("who-back", { decision: say(`decided-${each.what}`, { one: each.one, other: each.other }) })}>{say("who-back-do")}</Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <Button variant="default" size="xs" mt="xs" onClick={() => setMerging(true)}>{say("who-merge")}</Button>
      <Modal opened={merging} onClose={() => setMerging(false)} title={say("who-merge")} closeButtonProps={{ "aria-label": say("cancel") }} size="lg" centered>
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
  const me = useQuery({ queryKey: ["customer", identifier], queryFn: ({ signal }) => get<Person>(at(identifier), { language }, signal) });
  const same = other.data?.customer === mine.customer;
  const look = (event: FormEvent) => {
    event.preventDefault();
    setAsked(typed.trim());
  };
  const merge = () => {
    const deed = { one: masked(mine.customer) ? identifier : mine.customer, other: masked(other.data!.customer) ? asked : other.data!.customer };
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
          <div className="two">
            <Side who={mine} person={me.data} />
            <Side who={other.data} person={person.data} />
          </div>
          {me.data && person.data && <Together one={me.data} other={person.data} />}
          <TextInput label={say("who-why")} value={why} onChange={(event) => setWhy(event.currentTarget.value)} dir="auto" maxLength={500} />
          <Group justify="end" mt="md"><Button onClick={merge} loading={decide.isPending}>{say("who-merge-do")}</Button></Group>
        </>
      )}
    </>
  );
}

function Side({ who, person }: { who: Identity; person: Person | undefined }) {
  return (
    <Card withBorder padding="sm">
      <Text fw={600}><bdi>{person?.name ?? who.customer}</bdi></Text>
      {person && <Text size="sm">{isolated(person.sentence, person.name)}</Text>}
      <ul className="who-list">{who.identifiers.map((each) => <li key={each}><bdi dir="ltr">{each}</bdi></li>)}</ul>
    </Card>
  );
}

/** What comes together beside the identifiers, and which no will stand where only one of the two said yes. */
function Together({ one, other }: { one: Person; other: Person }) {
  const orders = [one, other].map((each) => Number(each.facts.find((fact) => fact.name === "orders")?.value ?? 0));
  const kept = [one, other].flatMap((each) => [...each.notes, ...each.files, ...each.tags]).length;
  const stricter = one.consents.filter((mine) => {
    const theirs = other.consents.find((each) => each.purpose === mine.purpose && each.channel === mine.channel);
    return theirs && theirs.status !== mine.status;
  });
  const status = (each: Consent) => {
    const theirs = other.consents.find((found) => found.purpose === each.purpose && found.channel === each.channel)!;
    return STRICTER[Math.max(STRICTER.indexOf(each.status), STRICTER.indexOf(theirs.status))]!;
  };
  return (
    <ul className="reasons">
      <li>{say("who-orders", { n: orders[0]! + orders[1]! })}</li>
      {kept > 0 && <li>{say("who-kept", { n: kept })}</li>}
      {stricter.map((each) => <li key={each.purpose + each.channel}>{say("who-stricter")} {say(`purpose-${each.purpose}`)} · {say(`by-${each.channel}`)}: {say(`consent-${status(each)}`)}</li>)}
    </ul>
  );
}
