import type { Client } from "../types";
import { clicks } from "./clicks";
import { errors } from "./errors";
import { forms } from "./forms";
import { frustration } from "./frustration";
import { search } from "./search";
import { video } from "./video";

/** What visitors do on a page: asked for at once, and there a moment later than the page view. */
export const start = (client: Client): void => {
  const parts = { search, clicks, forms, video, frustration, errors };
  for (const [name, part] of Object.entries(parts)) {
    if (!client.options.off?.includes(name as keyof typeof parts)) part(client);
  }
};
