/** What lies ahead with a customer: the few figures that say where they stand, and what to do now. */
import { Anchor, Card, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { get } from "./api";
import { at, masked, type Person } from "./customer";
import { Oops } from "./oops";
import { language, moment, say } from "./words";

type Offer = { offer: string; kind: string; because: string; price_text: string; due_text: string };
type Outlook = {
  risk: { chance_text: string; at_stake_text: string; days: number; because: string[]; action: string } | null;
  value: { expected_text: string; days: number } | null;
  offers: Offer[];
};
type Given = { one: Person; identifier: string };

const OFFERS = 4;

function useOutlook(identifier: string) {
  return useQuery({ queryKey: ["outlook", identifier], queryFn: ({ signal }) => get<Outlook>(at(identifier, "/outlook"), { language }, signal) });
}

/** The channels on which they agreed to be sent offers. */
const open = (one: Person) => one.consents.filter((each) => each.purpose === "marketing" && each.status === "granted").map((each) => say(`by-${each.channel}`));
const listed = (words: string[]) => new Intl.ListFormat(language, { type: "conjunction" }).format(words);

export function Standing({ one, identifier }: Given) {
  const outlook = useOutlook(identifier);
  const fact = (name: string) => one.facts.find((each) => each.name === name && each.value !== null);
  const [stage, net, segment] = [one.path.at(-1), fact("net"), fact("segment")];
  const [risk, value, channels] = [outlook.data?.risk, outlook.data?.value, open(one)];
  const asked = one.consents.some((each) => each.purpose === "marketing");
  return (
    <dl className="tiles standing">
      {stage && <Tile title={say("standing-stage")} value={stage.title} more={say("standing-since", { day: moment(stage.since, one.timezone) })} />}
      {net && <Tile title={say("standing-value")} value={net.text} more={value ? say("standing-expected", { money: value.expected_text }) : segment?.text} wait={outlook.isPending} />}
      {risk ? <Tile title={say("standing-risk")} value={risk.chance_text} more={say("standing-risk-days", { n: risk.days })} bad /> : outlook.isPending && <Tile title={say("standing-risk")} wait />}
      <Tile
        title={say("standing-consent")} value={say(channels.length ? "standing-consent-yes" : asked ? "standing-consent-no" : "standing-consent-never")}
        more={channels.length ? listed(channels) : undefined} bad={asked && !channels.length}
      />
    </dl>
  );
}

function Tile({ title, value, more, bad, wait }: { title: string; value?: string; more?: string | undefined; bad?: boolean; wait?: boolean }) {
  return (
    <div>
      <dt>{title}</dt>
      {value ? <dd className={bad ? "figure bad" : "figure"}><bdi>{value}</bdi></dd> : <dd><Skeleton h={28} w={96} my={4} /></dd>}
      {more ? <dd className="change">{more}</dd> : wait && <dd><Skeleton h={12} w={120} mt={4} /></dd>}
    </div>
  );
}

/** What to do: keep whoever is about to leave, and offer what they may want next, where they agreed to hear of it. */
export function Ahead({ one, identifier }: Given) {
  const outlook = useOutlook(identifier);
  const { risk, offers = [] } = outlook.data ?? {};
  const channels = open(one);
  return (
    <Card withBorder padding="md" component="section" aria-label={say("ahead")}>
      <Title order={2} size="h5" mb="xs">{say("ahead")}</Title>
      {outlook.error && <Oops error={outlook.error} retry={() => outlook.refetch()} />}
      {outlook.isPending && <Stack gap={8} aria-busy="true" aria-label={say("loading")}><Skeleton h={16} w="80%" /><Skeleton h={16} w="60%" /></Stack>}
      {risk && (
        <div className="risk">
          <Text fw={600}>{risk.action}</Text>
          <Text size="sm">{say("ahead-risk", { money: risk.at_stake_text, n: risk.days })}</Text>
          <ul className="reasons">{risk.because.map((each) => <li key={each} dir="auto">{each}</li>)}</ul>
        </div>
      )}
      {offers.length > 0 && (
        <>
          <Title order={3} size="h6" mt={risk ? "sm" : 0} mb={4}>{say("ahead-offer")}</Title>
          <ul className="offers">
            {offers.slice(0, OFFERS).map((each) => (
              <li key={each.offer + each.kind}>
                <Group justify="space-between" wrap="nowrap" align="start" gap="xs"><bdi>{each.offer}</bdi>{each.price_text && <bdi className="price">{each.price_text}</bdi>}</Group>
                <Text size="xs" c="dimmed">{each.kind}: {each.because}</Text>
              </li>
            ))}
          </ul>
          <Text size="xs" c="dimmed" mt="xs">{channels.length ? say("ahead-may", { channels: listed(channels) }) : say("ahead-may-not")}</Text>
          {!masked(one.customer) && <Anchor component={Link} {...({ to: "/ask/$name", params: { name: "next_product" }, search: { by: "customer", customer: one.customer } } as object)} size="xs">{say("ahead-all")}</Anchor>}
        </>
      )}
      {outlook.isSuccess && !risk && !offers.length && <Text size="sm" c="dimmed">{say("ahead-nothing")}</Text>}
    </Card>
  );
}
