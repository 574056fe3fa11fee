import { address, text } from "../scrub";
import type { Client } from "../types";

const MOST = 5; // of one view of a page

/** "Error Seen": scripts that failed under the visitor's hands, with the place, each message once a page. */
export const errors = (client: Client): void => {
  let told = new Set<string>();
  const tell = (said: unknown, source: string, line?: number): void => {
    const message = text(String(said));
    if (told.size >= MOST || told.has(message)) return;
    told.add(message);
    client.track("Error Seen", { message, source: source && address(source), ...(line && { line }) });
  };
  addEventListener("error", (event) => tell(event.message, event.filename, event.lineno));
  addEventListener("unhandledrejection", (event) =>
    tell(event.reason instanceof Error ? event.reason.message : event.reason, ""),
  );
  client.on("turn", () => (told = new Set()));
};
