import { Umami } from "@umami/node";
import { HOST, KEY, PURCHASE } from "./told.mjs";

const umami = new Umami({ websiteId: KEY, hostUrl: HOST });
const heard = async (reply) => { if (!(await reply).ok) throw new Error((await reply).status); };
await heard(umami.track({ hostname: "shop.example", url: "/?utm_source=snap", title: "الرئيسية", language: "ar-SA" }));
await heard(umami.track("purchase", { ...PURCHASE, revenue: PURCHASE.value }));
await heard(umami.identify({ tier: "ذهبي" }));
