import type { Client, Properties } from "./types";

/** Page views: the first, those of a single-page app (its address changes while the page stays), and pages brought back whole. */
export const pages = (client: Client): void => {
  const here = (): string => location.pathname + location.search + (/^#!?\//.test(location.hash) ? location.hash : "");
  const seen = !client.options.off?.includes("pages");
  let shown = here();

  const begin = (more?: Properties): void => {
    if (seen) client.page(more);
    client.say("turn");
  };
  const end = (): void => {
    client.say("leave");
    client.say("pause");
  };

  /** `replaced` tells that the address was corrected, not turned: then only another path is another page. */
  const turn = (replaced?: boolean): void => {
    const before = shown;
    shown = here();
    if (shown === before || (replaced && shown.split("?")[0] === before.split("?")[0])) return;
    end();
    begin();
  };

  for (const name of ["pushState", "replaceState"] as const) {
    const original = history[name];
    history[name] = function (...given) {
      original.apply(this, given);
      turn(name === "replaceState");
    };
  }
  addEventListener("popstate", () => turn()); // for fragments too
  addEventListener("pageshow", (event) => {
    if (event.persisted) begin({ restored: true });
  });
  addEventListener("pagehide", () => {
    end();
    client.flush(true);
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return;
    client.say("pause");
    client.flush(true);
  });
  begin();
};
