import { Analytics } from "@segment/analytics-node";
import { HOST, KEY, ORDER, ORDER_AT, ORDER_ID } from "./told.mjs";

const analytics = new Analytics({ writeKey: KEY, host: HOST });
analytics.on("error", (error) => { throw error.reason ?? error; });
analytics.identify({ userId: "17", anonymousId: "a-1", traits: { name: "نورة" } });
analytics.track({ userId: "17", event: "Order Completed", properties: ORDER, timestamp: ORDER_AT, messageId: ORDER_ID });
analytics.page({ anonymousId: "a-1", name: "Home", properties: { url: "https://shop.example/" } });
analytics.group({ userId: "17", groupId: "company-9", traits: { name: "شركة النخيل" } });
analytics.alias({ userId: "17", previousId: "a-1" });
await analytics.closeAndFlush();
