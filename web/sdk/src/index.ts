import { start } from "./start";
import type { Masarat, Options } from "./types";

export type { Capture, Masarat, Options, Product, Properties, Purposes, Value } from "./types";

/** Begin on this page: `const masarat = init({ key: "msw_…", host: "https://masarat.example.com" })`. Only in a browser. */
export const init = (options: Options): Masarat =>
  start(options, (part) => (part === "more" ? import("./more/index") : import("./more/vitals")));
