import type { Memory } from "./memory";
import type { Options, Purposes } from "./types";

/** open: send. waiting: hold on the page until the visitor chose. closed: nothing is kept and nothing sent. */
export type Gate = "open" | "waiting" | "closed";

const CHOICE = "consent";

/** What the visitor chose; nothing where no choice was made yet. */
export const chosen = (memory: Memory): Purposes | undefined => memory.get(CHOICE, true);

/** A choice is kept in every mode: else the visitor would have to be asked on every page. */
export const choose = (memory: Memory, purposes: Purposes): void => memory.set(CHOICE, purposes, true);

/** Whether the browser asks that its user be not followed, and we listen. */
const signalled = ({ signals }: Options): boolean =>
  signals !== "ignore" &&
  !!((navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl || navigator.doNotTrack === "1");

export const gate = (memory: Memory, options: Options): Gate => {
  const choice = chosen(memory);
  if (choice ? !choice.analytics : options.signals === "refuse" && signalled(options)) return "closed";
  return !choice && options.consent === "opt-in" ? "waiting" : "open";
};

/** Whether visitors are told apart only by the server's hash of the day. */
export const cookieless = (memory: Memory, options: Options): boolean =>
  !chosen(memory)?.analytics && (options.cookieless || signalled(options));
