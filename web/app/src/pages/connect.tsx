/** Connecting a program: which one, and what it needs. */
import { Anchor, Button, Card, Group, PasswordInput, Select, SimpleGrid, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { send, type Parameters } from "../api";
import { useStart } from "../asking";
import { Waiting } from "../look";
import { Oops } from "../oops";
import { every, titled, useAsk, useConnections, usePrograms, type Ask, type Program } from "../programs";
import { language, say } from "../words";

const LONG = ["query", "description", "secrets"]; // of several lines
const EVERY = [15, 60, 360, 1440, 0]; // minutes; 0: only when somebody asks

export function Connect() {
  const may = useStart().data?.may;
  const allowed = !!may?.includes("connect");
  const programs = usePrograms(allowed);
  const connected = useConnections(allowed).data ?? [];
  return (
    <Stack gap="lg" className="page">
      <header>
        <Anchor component={Link} {...({ to: "/sources" } as object)} size="sm">{say("section-sources")}</Anchor>
        <Title order={1}>{say("connect")}</Title>
        <Text c="dimmed">{say("connect-about")}</Text>
      </header>
      {may && !allowed && <Text className="empty" c="dimmed">{say("connect-may-not")}</Text>}
      {programs.error && <Oops error={programs.error} retry={() => programs.refetch()} />}
      {(!may || (allowed && programs.isPending)) && <Waiting />}
      {programs.data && (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          {programs.data.map((one) => {
            const names = connected.filter((each) => each.connector === one.name).map((each) => each.name);
            return (
              <Card key={one.name} component={Link} {...({ to: "/connect/$name", params: { name: one.name } } as object)} withBorder padding="md" className="choice">
                <Title order={2} size="h5">{titled(one)}</Title>
                <Text size="sm" c="dimmed">{say(`connect-comes-${one.name}`)}</Text>
                {names.length > 0 && <Text size="sm" className="good" mt={4}>{say("connect-again", { names: names.join(language === "ar" ? "، " : ", ") })}</Text>}
              </Card>
            );
          })}
        </SimpleGrid>
      )}
      {programs.data && <Text size="sm" c="dimmed">{say("connect-here")}</Text>}
    </Stack>
  );
}

export function ConnectOne() {
  const { name = "" } = useParams({ strict: false }) as { name?: string };
  const may = useStart().data?.may;
  const allowed = !!may?.includes("connect");
  const programs = usePrograms(allowed);
  const program = programs.data?.find((one) => one.name === name);
  return (
    <Stack gap="lg" className="page">
      <header>
        <Anchor component={Link} {...({ to: "/connect" } as object)} size="sm">{say("connect-back")}</Anchor>
        {program && <Title order={1}>{say("connect-to", { program: titled(program) })}</Title>}
        {program && <Text c="dimmed">{say(`connect-comes-${program.name}`)}</Text>}
      </header>
      {may && !allowed && <Text className="empty" c="dimmed">{say("connect-may-not")}</Text>}
      {programs.error && <Oops error={programs.error} retry={() => programs.refetch()} />}
      {(!may || (allowed && programs.isPending)) && <Waiting />}
      {programs.data && !program && <Text className="empty" c="dimmed">{say("connect-unknown")}</Text>}
      {program && <Form key={program.name} program={program} may={may ?? []} />}
    </Stack>
  );
}

function Form({ program, may }: { program: Program; may: string[] }) {
  const { as = "" } = useSearch({ strict: false }) as Parameters; // the connection that is given new keys
  const [given, setGiven] = useState<Record<string, string>>(() => Object.fromEntries(program.asks.map((ask) => [ask.name, ask.secret ? "" : ask.default])));
  const [name, setName] = useState(as);
  const connected = useConnections().data ?? [];
  const called = name.trim() || program.name;
  const standing = connected.find((one) => one.name === called);
  const [often, setOften] = useState<number | null>(null); // as it was, until chosen
  const minutes = often ?? standing?.every_minutes ?? program.every_minutes;
  const cache = useQueryClient();
  const go = useNavigate();
  const ask = useAsk();
  const connect = useMutation({
    mutationFn: () => {
      const filled = Object.entries(given).map(([field, text]) => [field, text.trim()] as const).filter(([, text]) => text);
      return send<{ name: string }>("POST", "/v1/connections", { connector: program.name, name: name.trim(), given: Object.fromEntries(filled), every_minutes: minutes });
    },
    onSuccess: async (made) => {
      if (may.includes("import")) ask.mutate(made.name);
      await cache.invalidateQueries({ queryKey: ["connections"] });
      await go({ to: "/sources", hash: "programs" });
    },
  });
  return (
    <Card withBorder padding="lg" className="empty">
      <Text mb="md" dir="auto" className="said">{language === "ar" ? program.arabic_about || program.about : program.about}</Text>
      <form autoComplete="off" onSubmit={(event) => { event.preventDefault(); connect.mutate(); }}>
        <Stack gap="md" maw={560}>
          {program.asks.map((one) => <Field key={one.name} ask={one} value={given[one.name] ?? ""} change={(text) => setGiven({ ...given, [one.name]: text })} />)}
          <TextInput label={say("connect-name")} description={say(standing ? "connect-name-taken" : "connect-name-hint")} value={name} placeholder={program.name} maxLength={100} dir="auto" onChange={(event) => setName(event.currentTarget.value)} />
          <Select
            label={say("connect-every")} value={String(minutes)} allowDeselect={false} onChange={(next) => setOften(Number(next))}
            data={[...new Set([...EVERY, minutes])].map((each) => ({ value: String(each), label: every(each) }))}
          />
          {connect.error && <Oops error={connect.error} />}
          <Group>
            <Button type="submit" loading={connect.isPending}>{say(may.includes("import") ? "connect-do" : "connect-only")}</Button>
            <Button component={Link} {...({ to: "/sources" } as object)} variant="subtle" color="gray">{say("cancel")}</Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

function Field({ ask, value, change }: { ask: Ask; value: string; change: (text: string) => void }) {
  const shared = {
    label: titled(ask),
    description: [ask.optional && say("connect-may-stay-empty"), ask.secret && say("connect-kept")].filter(Boolean).join(" · ") || undefined,
    required: !(ask.optional || ask.default),
    value,
    dir: "ltr",
    onChange: (event: { currentTarget: { value: string } }) => change(event.currentTarget.value),
    styles: { label: { direction: "inherit" }, description: { direction: "inherit" } },
  } as const;
  if (LONG.includes(ask.name)) return <Textarea {...shared} autosize minRows={4} maxRows={14} spellCheck={false} autoComplete="off" />;
  return ask.secret ? <PasswordInput {...shared} autoComplete="new-password" /> : <TextInput {...shared} autoComplete="off" spellCheck={false} />;
}
