import { onCLS, onFCP, onINP, onLCP, onTTFB } from "web-vitals";
import type { Client } from "../types";

/**
 * "Web Vitals Measured": how the page felt, in Google's measures; milliseconds, and CLS as a plain number. Told
 * when it is hidden or left; a measure that has changed since is told again, and the last one counts.
 */
export const start = (client: Client): void => {
  let seen: Record<string, number> = {};
  for (const on of [onCLS, onFCP, onINP, onLCP, onTTFB]) {
    on(({ name, value }) => (seen[name.toLowerCase()] = Math.round(value * 1000) / 1000), { reportAllChanges: true });
  }
  client.on("pause", () => {
    if (Object.keys(seen)[0]) client.track("Web Vitals Measured", seen);
    seen = {};
  });
};
