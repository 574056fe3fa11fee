/** What the server tells, and how it is asked. Figures and pictures come ready in the reader's language (`masarat/show/http/look.py`). */

export type Titled = { name: string; title: string; about: string; view: string };
export type Start = {
  name: string;
  role: string;
  may: string[];
  masked: boolean; // customers are seen in part
  language: Language;
  currency: string;
  timezone: string;
  sections: { name: string; questions: Titled[] }[];
};
type Setting = { name: string; value: string | number | null; variable: string; usual: boolean; open: boolean };
export type Company = { told: Record<string, string>; settings: Setting[] };
export type Language = "ar" | "en";
export type Tile = { title: string; formula: string; value: string; whole: string; change: string; rises: boolean; good: boolean };
export type Heading = { name: string; title: string; formula: string; figure: boolean; along: boolean };
export type Control = {
  name: string;
  type: "choice" | "number" | "flag" | "text" | "lines" | "event" | "period" | "segment";
  label: string;
  hint: string;
  value: string;
  options: { value: string; label: string }[];
  low: number | null;
  high: number | null;
  whole: boolean;
  rare: boolean;
};
export type Asking = Titled & { controls: Control[]; given: Record<string, string> };
export type Look = Asking & {
  manual: string;
  age: number; // seconds since it was found
  can_be_saved: boolean;
  parameters: Record<string, unknown>; // as the question reads them
  further: Way[];
  behind: (Way | { customer: string } | null)[];
  sentence: string;
  notes: string[];
  sample: number;
  tiles: Tile[];
  headings: Heading[];
  rows: string[][];
  sorts: (number | string | null)[][];
  hidden: number;
  picture: string;
  small: string;
  noted: Noted[]; // beside the numbers of their pins
  over: [string, string] | null; // the days that the picture runs over
  definitions: Record<string, string>;
  footer: string;
};
/** What somebody noted of a day, or until a last day. */
export type Noted = { id: number; day: string; last: string; when: string; text: string };
/** A question that leads further, asked alike. */
export type Way = { name: string; title: string; given: Parameters };
export type Segment = { name: string; title: string; question: string; parameters: Record<string, unknown>; size: number; made_at: string };
export type Query = { steps: Record<string, string>; values: Record<string, unknown>; rows: string };
export type Hit = { customer: string; name: string; phone: string; email: string; city: string; last_seen: string | null };

/** What went wrong in one sentence, and what to do about it. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

export type Parameters = Record<string, string>;

/** An address with these parameters; what is empty is left out. */
export function address(path: string, parameters: Parameters = {}): string {
  const given = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== ""));
  return given.size ? `${path}?${given}` : path;
}

export async function get<T>(path: string, parameters: Parameters = {}, signal?: AbortSignal): Promise<T> {
  return asked(fetch(address(path, parameters), { signal: signal ?? null, headers: { Accept: "application/json" } }));
}

export async function send<T>(method: "POST" | "PUT" | "DELETE", path: string, body: unknown = {}, signal?: AbortSignal): Promise<T> {
  return asked(fetch(path, { method, signal: signal ?? null, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }));
}

export async function upload<T>(path: string, file: File): Promise<T> {
  const form = new FormData();
  form.append("file", file);
  return asked(fetch(path, { method: "POST", body: form }));
}

async function asked<T>(request: Promise<Response>): Promise<T> {
  const response = await request;
  if (response.ok) return (await response.json()) as T;
  if (response.status === 401) location.assign(address("/signin", { next: location.pathname + location.search }));
  const told = (await response.json().catch(() => ({}))) as { error?: { message: string; remedy: string } };
  throw new Refused(response.status, told.error?.message ?? response.statusText, told.error?.remedy ?? "");
}
