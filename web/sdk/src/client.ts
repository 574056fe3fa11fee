import { campaign } from "./campaign";
import { choose, chosen, cookieless, gate } from "./consent";
import { createMemory } from "./memory";
import { method, NAMES } from "./names";
import { type Call, createQueue } from "./queue";
import { address, text } from "./scrub";
import type { Client, Moment, Options, Properties, Purposes } from "./types";
import { anonymousId, forgetVisitor, newId, session } from "./who";

const VERSION = "0.1.0";
const TITLE_MS = 300; // single-page apps write the title after the address

/** The SDK at work on a page: it makes calls and hands them to the queue. What it sees by itself is in files of its own. */
export const createClient = (options: Options): Client => {
  const shared = { library: { name: "masarat", version: VERSION }, locale: navigator.language };
  const open = (): boolean => gate(memory, options) === "open";
  const memory = createMemory(() => open() && !cookieless(memory, options));
  const queue = createQueue(options.host + "/v1/b", options.key, shared, memory, open);
  const acts: Record<Moment, (() => void)[]> = { pause: [], leave: [], turn: [] };
  let view = { url: "", path: "", referrer: document.referrer, title: "" };

  /** What is undefined does not go over the wire. */
  const context = (arrived?: Record<string, string>): object => {
    const { id, campaign } = session(memory, arrived);
    const categoryPreferences = chosen(memory);
    const unknown = cookieless(memory, options);
    return {
      page: view,
      campaign,
      sessionId: unknown ? undefined : id,
      cookieless: unknown || undefined,
      consent: categoryPreferences && { categoryPreferences },
    };
  };

  const send = (type: Call["type"], given: object, arrived?: Record<string, string>): void => {
    if (gate(memory, options) === "closed") return;
    queue.add({
      type,
      messageId: newId(),
      timestamp: new Date().toISOString(),
      anonymousId: anonymousId(memory),
      userId: memory.get("user"),
      ...given,
      context: context(arrived),
    });
  };

  const look = (): void => {
    const url = address(location.href);
    view = { url, path: url.slice(location.origin.length), referrer: address(view.url || view.referrer), title: "" };
  };

  const client = {
    options,
    track(event: string, properties?: Properties) {
      send("track", { event, properties });
    },
    page(properties?: Properties) {
      look();
      const [seen, told] = [view, { ...properties, path: view.path, title: text(document.title) }];
      seen.title = told.title;
      send("page", { properties: told }, campaign(location.search));
      setTimeout(() => {
        if (view === seen) seen.title = told.title = text(document.title);
      }, TITLE_MS);
    },
    identify(userId: string, traits?: Properties) {
      memory.set("user", String(userId));
      send("identify", { traits });
    },
    group(groupId: string, traits?: Properties) {
      send("group", { groupId, traits });
    },
    consent(purposes: Purposes) {
      const before = gate(memory, options);
      if (purposes.analytics) choose(memory, purposes);
      if (before === "open" || purposes.analytics) send("track", { event: "Consent Changed", properties: { purposes } });
      if (purposes.analytics) {
        memory.settle();
      } else {
        queue.flush(true);
        queue.clear();
        forgetVisitor(memory);
        choose(memory, purposes);
      }
      queue.flush();
    },
    reset: () => forgetVisitor(memory),
    flush: queue.flush,
    push(...calls: [string, ...unknown[]][]) {
      for (const [name, ...given] of calls) {
        const act: unknown = client[name as "track"];
        if (typeof act === "function") act(...given);
        else console.warn(`Masarat has no method ${name}.`);
      }
    },
    on: (moment: Moment, act: () => void) => void acts[moment].push(act),
    say: (moment: Moment) => acts[moment].forEach((act) => act()),
    remember: memory.set,
    recall: memory.get,
  };
  for (const name of NAMES) {
    (client as Record<string, unknown>)[method(name)] = (properties?: Properties) => client.track(name, properties);
  }
  return client as unknown as Client;
};
