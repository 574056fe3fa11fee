/** Telling that something was done, with the way back. */
import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { say } from "./words";

export function done(message: string, back: () => void) {
  const id = notifications.show({
    autoClose: 12_000,
    message: <Group justify="space-between">{message}<Button size="compact-xs" variant="light" onClick={() => { notifications.hide(id); back(); }}>{say("undo")}</Button></Group>,
  });
}
