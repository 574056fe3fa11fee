/** Journey maps as `/v1/maps` tells them, and changes that can be taken back. */
import { useCallback, useState } from "react";

export const LANES = ["goal", "touchpoints", "friction", "expectation", "opportunity", "owner"] as const;
export type Stage = { title: string; key: string; emotion: number } & Record<(typeof LANES)[number], string>;
export type Drawn = { title: string; persona: { name: string; about: string }; stages: Stage[] };
export type Map_ = Drawn & { id: number; version: number; changed_at: string };
export type Version = Drawn & { version: number; author: string; at: string };

export const blank = (title: string, key = ""): Stage => ({ title, key, emotion: 0, goal: "", touchpoints: "", friction: "", expectation: "", opportunity: "", owner: "" });
export const drawnOf = ({ title, persona, stages }: Drawn): Drawn => ({ title, persona, stages });

const DEEPEST = 200;

/** A value whose changes are taken back and made again; those to one place in a row count as one. */
export function useHistory<T>(first: T) {
  const [all, setAll] = useState<{ past: T[]; now: T; future: T[]; place: string }>({ past: [], now: first, future: [], place: "" });
  const change = useCallback(
    (next: T, place = "") =>
      setAll((before) => ({ past: place && place === before.place ? before.past : [...before.past, before.now].slice(-DEEPEST), now: next, future: [], place })),
    [],
  );
  const undo = useCallback(
    () => setAll((before) => (before.past.length ? { past: before.past.slice(0, -1), now: before.past.at(-1)!, future: [before.now, ...before.future], place: "" } : before)),
    [],
  );
  const redo = useCallback(
    () => setAll((before) => (before.future.length ? { past: [...before.past, before.now], now: before.future[0]!, future: before.future.slice(1), place: "" } : before)),
    [],
  );
  return { now: all.now, change, undo, redo, canUndo: all.past.length > 0, canRedo: all.future.length > 0 };
}
