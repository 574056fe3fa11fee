/** Codes of the phone beside the password: turned on by the phone's own proof, kept by recovery codes, turned off by a code. */
import { Button, Card, Code, Group, PasswordInput, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { get, send } from "./api";
import { Waiting } from "./look";
import { Oops } from "./oops";
import { say } from "./words";

type State = { on: boolean; recovery_left: number };
type Begun = { secret: string; link: string; picture: string };

export function Codes() {
  const state = useQuery({ queryKey: ["codes"], queryFn: ({ signal }) => get<State>("/v1/account/codes", {}, signal) });
  const cache = useQueryClient();
  const [text, setText] = useState("");
  const [begun, setBegun] = useState<Begun | null>(null);
  const [kept, setKept] = useState<string[]>([]);
  const refresh = () => { setText(""); void cache.invalidateQueries({ queryKey: ["codes"] }); };
  const begin = useMutation({ mutationFn: () => send<Begun>("POST", "/v1/account/codes", { password: text }), onSuccess: (found) => { setBegun(found); setText(""); } });
  const given = useMutation({
    mutationFn: (path: string) => send<{ recovery: string[] }>("POST", `/v1/account/codes/${path}`, { code: text }),
    onSuccess: (found) => { setBegun(null); setKept(found.recovery); refresh(); },
  });
  const off = useMutation({ mutationFn: () => send("DELETE", "/v1/account/codes", { code: text }), onSuccess: () => { setKept([]); refresh(); } });
  if (state.error) return <Oops error={state.error} retry={() => state.refetch()} />;
  if (!state.data) return <Waiting height={80} />;
  const error = begin.error ?? given.error ?? off.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (begun) given.mutate("confirm");
    else if (!state.data.on) begin.mutate();
    else given.mutate("recovery");
  };
  return (
    <Card withBorder padding="md" component="section" aria-label={say("codes")}>
      <Title order={2} size="h5" mb="xs">{say("codes")}</Title>
      <Text size="sm" c="dimmed" mb="sm">{state.data.on ? say("codes-on", { n: state.data.recovery_left }) : say("codes-about")}</Text>
      {kept.length > 0 && (
        <aside className="note" role="status">
          <Text size="sm">{say("codes-keep")}</Text>
          <ul className="recovery" dir="ltr">{kept.map((one) => <li key={one}><Code>{one}</Code></li>)}</ul>
        </aside>
      )}
      {begun && (
        <Group align="center" gap="lg" mb="sm">
          <div className="qr" role="img" aria-label={say("codes-picture")} dangerouslySetInnerHTML={{ __html: begun.picture }} />
          <div><Text size="sm">{say("codes-scan")}</Text><Code dir="ltr">{begun.secret.replace(/(.{4})(?=.)/g, "$1 ")}</Code></div>
        </Group>
      )}
      <form onSubmit={submit}>
        <Group align="end" gap="sm">
          {!state.data.on && !begun
            ? <PasswordInput label={say("password")} value={text} onChange={(event) => setText(event.currentTarget.value)} autoComplete="current-password" w={240} />
            : <TextInput label={say("code")} value={text} onChange={(event) => setText(event.currentTarget.value)} autoComplete="one-time-code" inputMode="numeric" dir="ltr" maxLength={40} w={160} />}
          <Button type="submit" variant={state.data.on && !begun ? "default" : "filled"} disabled={!text.trim()} loading={begin.isPending || given.isPending}>{say(begun ? "codes-confirm" : state.data.on ? "codes-renew" : "codes-begin")}</Button>
          {state.data.on && !begun && <Button variant="subtle" color="gray" disabled={!text.trim()} loading={off.isPending} onClick={() => off.mutate()}>{say("codes-off")}</Button>}
        </Group>
      </form>
      {error && <Oops error={error} />}
    </Card>
  );
}
