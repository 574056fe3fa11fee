import { attention } from "./attention";
import { createClient } from "./client";
import { pages } from "./pages";
import type { Client, Options } from "./types";

/** Brings a part that is not in the first four kilobytes. */
export type Load = (part: "more" | "vitals") => Promise<{ start(client: Client): void }>;

/** A client that sees by itself: page views and attention at once, what visitors do a moment later, and vitals when the page stands. */
export const start = (options: Options, load: Load): Client => {
  const client = createClient(options);
  const off = options.off ?? [];
  if (!off.includes("attention")) attention(client);
  pages(client);

  const bring = (part: Parameters<Load>[0]): unknown =>
    load(part).then(
      (found) => found.start(client),
      () => undefined, // blocked or not reached: the page is seen without it
    );
  bring("more");
  if (off.includes("vitals")) return client;
  if (document.readyState === "complete") bring("vitals");
  else addEventListener("load", () => bring("vitals"));
  return client;
};
