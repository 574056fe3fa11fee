/** What people change of one customer: sent, and told anew wherever that customer is shown; what cannot be done is said. */
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { send } from "./api";
import { at } from "./customer";

type Change = { method: "POST" | "DELETE"; path: string; body?: Record<string, unknown>; of?: string };

export function useAnew(identifier: string) {
  const cache = useQueryClient();
  return () => Promise.all([["customer", identifier], ["timeline", identifier], ["tags"]].map((queryKey) => cache.invalidateQueries({ queryKey })));
}

export function useChange(identifier: string) {
  const anew = useAnew(identifier);
  return useMutation({
    mutationFn: ({ method, path, body, of }: Change) => send(method, at(of ?? identifier, path), body),
    onSuccess: anew,
    onError: (error) => notifications.show({ color: "orange", message: error.message }),
  });
}
