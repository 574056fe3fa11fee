import { start } from "./start";
import type { Capture, Masarat, Options } from "./types";

// The script tag: <script async src="https://HOST/m.js" data-key="KEY"></script>

declare const VERSION: string; // of the late parts, put in by build.mjs
declare global {
  interface Window {
    masarat?: Masarat | [string, ...unknown[]][];
  }
}

const tag = document.currentScript as HTMLScriptElement;
const { key = "", host = tag.src.replace(/\/m\.js.*/, ""), cookieless, consent, signals, search, off } = tag.dataset;
const list = (said?: string): string[] => said?.split(/[\s,]+/) ?? [];

const run = (): void => {
  const early = window.masarat;
  if (early && !Array.isArray(early)) return; // the tag stands on the page twice
  const masarat = start(
    {
      key,
      host,
      cookieless: cookieless !== undefined,
      search: list(search),
      off: list(off) as Capture[],
      ...(consent && { consent }),
      ...(signals && { signals }),
    } as Options,
    (part) => import(`${host}/m.${part}.js?${VERSION}`),
  );
  window.masarat = masarat;
  if (early) masarat.push(...early);
};

if ((document as { prerendering?: boolean }).prerendering) document.addEventListener("prerenderingchange", run, { once: true });
else run();
