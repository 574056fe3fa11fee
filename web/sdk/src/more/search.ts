import { text } from "../scrub";
import type { Client, Options } from "../types";

const NAMES = ["q", "query", "search", "s", "keyword", "keywords", "term", "search_query", "بحث"];
const FIELD = "input[type=search]";

const names = (options: Options): readonly string[] => [...NAMES, ...(options.search ?? [])];

/** Whether a form is for searching the site; such a form is no form to fill. */
export const isSearch = (form: Element, options: Options): boolean =>
  form.matches("[role=search]") || !!form.closest("search,[role=search]") || !!fieldOf(form, options);

const fieldOf = (form: Element, options: Options): HTMLInputElement | undefined =>
  form.querySelector<HTMLInputElement>(FIELD) ??
  [...form.querySelectorAll<HTMLInputElement>("input[type=text],input:not([type])")].find((field) =>
    names(options).includes(field.name),
  );

/**
 * "Products Searched": what visitors look for on the site, from the address of a page of results, or from a search form which a
 * script answers. The search field is the only field that is ever read.
 */
export const search = (client: Client): void => {
  const tell = (said: string): void => {
    const query = text(said, 100);
    if (!query || query === client.recall("search")) return; // reloaded, turned to the next page of results, come back to
    client.remember("search", query);
    client.track("Products Searched", { query });
  };
  const look = (): void => {
    for (const [name, value] of new URLSearchParams(location.search)) {
      if (names(client.options).includes(name)) return tell(value);
    }
  };
  addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!event.defaultPrevented || !isSearch(form, client.options)) return; // the page of results will tell
    const field = fieldOf(form, client.options);
    if (field) tell(field.value);
  });
  client.on("turn", look);
  look();
};
