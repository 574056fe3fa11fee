"""Coupons: what each offer cost and brought, whether its customers come back, and who would have bought anyway."""

from __future__ import annotations

from collections import defaultdict

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Analysis, Found
from masarat.analyse.coupon_words import WORDS
from masarat.analyse.frame import Frame
from masarat.analyse.margins import UNKNOWN, share_unknown
from masarat.analyse.redeeming import BEFORE_SORTING, WITHOUT_CODE, redeeming, redeeming_values
from masarat.models.alike import Alike, alike
from masarat.models.lifts import ratio
from masarat.models.proportions import CHANCE, discoveries
from masarat.store import Query, Row

DRAWN = 12


class Coupons(Analysis):
    """What each coupon and offer cost and brought: orders, customers, discount, margin after it, new customers; whether those who used it come back; and how many would have bought anyway.

    For whoever decides which offers to repeat. Codes are the same in capitals and small letters; what was taken off without a code (a
    wholesale price, an automatic offer) stands as one offer of its own. Orders of the period count, also those that an offer made free;
    discount and revenue are as the order was placed, before returns. The margin is revenue minus the cost of goods, as in `cohorts`, where that is known of
    at least half of the revenue. New customers are those whose first ever order it was. `segment` speaks of the orders.

    Later repurchase: of those who used the offer and have been followed for `age` days since, the share that ordered again within these days,
    against orders without any offer that are alike: of the same month, by customers at the same point of their history (first, second, third to
    fifth, later order), by the same channel, of a value before discount of the same doubling (50 to 100, 100 to 200, …). Each customer counts
    once a month and offer. The others are weighted as the offer's own customers are (direct standardisation); the interval (95 %) is of the
    difference, and false discoveries are kept at 5 % over all offers (Benjamini and Hochberg). Nothing is told of fewer than thirty on
    either side. This is a comparison and no experiment: who uses a coupon may differ in what nobody recorded. Only a part left without the offer by chance would
    tell its effect.

    Bought anyway: customers with at least two earlier orders have a rhythm, the average gap between them. An order comes when it was due if it comes from
    three quarters of that gap to twice it. If an offer brings orders that would not have been, some of them come at other times: too early, or from
    customers long gone. So the part of the offer's orders that were due, divided by that part of orders without an offer, is an estimate of the
    share that would have been made anyway, and a high one: an order that the offer brought just when one was due passes for one that would have been made. Its interval is
    Katz's on the logarithm. It speaks of customers with a rhythm only (`rhythms`, at least thirty on either side), and does not know of larger baskets.
    """

    age: int = Field(90, ge=1, le=730, description="Days after the order within which a later one counts as coming back.")  # fmt: skip
    limit: int = Field(50, ge=1, le=1000, description="How many offers to list, those with most orders.")

    view = "ranking"
    columns = (
        Column("offer", "text"),
        Column("orders", "count"),
        Column("customers", "count"),
        Column("new_share", "percent"),
        Column("discount", "money"),
        Column("discount_rate", "percent"),
        Column("revenue", "money"),
        Column("margin", "money"),
        Column("margin_rate", "percent"),
        Column("back", "percent"),
        Column("like_back", "percent"),
        Column("difference", "percent"),
        Column("low", "percent"),
        Column("high", "percent"),
        Column("verdict", "text"),
        Column("compared", "count"),
        Column("anyway", "percent"),
        Column("anyway_low", "percent"),
        Column("anyway_high", "percent"),
        Column("rhythms", "count"),
        Column("first_day", "date"),
        Column("last_day", "date"),
    )
    numbers = (
        Column("coupon_orders", "count"),
        Column("coupon_share", "percent"),
        Column("customers", "count"),
        Column("new_share", "percent"),
        Column("discount", "money"),
        Column("discount_rate", "percent"),
        Column("revenue", "money"),
        Column("margin", "money"),
        Column("unknown_share", "percent"),
    )
    picture = (Column("offer", "text"), Column("discount", "money"), Column("revenue", "money"))
    words = WORDS

    def query(self, frame: Frame) -> Query:
        return Query(
            steps=redeeming(frame),
            values=redeeming_values(frame, self.age, self.limit),
            rows="offers",
            totals="totals",
            picture="strata",
            settings=BEFORE_SORTING,
        )

    def interpret(self, found: Found) -> Found:
        """What came of each offer, held against like orders without one."""
        found.rows, found.totals = _told(found, self.limit, found.rows, found.totals, found.picture)
        found.picture = found.rows[:DRAWN]
        if found.before:
            found.before_rows, found.before = _told(
                found, self.limit, found.before_rows, found.before, found.before_picture
            )
            found.before_picture = []
        return found

    def explain(self, found: Found) -> str:
        totals, text = found.totals, found.speaker.text
        if not totals["coupon_orders"]:
            return found.say("none", orders=totals["orders"])
        dearest = max(found.rows, key=lambda row: row["discount"])
        pieces = [
            found.say(
                "sentence",
                orders=totals["coupon_orders"],
                share=found.percent("coupon_share"),
                discount=found.money("discount"),
                rate=found.percent("discount_rate"),
            )
        ]
        if len(found.rows) > 1:
            kind = "none" if dearest["margin"] is None else "known"
            pieces.append(
                found.say(
                    "dearest",
                    offer=text(dearest["offer"]),
                    discount=found.money("discount", dearest),
                    revenue=found.money("revenue", dearest),
                    margin=found.money("margin", dearest),
                    known=kind,
                )
            )
        for key, sign in (("less", -1), ("more", 1)):
            told = [row for row in found.rows if row["judged"] == key]
            if told:
                row = max(told, key=lambda row: sign * row["difference"])
                pieces.append(
                    found.say(
                        f"back-{key}",
                        offer=text(row["offer"]),
                        back=found.percent("back", row),
                        like=found.percent("like_back", row),
                        age=self.age,
                    )
                )
        known = [row for row in found.rows if row["anyway"] is not None]
        if known:
            row = min(known, key=lambda row: (row["anyway_high"] >= 1, -row["rhythms"]))
            pieces.append(
                found.say(
                    "anyway-some" if row["anyway_high"] < 1 else "anyway-all",
                    offer=text(row["offer"]),
                    anyway=found.percent("anyway", row),
                    low=found.percent("anyway_low", row),
                    high=found.percent("anyway_high", row),
                )
            )
        return " ".join(pieces)

    def notes(self, found: Found) -> list[str]:
        totals = found.totals
        notes: list[str] = []
        if not totals["coupon_orders"]:
            return notes
        if any(row["back"] is not None for row in found.rows):
            notes.append(found.say("note-comparison"))
        else:
            notes.append(found.say("note-no-comparison", age=self.age))
        if totals["unknown_share"]:
            key = "note-no-margin" if totals["unknown_share"] > UNKNOWN else "note-unknown"
            notes.append(found.say(key, share=found.percent("unknown_share")))
        if totals["offers"] > self.limit:
            notes.append(found.say("note-more", n=totals["offers"], limit=self.limit))
        return notes


def _told(
    found: Found, limit: int, offers: list[Row], totals: Row, strata: list[Row]
) -> tuple[list[Row], Row]:
    without = next((row for row in offers if not row["offer"]), None)
    given = [row for row in offers if row["offer"]][:limit]
    groups: dict[str, list[tuple[int, int, int, int]]] = defaultdict(list)
    for row in strata:
        groups[row["offer"]].append((row["members"], row["back"], row["others"], row["others_back"]))
    compared = [alike(groups[row["offer"]]) for row in given]
    tested = [place for place, one in enumerate(compared) if one]
    chances = discoveries([one.chance for one in compared if one])
    sure = {place for place, chance in zip(tested, chances, strict=True) if chance <= CHANCE}
    rows = [
        _row(found, row, one, without, is_sure=place in sure)
        for place, (row, one) in enumerate(zip(given, compared, strict=True))
    ]
    together = totals | _money(totals)
    together["coupon_share"] = totals["coupon_orders"] / totals["orders"] if totals["orders"] else None
    together["new_share"] = (
        totals["new_customers"] / totals["coupon_orders"] if totals["coupon_orders"] else None
    )
    return rows, together


def _money(row: Row) -> Row:
    """What of an offer's money is known and how much was taken off."""
    unknown = share_unknown(row["known"], row["revenue"])
    margin = None if unknown > UNKNOWN else row["margin"]
    return {
        "margin": margin,
        "margin_rate": margin / row["known"] if margin is not None and row["known"] > 0 else None,
        "unknown_share": unknown if row["revenue"] > 0 else None,
        "discount_rate": row["discount"] / row["listed"] if row["listed"] > 0 else None,
    }


def _row(found: Found, row: Row, one: Alike | None, without: Row | None, *, is_sure: bool) -> Row:
    judged = "few" if one is None else "same" if not is_sure else "more" if one.difference > 0 else "less"
    anyway, low, high = _anyway(row, without)
    return row | _money(row) | {
        "offer": found.say("without-code") if row["offer"] == WITHOUT_CODE else row["offer"],
        "new_share": row["new_customers"] / row["orders"],
        "back": one.share if one else None,
        "like_back": one.like_share if one else None,
        "difference": one.difference if one else None,
        "low": max(one.low, -1.0) if one else None,
        "high": min(one.high, 1.0) if one else None,
        "compared": one.count if one else 0,
        "judged": judged,
        "verdict": found.say(f"verdict-{judged}"),
        "anyway": anyway,
        "anyway_low": low,
        "anyway_high": high,
    }  # fmt: skip


def _anyway(row: Row, without: Row | None) -> tuple[float | None, float | None, float | None]:
    """The share of orders by customers with a rhythm that would have been made anyway, with its interval."""
    if without is None or min(row["rhythms"], without["rhythms"]) < SMALL_SAMPLE or not without["due"]:
        return None, None, None
    share, low, high = ratio(row["due"], row["rhythms"], without["due"], without["rhythms"])
    return min(share, 1.0), min(low, 1.0), min(high, 1.0)


Coupons.example = Coupons(limit=20)
