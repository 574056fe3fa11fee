import type { Method, NAMES } from "./names";

/** What can be left out of what is seen without being told: `data-off="clicks forms"`. */
export type Capture =
  | "pages"
  | "attention"
  | "clicks"
  | "forms"
  | "search"
  | "video"
  | "frustration"
  | "errors"
  | "vitals";

export interface Options {
  /** The write key of the source: `masarat source add NAME`. */
  key: string;
  /** Where Masarat stands, such as https://masarat.example.com. */
  host: string;
  /** Store nothing in the browser; the server counts visitors by a hash that changes every day. */
  cookieless?: boolean;
  /** opt-out (default): count until refused. opt-in: send and store nothing until `consent({ analytics: true })`. */
  consent?: "opt-out" | "opt-in";
  /** What Global Privacy Control and Do Not Track mean: cookieless (default), refuse (nothing is sent), or ignore. */
  signals?: "cookieless" | "refuse" | "ignore";
  /** Further names of query parameters that carry what a visitor searched for on this site. */
  search?: readonly string[];
  off?: readonly Capture[];
}

export type Value = string | number | boolean | null | undefined | readonly Value[] | { readonly [name: string]: Value };
export type Properties = { readonly [name: string]: Value };

export interface Product extends Properties {
  readonly product_id?: string;
  readonly sku?: string;
  readonly name?: string;
  readonly category?: string;
  readonly brand?: string;
  readonly variant?: string;
  readonly price?: number;
  readonly quantity?: number;
  readonly currency?: string;
}

/** What a visitor allows: `{ analytics: true, marketing: false }`. */
export type Purposes = { readonly analytics: boolean; readonly [purpose: string]: boolean };

type Shop = { readonly [Name in (typeof NAMES)[number] as Method<Name>]: (properties?: Product) => void };

export interface Masarat extends Shop {
  /** Tell of a move by its name, Segment's where it has one. */
  track(event: string, properties?: Properties): void;
  /** Tell of a page view; page views are seen by themselves unless `pages` is off. */
  page(properties?: Properties): void;
  /** Say who this visitor is. */
  identify(userId: string, traits?: Properties): void;
  /** Say which company the visitor belongs to. */
  group(groupId: string, traits?: Properties): void;
  /** Keep the visitor's choice, and act by it from now on. */
  consent(purposes: Purposes): void;
  /** Forget who this is: after signing out. */
  reset(): void;
  /** Send what waits now. */
  flush(): void;
  /** Call a method by its name; before the script is there, an array takes its place. */
  push(...calls: readonly [method: string, ...given: unknown[]][]): void;
}

/** What the parts of the SDK see of it. */
export interface Client extends Masarat {
  readonly options: Options;
  /** pause: the page is hidden or left; leave: this view of a page is over; turn: another one has begun. */
  on(moment: Moment, act: () => void): void;
  say(moment: Moment): void;
  /** Send what waits, even what is under way: the page may not live to hear the answer. */
  flush(leaving?: boolean): void;
  remember(name: string, value: unknown): void;
  recall<Value>(name: string): Value | undefined;
}

export type Moment = "pause" | "leave" | "turn";
