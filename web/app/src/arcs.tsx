/** What links a customer's identifiers, as arcs beside their list: a stroke as thick as it was often seen, dashed where a person said so. */
import { direction, say } from "./words";

type Bond = { one: string; other: string; said?: boolean };
const ROW = 26;
const ROOM = 84; // for the arcs
const WIDTH = 340;
const MOST = 14; // identifiers; of more the list tells
const LETTERS = 30;

export function Arcs({ identifiers, bonds }: { identifiers: string[]; bonds: Bond[] }) {
  const shown = identifiers.slice(0, MOST);
  const place = new Map(shown.map((one, row) => [one, row]));
  const pairs = new Map<string, { from: number; to: number; times: number; said: boolean }>();
  for (const { one, other, said = false } of bonds) {
    const [from, to] = [place.get(one), place.get(other)].sort((left, right) => (left ?? -1) - (right ?? -1));
    if (from === undefined || to === undefined || from === to) continue;
    const before = pairs.get(`${from} ${to}`);
    pairs.set(`${from} ${to}`, { from, to, times: (before?.times ?? 0) + (said ? 0 : 1), said: said || (before?.said ?? false) });
  }
  if (!pairs.size) return null;
  const rtl = direction === "rtl";
  const x = (across: number) => (rtl ? WIDTH - across : across);
  const y = (row: number) => row * ROW + ROW / 2;
  const bow = (from: number, to: number) => ROOM - 8 - Math.min(ROOM - 14, 16 + (to - from) * 12);
  return (
    <svg className="arcs" viewBox={`0 0 ${WIDTH} ${shown.length * ROW}`} role="img" aria-label={say("who-linked", { n: pairs.size })} direction="ltr">
      {[...pairs.values()].map(({ from, to, times, said }) => (
        <path key={`${from} ${to}`} d={`M${x(ROOM)} ${y(from)} C${x(bow(from, to))} ${y(from)} ${x(bow(from, to))} ${y(to)} ${x(ROOM)} ${y(to)}`} fill="none" stroke="var(--brand)" strokeWidth={Math.min(4, 1 + Math.log2(Math.max(times, 1)))} strokeDasharray={said && !times ? "4 4" : undefined}>
          <title>{`${shown[from]} – ${shown[to]}`}</title>
        </path>
      ))}
      {shown.map((one, row) => (
        <g key={one}>
          <circle cx={x(ROOM)} cy={y(row)} r={4} fill="var(--ink)" />
          <text x={x(ROOM + 12)} y={y(row) + 4} fontSize={12} fill="var(--ink)" textAnchor={rtl ? "end" : "start"}>{one.length > LETTERS ? `${one.slice(0, LETTERS - 1)}…` : one}<title>{one}</title></text>
        </g>
      ))}
    </svg>
  );
}
