import { type Memory, QUEUE } from "./memory";

/** One call of Segment's spec, as it goes over the wire. */
export interface Call {
  type: "track" | "page" | "identify" | "group";
  messageId: string;
  timestamp: string;
  [field: string]: unknown;
}

export interface Queue {
  add(call: Call): void;
  flush(leaving?: boolean): void;
  clear(): void;
}

const WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
const MOST_CALLS = 1000;
const BATCH_CALLS = 100;
const BATCH_LETTERS = 20_000; // in UTF-8 at most 60 KB: what a browser still sends for a page that is gone
const PACK_FROM = 2048;

/**
 * Calls on their way: kept for the tab until the server says that they are durable, and sent again until it does.
 *
 * The server knows a call by its messageId, so that one sent twice counts once.
 */
export const createQueue = (url: string, key: string, shared: object, memory: Memory, open: () => boolean): Queue => {
  let calls = memory.get<Call[]>(QUEUE) ?? []; // what the page before could not bring home
  let busy = false;
  let timer = 0;
  let failures = 0;
  const keep = (): void => (calls.length ? memory.set(QUEUE, calls) : memory.forget(QUEUE));
  const soon = (wait: number): void => {
    timer ||= setTimeout(flush, wait) as unknown as number;
  };

  /** The first calls, as many as one request may carry. */
  const batch = (): Call[] => {
    let letters = 0;
    return calls
      .slice(0, BATCH_CALLS)
      .filter((call, at) => (letters += JSON.stringify(call).length) < BATCH_LETTERS || !at);
  };

  const settle = (sent: Call[], reply: Response): void => {
    if (reply.status === 429 || reply.status === 408 || reply.status >= 500) return again(reply.headers.get("retry-after"));
    if (!reply.ok) console.warn(`Masarat refused ${sent.length} events (${reply.status}). Check data-key and its origins.`);
    failures = 0;
    calls = calls.filter((call) => !sent.includes(call));
    keep();
    if (calls.length) soon(0);
  };

  const again = (after?: string | null): void => {
    const wait = Number(after) * 1000 || WAIT_MS * 2 ** ++failures * (1 + Math.random());
    soon(Math.min(wait, LONGEST_WAIT_MS));
  };

  const post = async (body: string, pack: boolean): Promise<Response> =>
    fetch(url, {
      method: "POST",
      headers: { "content-type": "text/plain" }, // so that nothing is asked beforehand; gzip is known by its first bytes
      credentials: "omit",
      keepalive: body.length < 2 * BATCH_LETTERS,
      body: pack
        ? await new Response(new Blob([body]).stream().pipeThrough(new CompressionStream("gzip"))).blob()
        : body,
    });

  /** Leaving, all that has no answer yet goes at once, even if it is under way: the page may not live to hear of it. */
  const flush = (leaving?: boolean): void => {
    clearTimeout(timer);
    timer = 0;
    const sent = batch();
    if (!sent[0] || !open() || navigator.onLine === false || (busy && leaving !== true)) return;
    const body = JSON.stringify({ writeKey: key, sentAt: new Date(), context: shared, batch: sent });
    busy = true;
    post(body, !leaving && body.length > PACK_FROM && "CompressionStream" in self)
      .finally(() => (busy = false))
      .then((reply) => settle(sent, reply))
      .catch(() => again());
  };

  addEventListener("online", () => flush());
  if (calls[0]) soon(WAIT_MS);
  return {
    add(call) {
      if (calls.push(call) > MOST_CALLS) {
        calls.shift();
        console.warn("Masarat is not reached: its oldest event is lost.");
      }
      keep();
      soon(WAIT_MS);
    },
    flush,
    clear() {
      calls = [];
      keep();
    },
  };
};
