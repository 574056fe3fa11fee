import MatomoTracker from "matomo-tracker";
import { HOST, ORDER, ORDER_AT } from "./told.mjs";

const matomo = new MatomoTracker(1, `${HOST}/matomo.php`);
matomo.on("error", (error) => { throw new Error(error); });
const who = { _id: "0123456789abcdef", uid: "17", url: "https://shop.example/", ua: "Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36" };
const rows = ORDER.products.map((one) => [one.product_id, one.name, one.category, one.price, one.quantity]);
matomo.track({ ...who, url: "https://shop.example/?mtm_source=snap", action_name: "الرئيسية" });
await new Promise((done) => matomo.trackBulk([
  { ...who, e_c: "Videos", e_a: "Play", e_n: "كيف تُحمَّص القهوة" },
  { ...who, search: "قهوة" },
  { ...who, idgoal: 0, ec_id: ORDER.order_id, revenue: 307.5, ec_st: 240, ec_tx: ORDER.tax, ec_sh: ORDER.shipping, ec_dt: ORDER.discount,
    ec_items: JSON.stringify(rows), currency: "SAR", gift_note: ORDER.gift_note, cdt: Math.round(Date.parse(ORDER_AT) / 1000) },
], done));
