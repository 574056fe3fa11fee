import { label, meant } from "./labels";
import { address } from "../scrub";
import type { Client } from "../types";

const FILE = /\.(pdf|docx?|xlsx?|pptx?|csv|txt|zip|rar|7z|gz|apk|dmg|exe|mp3|mp4|epub|ics)$/i;

/** Clicks on what can be clicked: within the site, out of it, and on files. One click is one move. */
export const clicks = (client: Client): void => {
  const clicked = (event: Event): void => {
    const element = meant(event);
    if (!element || (event as MouseEvent).button > 1) return;
    const name = label(element);
    const href = element.closest("a,area")?.getAttribute("href");
    let url: URL | undefined;
    try {
      if (href) url = new URL(href, document.baseURI);
    } catch {
      // no address: an element like any other
    }
    const web = url && /^http/.test(url.protocol);
    if (web && (element.hasAttribute("download") || FILE.test(url!.pathname))) {
      client.track("File Downloaded", { label: name, href: address(url!.href), extension: FILE.exec(url!.pathname)?.[1] });
    } else if (url && /^(tel|sms|mailto|whatsapp):/.test(url.protocol)) {
      client.track("Link Clicked", { label: name, kind: url.protocol.slice(0, -1) });
    } else if (web && url!.host !== location.host) {
      client.track("Link Clicked", { label: name, kind: "outbound", href: address(url!.href) });
    } else {
      client.track("Element Clicked", {
        label: name,
        element: element.getAttribute("role") ?? element.localName,
        ...(web && { href: address(url!.href) }),
      });
    }
  };
  document.addEventListener("click", clicked, true);
  document.addEventListener("auxclick", clicked, true);
};
