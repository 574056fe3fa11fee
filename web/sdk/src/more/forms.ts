import { isSearch } from "./search";
import { text } from "../scrub";
import type { Client } from "../types";

/** What a form or a field is called; `form.name` may be one of its own fields, so attributes are asked. */
const called = (element: Element): string => {
  const found = ["aria-label", "data-masarat-label", "name", "id"].map((name) => element.getAttribute(name));
  return text(found.find(Boolean) ?? element.localName, 80);
};

/** Forms that are begun, sent, or left without being sent, and the field at which that happened. Never what was written. */
export const forms = (client: Client): void => {
  const begun = new Map<HTMLFormElement, { at: number; field: string }>();

  const formOf = (event: Event): HTMLFormElement | null => {
    const target = event.composedPath()[0];
    const form = target instanceof Element ? target.closest("form") : null;
    return form && !isSearch(form, client.options) ? form : null;
  };
  document.addEventListener(
    "focusin",
    (event) => {
      const form = formOf(event);
      const field = event.composedPath()[0] as Element;
      if (!form || !field.matches("input:not([type=submit],[type=button]),textarea,select")) return;
      const known = begun.get(form);
      begun.set(form, { at: known?.at ?? Date.now(), field: called(field) });
      if (!known) client.track("Form Started", { form: called(form) });
    },
    true,
  );
  document.addEventListener(
    "submit",
    (event) => {
      const form = formOf(event);
      if (!form) return;
      const known = begun.get(form);
      begun.delete(form);
      client.track("Form Submitted", { form: called(form), ...(known && { taken_ms: Date.now() - known.at }) });
    },
    true,
  );
  client.on("leave", () => {
    begun.forEach(({ at, field }, form) =>
      client.track("Form Abandoned", { form: called(form), field, taken_ms: Date.now() - at }),
    );
    begun.clear();
  });
};
