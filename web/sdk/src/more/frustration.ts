import { address } from "../scrub";
import { label, meant } from "./labels";
import type { Client } from "../types";

const RAGE_CLICKS = 3;
const RAGE_MS = 1000;
const RAGE_PIXELS = 30;
const DEAD_MS = 2500;
const LOOP_MS = 60_000;
const LOOP_RELOADS = 3;

/** Where visitors struggle: clicks in anger, clicks that do nothing, and pages loaded again and again. */
export const frustration = (client: Client): void => {
  document.addEventListener("click", rage(client), true);
  document.addEventListener("click", dead(client), true);
  reloads(client);
};

/** "Rage Clicked": three clicks within a second on one spot; told once for each burst. */
const rage = (client: Client): ((event: MouseEvent) => void) => {
  let burst: { x: number; y: number; at: number }[] = [];
  return (event) => {
    const { clientX: x, clientY: y, timeStamp: at } = event;
    if (!event.detail) return; // pressed by keyboard or by a script
    const near = burst.filter((click) => at - click.at < RAGE_MS && Math.hypot(click.x - x, click.y - y) < RAGE_PIXELS);
    burst = [...near, { x, y, at }];
    if (burst.length !== RAGE_CLICKS || (!meant(event) && String(getSelection()))) return; // three clicks also choose a paragraph
    client.track("Rage Clicked", named(event));
  };
};

/** What was clicked; what is no button is not named, for its text is the page's own, and may be about a person. */
const named = (event: Event): { label: string; element: string } => {
  const element = meant(event);
  return { label: element ? label(element) : "", element: (element ?? (event.composedPath()[0] as Element)).localName };
};

/** "Dead Clicked": a button, or what looks like one, after which for two and a half seconds nothing at all changed. */
const dead = (client: Client): ((event: MouseEvent) => void) => {
  let stop = (): void => undefined;
  return (event) => {
    stop();
    const target = event.composedPath()[0];
    if (!event.detail || !(target instanceof Element) || !isInert(event, target)) return;
    const told = named(event);
    stop = watch(() => client.track("Dead Clicked", told));
  };
};

/** Whether it asks to be clicked, and is not something whose reaction cannot be seen from here: a link, a field, a video. */
const isInert = (event: Event, target: Element): boolean =>
  !target.closest("a[href]:not([href^='#']),input,select,textarea,option,label,video,audio,[contenteditable]") &&
  (!!meant(event) || getComputedStyle(target).cursor === "pointer");

const REACTIONS = ["scroll", "submit", "pagehide", "popstate", "focusin", "selectionchange", "visibilitychange", "play", "change"];

/** Call when nothing has happened for a while; gives the way to stop watching. */
const watch = (act: () => void): (() => void) => {
  const stop = (): void => {
    clearTimeout(timer);
    observer.disconnect();
    for (const name of REACTIONS) removeEventListener(name, stop, true);
  };
  const timer = setTimeout(() => {
    stop();
    act();
  }, DEAD_MS);
  const observer = new MutationObserver(stop);
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  // The press itself has moved the focus before the click; what comes from now on is an answer.
  for (const name of REACTIONS) addEventListener(name, stop, true);
  return stop;
};

/** "Page Reloaded": how many times within a minute of each other; three and more are a loop. */
const reloads = (client: Client): void => {
  const [load] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (load?.type !== "reload") return;
  const before = client.recall<{ path: string; at: number; times: number }>("reloads");
  const [path, at] = [address(location.href), Date.now()];
  const again = before?.path === path && at - before.at < LOOP_MS;
  const times = again ? before.times + 1 : 1;
  client.remember("reloads", { path, at, times });
  client.track("Page Reloaded", { times, loop: times >= LOOP_RELOADS });
};
