/** The app's own words: Fluent, the same files and plural forms as everywhere in Masarat. */
import { FluentBundle, FluentResource } from "@fluent/bundle";
import type { Language } from "./api";

export const language: Language = document.documentElement.lang === "en" ? "en" : "ar";
export const direction = language === "ar" ? "rtl" : "ltr";
/** The locale of numbers and dates: Gregorian, Western digits, as the merchants of the Gulf write them, unless the shop chose otherwise. */
const digits = document.documentElement.dataset.digits === "arabic" ? "arab" : "latn";
export const locale = language === "ar" ? `ar-SA-u-ca-gregory-nu-${digits}` : "en-GB";
export const hijri = language === "ar" ? `ar-SA-u-ca-islamic-umalqura-nu-${digits}` : "en-GB-u-ca-islamic-umalqura-nu-latn";
export const DAY = { day: "numeric", month: "long", year: "numeric" } as const;

const bundle = new FluentBundle(locale);
// One language is loaded, the reader's; the server's page has begun to fetch it already.
bundle.addResource(new FluentResource((await (language === "ar" ? import("@words/app.ar.ftl?raw") : import("@words/app.en.ftl?raw"))).default));

/** A message in the reader's language. A missing one is a mistake of ours, and is seen as its key. */
export function say(key: string, values: Record<string, string | number> = {}): string {
  const message = bundle.getMessage(key);
  return message?.value ? bundle.formatPattern(message.value, values) : key;
}

/** The same page in the other language: the server remembers it. */
export function switchLanguage(): void {
  const here = new URL(location.href);
  here.searchParams.set("lang", language === "ar" ? "en" : "ar");
  location.assign(here);
}

/** A sentence in which a name of any script keeps its place: in English sentences names come as they are. */
export const isolated = (sentence: string, name: string | null) => (name ? sentence.replace(name, () => `\u2068${name}\u2069`) : sentence);

/** A moment as the server writes it, in the shop's zone; one without an offset is in UTC. */
export function moment(text: string, zone: string | undefined, time = false): string {
  const at = new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return new Intl.DateTimeFormat(locale, { ...DAY, ...(time ? { hour: "numeric", minute: "2-digit" } : {}), ...(zone ? { timeZone: zone } : {}) }).format(at);
}
