/** One customer as `/v1/customers/…` tells them. */
export type Told = { value: string; source: string; at: string; identifier: string };
export type Fact = {
  kind: string; name: string; title: string; value: unknown; text: string; how: string; computed: boolean;
  rule?: string; source?: string; disagree?: boolean; values: Told[]; // of facts that were told
};
export type Line = { id: string; at: string; kind: string; sentence: string; source: string; channel: string; amount: number | null; currency: string; said: string };
export type Stay = { stage: string; title: string; since: string; until: string | null; moved_by: string[] };
export type Note = { id: number; text: string; author: string; at: string };
export type Consent = { purpose: string; channel: string; status: "granted" | "denied" | "withdrawn" };
export type Relation = { id: number; kind: string; with: string; side: "one" | "other"; role: string; since: string | null };
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
  consents: Consent[];
  relations: Relation[];
  suggestions: { with: string; kind: string; shared: string; sentence: string }[];
  files: { id: number; name: string; size: number; author: string; at: string }[];
  timezone: string;
  timeline: Line[];
};
export type Page = { lines: Line[]; next: string };

/** Their address at the server: an identifier may have any letters. */
export const at = (identifier: string, more = "") => `/v1/customers/${encodeURIComponent(identifier)}${more}`;
export const KINDS = ["orders", "payments", "visits", "carts", "service", "surveys", "messages", "identity", "consent", "notes", "other"] as const;
/** Masked for whoever is looking: it cannot be sent back as what it stands for. */
export const masked = (text: string) => text.includes("•");
