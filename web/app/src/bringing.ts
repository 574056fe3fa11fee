/** Files on their way in: tried first, then taken, with their progress line by line; and rows of a CSV as cells. */
import { Refused } from "./api";

export type MappedColumn = { field: string; column: string; samples: string[]; why: string };
export type Report = {
  file: string;
  source: string;
  rows: number;
  orders: number;
  customers: number;
  rejected: number;
  added: number;
  known: number;
  restated: number;
  first: string | null;
  last: string | null;
  net: Record<string, number>;
  notes: string[];
  error: string;
  remedy: string;
  preview: { kind: string; columns: MappedColumn[]; unmapped: string[]; error: string; remedy: string } | null;
};
export type Progress = { file: string; done: number; total: number | null };
type Told = { progress?: [string, number, number | null]; reports?: Report[]; error?: { message: string; remedy: string } };

/** Read files; with `dry` nothing is changed. `mapping` says field → column where people know better. */
export async function bring(files: File[], dry: boolean, mapping: Record<string, string> | null, progress: (now: Progress) => void): Promise<Report[]> {
  const form = new FormData();
  for (const file of files) form.append("file", file);
  if (dry) form.append("dry_run", "yes");
  if (mapping) form.append("mapping", JSON.stringify(mapping));
  const response = await fetch("/v1/import", { method: "POST", body: form });
  if (!response.ok || !response.body) await refuse(response);
  let rest = "";
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    rest += value ?? "";
    const lines = rest.split("\n");
    rest = done ? "" : lines.pop()!;
    for (const line of lines.filter(Boolean)) {
      const told = JSON.parse(line) as Told;
      if (told.progress) progress({ file: told.progress[0], done: told.progress[1], total: told.progress[2] });
      if (told.error) throw new Refused(422, told.error.message, told.error.remedy);
      if (told.reports) return told.reports;
    }
    if (done) throw new Refused(500, "", "");
  }
}

export async function refuse(response: Response): Promise<never> {
  const told = (await response.json().catch(() => ({}))) as { error?: { message: string; remedy: string } };
  throw new Refused(response.status, told.error?.message ?? response.statusText, told.error?.remedy ?? "");
}

/** The cells of a CSV (RFC 4180). */
export function cells(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const match of text.replace(/^\uFEFF/, "").matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/g)) {
    const [whole, cell, end] = match as unknown as [string, string, string];
    if (!whole && !row.length) break;
    row.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end !== ",") {
      rows.push(row);
      row = [];
    }
    if (end === "") break;
  }
  return rows;
}

export function csv(rows: string[][]): string {
  return "\uFEFF" + rows.map((row) => row.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")).join("\r\n") + "\r\n";
}
