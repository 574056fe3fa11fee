import { text } from "../scrub";

const PRIVATE = "input,textarea,select,option,script,style,svg style,[contenteditable],[data-masarat-private]";
const LONGEST = 80;

/** What stands on an element, without what a visitor wrote or what is marked as private. */
const words = (node: Node): string => {
  if (node instanceof Text) return node.data;
  if (!(node instanceof Element) || node.matches(PRIVATE)) return "";
  return node.getAttribute("alt") || [...node.childNodes].map(words).join(" ");
};

/** What a person would call this element: «أضف إلى السلة». Never what is written into a field. */
export const label = (element: Element): string => {
  if (element.closest("[data-masarat-private]")) return "";
  const said = (name: string): string => element.getAttribute(name) ?? "";
  const button = element.matches("input[type=submit],input[type=button],input[type=reset],input[type=image]");
  const its = (element as HTMLInputElement).labels?.[0];
  return text(
    said("data-masarat-label") ||
      said("aria-label") ||
      (button && (said("value") || said("alt"))) ||
      words(element).trim() ||
      (its && words(its).trim()) ||
      said("title") ||
      said("name"),
    LONGEST,
  );
};

export const CLICKABLE =
  "a[href],area[href],button,summary,input[type=submit],input[type=button],input[type=image],input[type=checkbox],input[type=radio]," +
  "[role=button],[role=link],[role=tab],[role=menuitem],[role=option],[role=switch],[onclick],[data-masarat-label]";

/** The element a click is meant for; inside open shadow roots too. */
export const meant = (event: Event): Element | null => {
  const first = event.composedPath()[0];
  return first instanceof Element ? first.closest(CLICKABLE) : null;
};
