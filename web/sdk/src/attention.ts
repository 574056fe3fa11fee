import type { Client } from "./types";

const IDLE_MS = 15_000;
const SIGNS = ["pointermove", "pointerdown", "keydown", "scroll", "timeupdate"];

/**
 * "Page Left": how long a page was seen and used, and how far down. A page that is left and taken up again tells only what was
 * added, so that the sum of engaged_ms is right.
 *
 * Time counts between two signs of life, at most 15 seconds each, and only while the page is visible. No timer runs.
 */
export const attention = (client: Client): void => {
  let engaged: number;
  let depth: number;
  let told: number;
  let last: number;

  const count = (): void => {
    engaged += Math.max(0, Math.min(Date.now() - last, IDLE_MS));
  };
  const mark = (): void => {
    if (document.hidden) return;
    count();
    last = Date.now();
  };
  const measure = (): void => {
    const root = document.documentElement;
    const seen = Math.round((100 * (scrollY + innerHeight)) / Math.max(root.scrollHeight, 1));
    depth = Math.max(depth, Math.min(seen, 100));
  };
  const begin = (): void => {
    [engaged, depth, told, last] = [0, 0, -1, document.hidden ? Infinity : Date.now()];
  };

  begin();
  for (const sign of SIGNS) addEventListener(sign, mark, { capture: true, passive: true });
  addEventListener("scroll", measure, { passive: true });

  const close = (): void => {
    count();
    last = Infinity; // nothing counts until the next sign of life
    measure();
    if (engaged > 0 || depth > told) client.track("Page Left", { engaged_ms: engaged, scroll_depth: depth });
    told = depth;
    engaged = 0;
  };
  client.on("pause", close);
  client.on("turn", begin);
};
