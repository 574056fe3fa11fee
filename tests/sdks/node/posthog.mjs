import { PostHog } from "posthog-node";
import { HOST, KEY, ORDER, ORDER_AT, ORDER_ID } from "./told.mjs";

const posthog = new PostHog(KEY, { host: HOST });
posthog.on("error", (error) => { throw error; });
posthog.identify({ distinctId: "17", properties: { name: "نورة" } });
posthog.capture({ distinctId: "17", event: "Order Completed", properties: ORDER, timestamp: ORDER_AT, uuid: ORDER_ID });
posthog.capture({ distinctId: "17", event: "$pageview", properties: { $current_url: "https://shop.example/" } });
posthog.alias({ distinctId: "17", alias: "a-1" });
posthog.groupIdentify({ groupType: "company", groupKey: "9", properties: { name: "شركة النخيل" } });
await posthog.shutdown();
