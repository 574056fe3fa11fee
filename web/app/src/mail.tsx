/** Letters to users: whether they go out, in whose name, and one to oneself to see it. */
import { Button, Card, Code, Group, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { get, send } from "./api";
import { Oops } from "./oops";
import { say } from "./words";

type Told = { on: boolean; host: string; sender: string };

export function Mail() {
  const { data } = useQuery({ queryKey: ["mail"], queryFn: ({ signal }) => get<Told>("/v1/mail", {}, signal) });
  const test = useMutation({ mutationFn: () => send<{ to: string }>("POST", "/v1/mail/test") });
  if (!data) return null;
  return (
    <Card withBorder padding="sm" component="section" aria-label={say("mail")}>
      <Title order={2} size="h4">{say("mail")}</Title>
      {data.on ? <Text size="sm">{say("mail-on", { host: data.host, sender: data.sender })}</Text> : <Text size="sm">{say("mail-off")}</Text>}
      {!data.on && <Code block dir="ltr">{"MASARAT_URL=https://masarat.example.com\nMASARAT_MAIL=smtp://user:password@mail.example.com:587?from=shop@example.com"}</Code>}
      {test.error && <Oops error={test.error} />}
      {data.on && (
        <Group gap="sm" mt="xs">
          <Button variant="default" size="xs" loading={test.isPending} onClick={() => test.mutate()}>{say("mail-test")}</Button>
          {test.data && <Text size="sm" role="status">{say("mail-sent", { to: test.data.to })}</Text>}
        </Group>
      )}
    </Card>
  );
}
