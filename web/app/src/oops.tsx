import { Alert, Anchor, Text } from "@mantine/core";
import { Refused } from "./api";
import { say } from "./words";

/** What went wrong in one sentence, what to do, and a way back. */
export function Oops({ error, retry }: { error: Error; retry?: () => void }) {
  const refused = error instanceof Refused;
  return (
    <Alert color="orange" variant="light" role="alert" title={refused ? <bdi>{error.message}</bdi> : say("broken")}>
      <Text size="sm" dir="auto">{refused ? error.remedy : say("broken-remedy")}</Text>
      {retry && !refused && <Anchor component="button" size="sm" onClick={retry}>{say("again")}</Anchor>}
    </Alert>
  );
}
