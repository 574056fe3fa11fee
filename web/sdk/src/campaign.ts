import { CLICK_IDS, text } from "./scrub";

/** What brought the visitor, in Segment's words: utm parameters and the click ids of advertisements; nothing where there are none. */
export const campaign = (search: string): Record<string, string> | undefined => {
  const found: Record<string, string> = {};
  new URLSearchParams(search).forEach((value, name) => {
    const word = name.startsWith("utm_") ? name.slice(4).replace("campaign", "name") : CLICK_IDS.includes(name) && name;
    if (word && value) found[word] = CLICK_IDS.includes(word) ? value : text(value);
  });
  return Object.keys(found)[0] ? found : undefined;
};
