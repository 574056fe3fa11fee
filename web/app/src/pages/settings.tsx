/** Settings, each on a tab of its own in the address: my account, people, what roles see, keys, targets, the shop, and what was done. */
import { Badge, Button, Card, Code, Group, PasswordInput, Select, Stack, Table, Tabs, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";
import { address, get, send, type Parameters } from "../api";
import { useStart } from "../asking";
import { Codes } from "../codes";
import CompanyForm from "../company";
import { Waiting } from "../look";
import { Mail } from "../mail";
import { Oops } from "../oops";
import { moment, say } from "../words";

const Stages = lazy(() => import("../stages"));
const Backups = lazy(() => import("../backups"));
const Retention = lazy(() => import("../retention"));
const ROLES = ["owner", "analyst", "marketer", "sales", "support", "finance", "viewer"] as const;
const SHOWN = 5; // browsers of mine, the newest
const FIELDS = ["name", "phone", "email", "address", "birthday", "identifier", "note"] as const;
const HOWS = ["whole", "part", "none"] as const;
const TABS: { name: string; may: string; page: () => ReactNode }[] = [
  { name: "account", may: "", page: () => <Account /> },
  { name: "users", may: "users", page: () => <Users /> },
  { name: "privacy", may: "privacy", page: () => <Masks /> },
  { name: "keys", may: "connect", page: () => <Keys /> },
  { name: "programs", may: "users", page: () => <Programs /> },
  { name: "targets", may: "", page: () => <Targets /> },
  { name: "stages", may: "", page: () => <Suspense fallback={<Waiting height={320} />}><Stages /></Suspense> },
  { name: "retention", may: "privacy", page: () => <Suspense fallback={<Waiting height={200} />}><Retention /></Suspense> },
  { name: "backups", may: "users", page: () => <Suspense fallback={<Waiting height={200} />}><Backups /></Suspense> },
  { name: "shop", may: "privacy", page: () => <section className="empty" aria-label={say("settings-shop")}><CompanyForm /></section> },
  { name: "log", may: "audit", page: () => <Log /> },
];

export function Settings() {
  const { tab = "account" } = useSearch({ strict: false }) as Parameters;
  const may = useStart().data?.may;
  const go = useNavigate();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => { list.current?.querySelector("[data-active]")?.scrollIntoView({ block: "nearest", inline: "center" }); }, [tab, may]); // on a phone the tabs are wider than the screen
  if (!may) return <Waiting />;
  const open = TABS.filter((one) => !one.may || may.includes(one.may));
  const shown = open.find((one) => one.name === tab) ?? open[0]!;
  return (
    <Stack gap="lg" className="page">
      <Title order={1}>{say("settings")}</Title>
      <Tabs value={shown.name} onChange={(name) => void go({ to: "/settings", search: { tab: name } as never, replace: true })} keepMounted={false}>
        <Tabs.List className="tabs" ref={list}>{open.map((one) => <Tabs.Tab key={one.name} value={one.name}>{say(`settings-${one.name}`)}</Tabs.Tab>)}</Tabs.List>
        {open.map((one) => <Tabs.Panel key={one.name} value={one.name} pt="md">{one.name === shown.name && one.page()}</Tabs.Panel>)}
      </Tabs>
    </Stack>
  );
}

/** What a tab asks for, its skeleton and its error. */
function useTold<T>(path: string, key: string) {
  const told = useQuery({ queryKey: [key], queryFn: ({ signal }) => get<T>(path, {}, signal) });
  return { data: told.data, instead: told.error ? <Oops error={told.error} retry={() => told.refetch()} /> : told.data ? null : <Waiting height={160} /> };
}

type Own = { email: string; role: string; sessions: { id: number; agent: string; created_at: string; seen_at: string; current: boolean }[] };

function Account() {
  const { data, instead } = useTold<Own>("/v1/account", "account");
  const zone = useStart().data?.timezone;
  const cache = useQueryClient();
  const end = useMutation({ mutationFn: (path: string) => send<Own>("DELETE", `/v1/account/sessions${path}`), onSuccess: (own) => cache.setQueryData(["account"], own) });
  const [all, setAll] = useState(false);
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const change = useMutation({ mutationFn: () => send("POST", "/v1/account/password", { old, new: fresh }), onSuccess: () => location.assign(address("/signin", { next: "/app" })) });
  const submit = (event: FormEvent) => { event.preventDefault(); change.mutate(); };
  if (!data) return instead;
  return (
    <Stack gap="md" className="empty">
      <Text><bdi dir="ltr">{data.email}</bdi> · {say(`role-${data.role}`)}</Text>
      <Card withBorder padding="md" component="section" aria-label={say("account-browsers")}>
        <Title order={2} size="h5" mb="xs">{say("account-browsers")}</Title>
        {end.error && <Oops error={end.error} />}
        <ul className="who-list browsers">
          {[...data.sessions].sort((one, other) => Number(other.current) - Number(one.current)).slice(0, all ? undefined : SHOWN).map((one) => (
            <li key={one.id}>
              <Group justify="space-between" wrap="nowrap">
                <div><Text size="sm"><bdi dir="ltr">{device(one.agent)}</bdi> {one.current && <Badge variant="light" tt="none">{say("account-here")}</Badge>}</Text><Text size="xs" c="dimmed">{say("account-since", { day: moment(one.seen_at, zone, true) })}</Text></div>
                {!one.current && <Button variant="default" size="xs" onClick={() => end.mutate(`/${one.id}`)}>{say("account-end")}</Button>}
              </Group>
            </li>
          ))}
        </ul>
        {!all && data.sessions.length > SHOWN && <Button variant="subtle" color="gray" size="xs" mt="sm" onClick={() => setAll(true)}>{say("account-all", { n: data.sessions.length })}</Button>}
        {data.sessions.length > 1 && <Button variant="subtle" size="xs" mt="sm" onClick={() => end.mutate("")}>{say("account-end-others")}</Button>}
      </Card>
      <Codes />
      <Card withBorder padding="md" component="section" aria-label={say("account-password")}>
        <form onSubmit={submit}>
          <Title order={2} size="h5" mb="xs">{say("account-password")}</Title>
          <Group align="end" gap="sm">
            <PasswordInput label={say("account-old")} value={old} onChange={(event) => setOld(event.currentTarget.value)} autoComplete="current-password" w={240} />
            <PasswordInput label={say("account-new")} value={fresh} onChange={(event) => setFresh(event.currentTarget.value)} autoComplete="new-password" w={240} />
            <Button type="submit" disabled={!old || !fresh} loading={change.isPending}>{say("account-change")}</Button>
          </Group>
          {change.error && <Oops error={change.error} />}
        </form>
      </Card>
    </Stack>
  );
}

/** The browser and system that a user agent names. */
function device(agent: string): string {
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)\/(\d+)/.exec(agent);
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(agent);
  return [browser && `${browser[1]} ${browser[2]}`, system?.[1]].filter(Boolean).join(" · ") || agent.slice(0, 60) || "—";
}

type User = { email: string; name: string; role: string; disabled_at: string | null; codes: boolean };
type Users_ = { users: User[]; password?: string };

function Users() {
  const { data, instead } = useTold<Users_>("/v1/users", "users");
  const cache = useQueryClient();
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [role, setRole] = useState<string>("viewer");
  const [told, setTold] = useState<{ email: string; password: string } | null>(null);
  const change = useMutation({
    mutationFn: ({ path, body }: { path: string; body: Record<string, string>; email: string }) => send<Users_>("POST", path, body),
    onSuccess: (found, { email: whose }) => {
      cache.setQueryData(["users"], found);
      setTold(found.password ? { email: whose, password: found.password } : null);
    },
  });
  const deed = (user: User, body: Record<string, string>) => change.mutate({ path: `/v1/users/${encodeURIComponent(user.email)}`, body, email: user.email });
  const roles = ROLES.map((one) => ({ value: one, label: say(`role-${one}`) }));
  if (!data) return instead;
  return (
    <Stack gap="md" className="empty">
      {change.error && <Oops error={change.error} />}
      {told && <aside className="note" role="status">{say("user-password-is", { email: told.email })} <Code dir="ltr">{told.password}</Code></aside>}
      <ul className="people">
        {data.users.map((user) => (
          <li key={user.email}>
            <Card withBorder padding="sm" className="person segment">
              <Text fw={600}><bdi>{user.name || user.email}</bdi> {user.disabled_at && <Badge variant="default" tt="none">{say("user-disabled")}</Badge>}</Text>
              <Text size="sm" c="dimmed"><bdi dir="ltr">{user.email}</bdi></Text>
              <Group gap="xs">
                <Select size="xs" w={130} aria-label={`${say("account-role")} ${user.email}`} data={roles} value={user.role} allowDeselect={false} onChange={(next) => next && deed(user, { do: "role", role: next })} />
                <Button variant="subtle" size="xs" onClick={() => deed(user, { do: "password" })}>{say("user-new-password")}</Button>
                {user.codes && <Button variant="subtle" size="xs" onClick={() => deed(user, { do: "codes off" })}>{say("user-codes-off")}</Button>}
                <Button variant="subtle" color="gray" size="xs" onClick={() => deed(user, { do: user.disabled_at ? "enable" : "disable" })}>{say(user.disabled_at ? "user-enable" : "user-disable")}</Button>
              </Group>
            </Card>
          </li>
        ))}
      </ul>
      <form onSubmit={(event) => { event.preventDefault(); change.mutate({ path: "/v1/users", body: { email, name, role }, email }, { onSuccess: () => { setEmail(""); setName(""); } }); }}>
        <Group align="end" gap="sm">
          <TextInput label={say("user-email")} type="email" value={email} onChange={(event) => setEmail(event.currentTarget.value)} dir="ltr" w={260} />
          <TextInput label={say("user-name")} value={name} onChange={(event) => setName(event.currentTarget.value)} dir="auto" w={200} />
          <Select label={say("account-role")} data={roles} value={role} allowDeselect={false} onChange={(next) => setRole(next ?? "viewer")} w={140} />
          <Button type="submit" disabled={!email.trim()} loading={change.isPending}>{say("user-add")}</Button>
        </Group>
      </form>
      <Mail />
    </Stack>
  );
}

type Mask = Record<string, string> & { role: string };

function Masks() {
  const { data, instead } = useTold<{ masks: Mask[] }>("/v1/privacy/masks", "masks");
  const cache = useQueryClient();
  const choose = useMutation({ mutationFn: (body: { role: string; field: string; how: string }) => send("POST", "/v1/privacy/masks", body), onSuccess: () => cache.invalidateQueries({ queryKey: ["masks"] }) });
  if (!data) return instead;
  const hows = HOWS.map((how) => ({ value: how, label: say(`mask-${how}`) }));
  return (
    <>
      {choose.error && <Oops error={choose.error} />}
      <div className="table empty" tabIndex={0} role="region" aria-label={say("settings-privacy")}>
        <Table verticalSpacing="xs">
          <Table.Thead><Table.Tr><Table.Th>{say("account-role")}</Table.Th>{FIELDS.map((field) => <Table.Th key={field}>{say(`mask-field-${field}`)}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {data.masks.map((mask) => (
              <Table.Tr key={mask.role}>
                <Table.Td>{say(`role-${mask.role}`)}</Table.Td>
                {FIELDS.map((field) => (
                  <Table.Td key={field}>
                    {mask.role === "owner" ? say("mask-whole") : (
                      <Select size="xs" miw={100} aria-label={`${say(`role-${mask.role}`)} ${say(`mask-field-${field}`)}`} data={hows} value={mask[field] ?? "whole"} allowDeselect={false} onChange={(how) => how && choose.mutate({ role: mask.role, field, how })} />
                    )}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </>
  );
}

type Key = { key: string; source: string; created_at: string; revoked_at: string | null };

function Keys() {
  const { data, instead } = useTold<{ keys: Key[] }>("/v1/keys", "keys");
  const zone = useStart().data?.timezone;
  const cache = useQueryClient();
  const revoke = useMutation({ mutationFn: (key: string) => send<{ keys: Key[] }>("DELETE", `/v1/keys/${encodeURIComponent(key)}`), onSuccess: (found) => cache.setQueryData(["keys"], found) });
  if (!data) return instead;
  return (
    <section className="empty" aria-label={say("settings-keys")}>
      {revoke.error && <Oops error={revoke.error} />}
      {!data.keys.length && <Text c="dimmed">{say("key-none")}</Text>}
      <ul className="people">
        {data.keys.map((key) => (
          <li key={key.key}>
            <Card withBorder padding="sm" className="person segment">
              <Text fw={600}><bdi>{key.source}</bdi></Text>
              <Text size="sm" c="dimmed"><bdi dir="ltr">{key.key}</bdi> · {moment(key.created_at, zone)}</Text>
              {key.revoked_at ? <Text size="sm">{say("key-revoked")}</Text> : <Button variant="default" size="xs" onClick={() => revoke.mutate(key.key)}>{say("key-revoke")}</Button>}
            </Card>
          </li>
        ))}
      </ul>
    </section>
  );
}

type Target = { metric: string; goal: number; alert?: number | null; since?: string; period?: string };

function Targets() {
  const { data, instead } = useTold<{ targets: Target[] }>("/v1/targets", "targets");
  const may = useStart().data?.may ?? [];
  const cache = useQueryClient();
  const remove = useMutation({ mutationFn: (metric: string) => send<{ targets: Target[] }>("DELETE", address("/v1/targets", { metric })), onSuccess: (found) => cache.setQueryData(["targets"], found) });
  if (!data) return instead;
  return (
    <section className="empty" aria-label={say("settings-targets")}>
      {remove.error && <Oops error={remove.error} />}
      {!data.targets.length && <Text c="dimmed">{say("target-none")}</Text>}
      <ul className="people">
        {data.targets.map((one) => (
          <li key={`${one.metric} ${one.since ?? ""} ${one.period ?? ""}`}>
            <Card withBorder padding="sm" className="person segment">
              <Text fw={600}><bdi>{one.metric}</bdi></Text><Text size="sm"><bdi dir="ltr">{one.goal}</bdi> · <bdi>{one.period ?? one.since}</bdi></Text>
              {may.includes("stages") && <Button variant="subtle" color="gray" size="xs" onClick={() => remove.mutate(one.metric)}>{say("remove")}</Button>}
            </Card>
          </li>
        ))}
      </ul>
    </section>
  );
}

type Program = { name: string; role: string; beginning: string; created_at: string; revoked_at: string | null };
type Programs_ = { keys: Program[]; key?: string };

/** Keys by which programs ask: each made for a role, seen once, and ended at once. */
function Programs() {
  const { data, instead } = useTold<Programs_>("/v1/api-keys", "api-keys");
  const zone = useStart().data?.timezone;
  const cache = useQueryClient();
  const [name, setName] = useState("");
  const [role, setRole] = useState<string>("viewer");
  const [told, setTold] = useState("");
  const keep = (found: Programs_) => { cache.setQueryData(["api-keys"], found); setTold(found.key ?? ""); };
  const make = useMutation({ mutationFn: () => send<Programs_>("POST", "/v1/api-keys", { name, role }), onSuccess: (found) => { keep(found); setName(""); } });
  const revoke = useMutation({ mutationFn: (beginning: string) => send<Programs_>("DELETE", `/v1/api-keys/${encodeURIComponent(beginning)}`), onSuccess: keep });
  const error = make.error ?? revoke.error;
  if (!data) return instead;
  return (
    <Stack gap="md" className="empty">
      <Text c="dimmed">{say("program-about")}</Text>
      {error && <Oops error={error} />}
      {told && <aside className="note" role="status">{say("program-key-is")} <Code dir="ltr">{told}</Code></aside>}
      <ul className="people">
        {data.keys.map((key) => (
          <li key={key.beginning}>
            <Card withBorder padding="sm" className="person segment">
              <Text fw={600}><bdi>{key.name}</bdi></Text>
              <Text size="sm" c="dimmed"><bdi dir="ltr">{key.beginning}…</bdi> · {say(`role-${key.role}`)} · {moment(key.created_at, zone)}</Text>
              {key.revoked_at ? <Text size="sm">{say("key-revoked")}</Text> : <Button variant="default" size="xs" onClick={() => revoke.mutate(key.beginning)}>{say("key-revoke")}</Button>}
            </Card>
          </li>
        ))}
      </ul>
      <form onSubmit={(event) => { event.preventDefault(); make.mutate(); }}>
        <Group align="end" gap="sm">
          <TextInput label={say("program-name")} value={name} onChange={(event) => setName(event.currentTarget.value)} dir="auto" maxLength={200} w={220} />
          <Select label={say("account-role")} data={ROLES.map((one) => ({ value: one, label: say(`role-${one}`) }))} value={role} allowDeselect={false} onChange={(next) => setRole(next ?? "viewer")} w={140} />
          <Button type="submit" disabled={!name.trim()} loading={make.isPending}>{say("program-make")}</Button>
        </Group>
      </form>
    </Stack>
  );
}

type Entry = { at: string; actor: string; action: string; what: string; whom: string[]; details: Record<string, unknown> };

function Log() {
  const { data, instead } = useTold<{ entries: Entry[] }>("/v1/audit?limit=100", "audit");
  const zone = useStart().data?.timezone;
  if (!data) return instead;
  return (
    <div className="table empty" tabIndex={0} role="region" aria-label={say("settings-log")}>
      {!data.entries.length && <Text c="dimmed">{say("log-none")}</Text>}
      <Table verticalSpacing="xs">
        <Table.Thead><Table.Tr><Table.Th>{say("log-when")}</Table.Th><Table.Th>{say("log-who")}</Table.Th><Table.Th>{say("log-what")}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {data.entries.map((one, place) => (
            <Table.Tr key={place}>
              <Table.Td><bdi>{moment(one.at, zone, true)}</bdi></Table.Td><Table.Td><bdi dir="ltr">{one.actor}</bdi></Table.Td>
              <Table.Td><bdi dir="ltr">{[one.action, one.what, ...one.whom, ...Object.values(one.details).map(String)].join(" · ").slice(0, 200)}</bdi></Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
