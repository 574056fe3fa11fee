/** One customer as `/v1/customers/…` tells them. */
export type Fact = { kind: string; name: string; title: string; value: unknown; text: string; how: string; disagree: boolean };
export type Line = { id: string; at: string; kind: string; sentence: string; source: string; channel: string; amount: number | null; currency: string; said: string };
export type Stay = { stage: string; title: string; since: string; until: string | null; moved_by: string[] };
export type Note = { id: number; text: string; author: string; at: string };
export type Person = {
  customer: string;
  identifiers: string[];
  name: string | null;
  sentence: string;
  facts: Fact[];
  kinds: Record<string, string>;
  notices: string[];
  path: Stay[];
  notes: Note[];
  tags: string[];
  consents: { purpose: string; channel: string; status: string }[];
  relations: { id: number; kind: string; with: string; role: string }[];
  timezone: string;
  timeline: Line[];
};
export type Page = { lines: Line[]; next: string };

/** Their address at the server: an identifier may have any letters. */
export const at = (identifier: string, more = "") => `/v1/customers/${encodeURIComponent(identifier)}${more}`;
export const KINDS = ["orders", "payments", "visits", "carts", "service", "surveys", "messages", "identity", "consent", "notes", "other"] as const;
