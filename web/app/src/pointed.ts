/** Lets the pictures of an answer be pointed at: the layer that does it is loaded once they stand. */
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, type RefObject } from "react";
import type { Look, Way } from "./api";
import { useStart } from "./asking";
import type { Told } from "./pointing";
import { say } from "./words";

const idle = (act: () => void) => ("requestIdleCallback" in window ? requestIdleCallback(act, { timeout: 1000 }) : setTimeout(act, 200));

export function usePointing(figure: RefObject<HTMLElement | null>, place: RefObject<HTMLElement | null>, look: Look, narrow: Told["narrow"]): void {
  const may = useStart().data?.may ?? [];
  const go = useNavigate();
  const now = useRef({ look, narrow, may, go });
  const hidden = useRef({ of: look.name, names: new Set<string>() });
  useEffect(() => { now.current = { look, narrow, may, go }; });
  useEffect(() => {
    if (hidden.current.of !== look.name) hidden.current = { of: look.name, names: new Set() };
    let end = () => {};
    let gone = false;
    idle(() => {
      if (gone) return;
      void import("./pointing").then(({ point }) => {
        if (gone || !figure.current || !place.current) return;
        const way = (row: number) => now.current.look.behind[row] ?? null;
        end = point(figure.current, place.current, {
          hidden: hidden.current.names,
          over: look.over,
          narrow: narrow && ((from, to) => now.current.narrow?.(from, to)),
          behind: (row) => named(way(row), now.current.may),
          go: (row) => {
            const to = way(row);
            if (to) void now.current.go(("customer" in to ? { to: "/customer/$", params: { _splat: to.customer } } : { to: "/ask/$name", params: { name: to.name }, search: to.given }) as never);
          },
        });
      }, () => {}); // without it the pictures stand as they are
    });
    return () => {
      gone = true;
      end();
    };
  }, [figure, place, look.name, look.picture, look.small, look.over?.join(), narrow === null]);
}

/** What the way behind a row is called; none where there is none, or it may not be gone. */
function named(way: Way | { customer: string } | null, may: string[]): string | null {
  if (!way) return null;
  if ("customer" in way) return may.includes("customer") ? say("pointing-customer") : null;
  return way.title;
}
