/** Customers: search first; below it the questions about them. */
import { Card, Stack, Text, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { get, type Hit, type Parameters } from "../api";
import { useStart } from "../asking";
import { Icon } from "../icons";
import { Oops } from "../oops";
import { DAY, locale, say } from "../words";
import { Section } from "./section";

export function Customers() {
  const may = useStart().data?.may ?? [];
  const { q = "" } = useSearch({ strict: false }) as Parameters;
  const [typed, setTyped] = useState(q);
  const [text] = useDebouncedValue(typed.trim(), 250);
  const go = useNavigate();
  useEffect(() => {
    if (text !== q) void go({ to: "/customers", search: (text ? { q: text } : {}) as never, replace: true });
  }, [text]); // the address follows what is typed
  const found = useQuery({
    queryKey: ["customers", text],
    queryFn: ({ signal }) => get<{ customers: Hit[]; more: boolean }>("/v1/customers", { search: text, limit: "25" }, signal),
    enabled: text.length > 1,
    placeholderData: (before) => before,
  });
  if (!may.includes("customer")) return <Section name="customers" />;
  return (
    <Stack gap="lg" className="page">
      <Title order={1}>{say("section-customers")}</Title>
      <TextInput
        size="md" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} placeholder={say("customers-find")} aria-label={say("customers-find")}
        leftSection={<Icon name="search" />} dir="auto" type="search" autoFocus
      />
      {text.length > 1 && found.error && <Oops error={found.error} />}
      {text.length > 1 && found.data && (
        <ul className="people" aria-busy={found.isFetching}>
          {found.data.customers.map((one) => <li key={one.customer}><Found one={one} /></li>)}
          {!found.data.customers.length && <Text c="dimmed">{say("customers-none", { text })}</Text>}
          {found.data.more && <Text c="dimmed" size="sm">{say("customers-more")}</Text>}
        </ul>
      )}
      {text.length <= 1 && (
        <>
          <Card component={Link} {...({ to: "/segments" } as object)} withBorder padding="md" className="choice">
            <Text fw={600}>{say("segments")}</Text>
            <Text size="sm" c="dimmed">{say("segments-about")}</Text>
          </Card>
          {may.includes("identity") && (
            <Card component={Link} {...({ to: "/review" } as object)} withBorder padding="md" className="choice">
              <Text fw={600}>{say("review")}</Text>
              <Text size="sm" c="dimmed">{say("review-about")}</Text>
            </Card>
          )}
          <Section name="customers" bare />
        </>
      )}
    </Stack>
  );
}

function Found({ one }: { one: Hit }) {
  const seen = one.last_seen && new Intl.DateTimeFormat(locale, DAY).format(new Date(one.last_seen));
  return (
    <Card component={Link} {...({ to: "/customer/$", params: { _splat: one.customer } } as object)} withBorder padding="sm" className="choice person">
      <Text fw={600}><bdi>{one.name || one.customer}</bdi></Text>
      <Text size="sm" c="dimmed" className="reach">
        {[one.phone, one.email].filter(Boolean).map((each) => <bdi key={each} dir="ltr">{each}</bdi>)}
        {one.city && <bdi>{one.city}</bdi>}
      </Text>
      {seen && <Text size="sm" c="dimmed">{say("last-seen", { day: seen })}</Text>}
    </Card>
  );
}
