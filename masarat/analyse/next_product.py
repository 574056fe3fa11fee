"""Next product: which products to offer beside which, and what each customer may buy next, with the reason."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.frame import Frame
from masarat.analyse.goods import goods
from masarat.analyse.next_offers import Offer, Purchases
from masarat.analyse.next_words import WORDS
from masarat.analyse.people import SOLD, WHO, once, who
from masarat.analyse.period import Compare
from masarat.store import Query, Row

By = Literal["product", "customer"]
Kind = Literal["all", "usual", "cross", "up"]

DRAWN = 12  # bars that a picture holds
MOST = 5_000  # products that are learnt from, those with most buyers
ORDERS = 500_000  # of so many orders customers are sampled
HELD = 90  # days at most that the way is chosen by, and a quarter of the period

KNOWN = """
SELECT product, buyers, name, category, price, cost, stock, is_counted FROM goods WHERE buyers > 0
ORDER BY buyers DESC, product LIMIT {most:UInt32}"""

NUMBERED = """
SELECT arrayConcat([''], arrayMap(one -> one.2, arraySort(groupArray((-toInt64(buyers), product))))) AS products, range(length(products)) AS numbers
FROM known"""

# Who bought what: on how many days, the first and the last, the same before the last weeks; and whether it came back.
BOUGHT = """
SELECT (SELECT (products, numbers) FROM numbered) AS listed_products, customer_id, transform(item, listed_products.1, listed_products.2, 0) AS number,
       uniqExactIf(day, is_order) AS days, minIf(day, is_order) AS first, maxIf(day, is_order) AS last,
       uniqExactIf(day, is_order AND day < {{cut:Date}}) AS days_before, maxIf(day, is_order AND day < {{cut:Date}}) AS last_before,
       countIf(refund > 0) AS back, argMaxIf(town, (ts, event_id), town != '') AS city
FROM sales ARRAY JOIN product_ids AS item
WHERE customer_id != 0 AND item != '' AND {some}
GROUP BY customer_id, number HAVING number > 0"""

PACKED = """
SELECT tupleElement(every, 1) AS who, tupleElement(every, 2) AS what, tupleElement(every, 3) AS days, tupleElement(every, 4) AS first,
       tupleElement(every, 5) AS last, tupleElement(every, 6) AS days_before, tupleElement(every, 7) AS last_before,
       tupleElement(every, 8) AS back, tupleElement(every, 9) AS city
FROM (
    SELECT arraySort(groupArray((customer_id, toUInt32(number), days, toUInt32(first), toUInt32(last), days_before, toUInt32(last_before), back,
        toString(city)))) AS every
    FROM bought
)"""

BUYERS = """
SELECT customer_id, max(ts) AS seen FROM sales WHERE customer_id != 0 AND is_order{only} GROUP BY customer_id"""


class NextProduct(Analysis):
    """Which products to offer beside which, and what each customer may buy next, each with its reason.

    For product pages, e-mails and whoever sells. `by=product` lists of each product those that its buyers bought too: how many bought both, and
    how many times as often as by chance; only what is more than chance (Fisher's exact test, false discoveries held at 5 %, Benjamini and
    Hochberg 1995) and what at least five customers bought, the nearest first. Near is the cosine of purchases, weighted by how often and how
    lately (half after 180 days), shrunk where few bought both.

    `by=customer` lists offers for the customers who ordered last, or for one `customer`. *Usual basket*: what they bought on three days or more
    and what is due by their own rhythm within two weeks, or overdue by less than three rhythms. *Cross-sell*: what goes with what they have, by
    the way that foresaw the newly bought products of the last quarter of the period (at most 90 days) best: item to item, a linear model
    (EASEʳ, Steck 2019; up to 4,000 products) or what is popular; the answer says which, and how much of what was newly bought stood among ten offers
    (recall). *Up-sell*: what most bought of the same category at 1.1 to 2 times the price. Who has nothing to go by is offered what is popular
    in their city, then everywhere.

    Never offered: what they have (other than in the usual basket), what they gave back, what is out of stock by its last count, what leaves
    less than `margin` of its price where the cost is known. The 5,000 products with most buyers are learnt from, and in large shops a part of
    the customers, by chance; a note says so. A segment says both who is listed and from whom is learnt. An offer is no
    permission: before you write to anybody, their consent counts.
    """

    compare: Compare = Field("none", description="Nothing is compared.")
    by: By = Field("product", description="Offers beside each product, or for each customer.")
    customer: str = Field("", description="Only this customer, by any identifier; implies by=customer.")
    kind: Kind = Field(
        "all", description="Which offers for customers: all, usual basket, cross-sell, up-sell."
    )
    each: int = Field(3, ge=1, le=10, description="Offers of a kind for each product or customer.")
    margin: float = Field(
        0.1, ge=0, lt=1, description="Products with less margin than this share are not offered."
    )
    limit: int = Field(50, ge=1, le=10_000, description="How many products or customers to list.")

    view = "ranking"
    columns = (
        Column("customer", "text"),
        Column("name", "text"),
        Column("product", "text"),
        Column("offer", "text"),
        Column("kind", "text"),
        Column("why", "text"),
        Column("price", "money"),
        Column("due", "date"),
        Column("both", "count"),
        Column("lift", "number"),
        Column("share", "percent"),
    )
    numbers = (
        Column("customers", "count"),
        Column("products", "count"),
        Column("recall", "percent"),
        Column("recall_popular", "percent"),
    )
    picture = (Column("pair", "text"), Column("both", "count"))
    words = WORDS

    def kept(self, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        without = {"product", "share"} if self._of_people else {"customer", "name", "kind", "due"}
        return tuple(column for column in columns if column.name not in without)

    @property
    def _of_people(self) -> bool:
        return self.by == "customer" or bool(self.customer)

    def query(self, frame: Frame) -> Query:
        one_in = max(1, frame.facts.counts.get("Order Completed", 0) // ORDERS)
        wanted = "xxHash64({one:String})"
        only = f" AND customer_id = dictGetOrDefault('identity_known', 'owner', {wanted}, {wanted})"
        people = {
            "newest": "SELECT customer_id, -toInt64(toUnixTimestamp64Milli(seen)) AS place FROM buyers ORDER BY place, customer_id LIMIT {limit:UInt32}",
            "listed": once("newest", "place", "customer_id"),
            **who("listed"),
            "by_name": f"SELECT customer_id AS id, customer, name FROM listed {WHO} ORDER BY place, id",
        }
        some = "cityHash64(customer_id) % {one_in:UInt32} = 0"
        if self._of_people and one_in > 1:
            some = f"({some} OR customer_id IN (SELECT customer_id FROM listed))"
        return Query(
            steps={
                "sales": frame.sales(more={"town": "city"}),
                "sold": SOLD,
                **goods(frame),
                "known": KNOWN,
                "numbered": NUMBERED,
                "buyers": BUYERS.format(only=only if self.customer else ""),
                **(people if self._of_people else {}),
                "bought": BOUGHT.format(some=some),
                "packed": PACKED,
                "totals": "SELECT * FROM packed CROSS JOIN sold",
            },
            values=frame.values
            | {
                "most": MOST,
                "cut": self._cut(frame),
                "one_in": one_in,
                "limit": self.limit,
                "one": self.customer,
            },
            rows="by_name" if self._of_people else "known",
            totals="totals",
            picture="known" if self._of_people else "",
            customers="buyers",
        )

    def _cut(self, frame: Frame):  # type: ignore[no-untyped-def]
        """The first of the days that the way is chosen by."""
        days = (frame.period.last - frame.period.first).days
        return frame.period.last - timedelta(days=min(HELD, days // 4))

    def interpret(self, found: Found) -> Found:
        known = found.picture if self._of_people else found.rows
        totals, frame = found.totals, found.frame
        packed = {
            name: totals.pop(name)
            for name in ("who", "what", "days", "first", "last", "days_before", "last_before", "back", "city")
        }
        people, found.rows, found.picture = found.rows, [], []
        totals |= {
            "customers": 0,
            "products": len(known),
            "recall": None,
            "recall_popular": None,
            "used": "none",
            "offers": 0,
        }
        if not packed["who"] or not known:
            return found
        bought = Purchases(packed, known, frame.period.last, self._cut(frame), self.margin)
        totals["customers"] = bought.shape[0]
        said = bought.judged()
        totals |= {
            "used": said.used,
            "recall": said.recalls.get(said.used),
            "recall_popular": said.recalls.get("popular"),
            "judged": said.customers,
        }
        if self._of_people:
            self._for_customers(found, bought, people, said.used)
        else:
            self._for_products(found, bought, known)
        return found

    def _for_products(self, found: Found, bought: Purchases, known: list[Row]) -> None:
        speak = found.speaker
        drawn: list[tuple[tuple[int, int], Row]] = []
        for one, other, both, lift, _ in bought.beside(self.each):
            if one >= self.limit:
                continue
            names = known[one]["name"], known[other]["name"]
            times = speak.number(round(lift, 1))
            why = found.say("why-beside", both=both, lift=times)
            share = both / float(bought.buyers[one])
            found.rows.append(
                {
                    "product": names[0],
                    "offer": names[1],
                    "why": why,
                    "price": known[other]["price"],
                    "both": both,
                    "lift": lift,
                    "share": share,
                }
            )
            drawn.append(((min(one, other), max(one, other)), {"pair": " + ".join(names), "both": both}))
        once_each: dict[tuple[int, int], Row] = dict(reversed(drawn))
        found.picture = sorted(once_each.values(), key=lambda row: (-row["both"], row["pair"]))[:DRAWN]

    def _for_customers(self, found: Found, bought: Purchases, people: list[Row], used: str) -> None:
        rows = {bought.places[row["id"]]: row for row in people if row["id"] in bought.places}
        kinds = ("usual", "cross", "up") if self.kind == "all" else (self.kind,)
        counts: dict[str, int] = {}
        for offer in bought.offers(list(rows), used, self.each, kinds):
            known = bought.goods[offer.product]
            counts[known["name"]] = counts.get(known["name"], 0) + 1
            found.rows.append(
                {
                    "customer": rows[offer.customer]["customer"],
                    "name": rows[offer.customer]["name"],
                    "offer": known["name"],
                    "kind": found.say(f"kind-{offer.kind}"),
                    "why": self._why(found, bought, offer),
                    "price": known["price"],
                    "due": offer.due,
                    "both": offer.both or None,
                    "lift": offer.lift or None,
                }
            )
        if self.kind == "all":
            offered = {row["customer"] for row in found.rows}
            left = [row for row in rows.values() if row["customer"] not in offered]
            empty = dict.fromkeys(("price", "due", "both", "lift"))
            nothing = {"offer": "", "kind": "", "why": found.say("why-nothing")}
            found.rows += [
                {"customer": row["customer"], "name": row["name"], **nothing, **empty} for row in left
            ]
        found.totals |= {"listed": len(rows), "offers": sum(counts.values())}
        ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:DRAWN]
        found.picture = [{"pair": name, "both": count} for name, count in ranked]

    def _why(self, found: Found, bought: Purchases, offer: Offer) -> str:
        speak = found.speaker
        because = speak.text(bought.goods[offer.because]["name"]) if offer.because >= 0 else ""
        lift = speak.number(round(offer.lift, 1))
        city = speak.text(bought.city.get(offer.customer, ""))
        due = speak.day(offer.due) if offer.due else ""
        return found.say(
            f"why-{offer.kind}",
            because=because,
            both=offer.both,
            lift=lift,
            city=city,
            due=due,
            times=offer.times,
        )

    def explain(self, found: Found) -> str:
        totals, speak = found.totals, found.speaker
        if not found.picture:
            return found.say("none", customers=totals["customers"], products=totals["products"])
        first = found.rows[0]
        if self._of_people:
            return found.say(
                "for-customers",
                n=totals["listed"],
                offers=totals["offers"],
                offer=speak.text(found.picture[0]["pair"]),
            )
        best = max(found.rows, key=lambda row: (row["both"], row["lift"], row["product"]), default=first)
        return found.say(
            "beside",
            product=speak.text(best["product"]),
            offer=speak.text(best["offer"]),
            both=best["both"],
            lift=speak.number(round(best["lift"], 1)),
        )

    def notes(self, found: Found) -> list[str]:
        totals, notes = found.totals, []
        if totals["recall"] is not None:
            told = {"recall": found.percent("recall"), "popular": found.percent("recall_popular")}
            notes.append(found.say("note-judged", used=totals["used"], n=totals["judged"], **told))
        elif found.rows:
            notes.append(found.say("note-unjudged"))
        if found.frame.facts.counts.get("Order Completed", 0) >= 2 * ORDERS:
            notes.append(found.say("note-part", n=totals["customers"]))
        if totals["products"] == MOST:
            notes.append(found.say("note-many", n=MOST))
        return notes


NextProduct.example = NextProduct(by="customer", limit=20)
