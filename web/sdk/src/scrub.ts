/** Nothing that opens an account or names a person leaves the page: tokens, e-mails and telephone numbers are blanked. */
const BLANK = "…";
const SECRET = /token|passw|^pwd|secret|auth(?!or)|session|sid$|^code$|^otp|(^|[_-]|api)key$|^sig|jwt|mail|phone|mobile|^tel|^card|iban|جوال|هاتف|بريد/i;
const EMAIL = /[^\s/?&=#:<>"']+(@|%40)[^\s/?&=#<>"']+\.[^\s/?&=#<>"']+/g;
const DIGIT = "[\\d٠-٩۰-۹]";
const PHONE = new RegExp(`(^|[^\\d٠-٩۰-۹])(\\+|[0٠۰]|9[67]\\d)([\\s().-]?${DIGIT}){8,13}(?!${DIGIT})`, "g");
const CARD = new RegExp(`${DIGIT}{4}([ -]?${DIGIT}{4}){3}(?!${DIGIT})`, "g");
const TOKEN = /\beyJ[\w.-]+|\b(?=[\w-]*\d)(?:[\da-f]{24,}|(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{20,})/g;

/** A text as it may be sent. */
export const text = (said: string, longest = 200): string =>
  said
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 2 * longest)
    .replace(EMAIL, BLANK)
    .replace(CARD, BLANK)
    .replace(PHONE, `$1${BLANK}`)
    .replace(TOKEN, BLANK)
    .slice(0, longest);

/** Click ids are long and opaque, yet say only which advertisement was clicked. */
export const CLICK_IDS = ["gclid", "gbraid", "wbraid", "dclid", "fbclid", "ttclid", "ScCid", "msclkid", "twclid", "li_fat_id"];

/** An address as it may be sent; empty where it is none. The fragment stays only where it is a route (#/cart). */
export const address = (said: string): string => {
  try {
    const url = new URL(said || "//", document.baseURI); // nothing is no address
    if (!/^https?:$/.test(url.protocol)) return url.protocol;
    const search = [...url.searchParams].map(([name, value]) => {
      const shown = CLICK_IDS.includes(name) ? value : SECRET.test(name) ? BLANK : text(value);
      return encodeURIComponent(text(name)) + "=" + encodeURIComponent(shown);
    });
    const hash = /^#!?\//.test(url.hash) ? plainPath(url.hash.replace(/\?.*/, "")) : "";
    return url.origin + plainPath(url.pathname) + (search[0] ? "?" + search.join("&") : "") + hash;
  } catch {
    return "";
  }
};

/** A path is read decoded, for the letters of Arabic would look like a token, and written as it came. */
const plainPath = (path: string): string =>
  path.replace(/[^/]+/g, (part) => {
    let plain = part;
    try {
      plain = decodeURIComponent(part);
    } catch {
      // not encoded as UTF-8: read as it stands
    }
    const shown = text(plain, 300);
    return shown === plain ? part : encodeURIComponent(shown);
  });
