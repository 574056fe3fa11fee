import type { Memory } from "./memory";

/** 128 random bits; crypto.randomUUID exists on secure pages only. */
export const newId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const SESSION_MS = 30 * 60_000;

/** One visit: it ends after half an hour without a move. */
export interface Session {
  id: string;
  at: number;
  campaign?: Record<string, string>;
}

export const anonymousId = (memory: Memory): string => {
  let id = memory.get<string>("anonymous");
  if (!id) memory.set("anonymous", (id = newId()));
  return id;
};

/** The visit now, begun anew after a long silence; `campaign` is what brought the visitor, where this page says so. */
export const session = (memory: Memory, campaign?: Record<string, string>): Session => {
  const found = memory.get<Session>("session");
  const at = Date.now();
  const now: Session = found && at - found.at < SESSION_MS ? { ...found, at } : { id: newId(), at };
  if (campaign) now.campaign = campaign;
  memory.set("session", now);
  return now;
};

export const forgetVisitor = (memory: Memory): void => memory.forget("anonymous", "user", "session", "search");
