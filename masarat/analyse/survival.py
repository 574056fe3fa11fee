"""How long customers stay, from their first order to their last, and where they stay longer."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Literal

import numpy as np
from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Analysis, Found
from masarat.analyse.frame import Frame
from masarat.analyse.habits import until
from masarat.analyse.period import Compare
from masarat.analyse.survival_words import WORDS
from masarat.models.proportions import CHANCE, discoveries
from masarat.models.survival import Curve, Lives, kaplan_meier, lives, log_rank
from masarat.store import Query, Row

EPOCH = date(1970, 1, 1)
By = Literal["all", "channel", "city", "campaign", "cohort", "product"]

# What tells a customer's part: of their first order.
PARTS: dict[By, str] = {
    "all": "''",
    "channel": "channel",
    "city": "city",
    "campaign": "utm_campaign",
    "cohort": "toString(toStartOfQuarter(toDate(ts, {timezone:String})))",
    "product": "product_names[1]",
}
MOST = 12  # parts, the largest; the rest together
MARKS = (30, 90, 180, 365)  # days, in the table
MONTH, MONTHS = 30, 12  # in the picture
SHORTEST, LONGEST = 14, 365  # days of silence that can mean to have left
OWN = 5  # gaps, from which on a customer's own rhythm tells
NEVER = 65_535  # gaps: nobody's own rhythm counts where days are asked for
TIMES = 3  # so many of one's own mean gaps silent: left
RENEWING, RENEWERS = 0.6, 20  # share of at least so many customers whose gaps are equal: renewals

# One row a customer: on which days they ordered, and where they began.
CUSTOMERS = """
SELECT customer_id, arraySort(groupUniqArray(toInt32(day))) AS days, argMin(part, (ts, event_id)) AS part,
       arrayMap((one, next) -> next - one, arrayPopBack(days), arrayPopFront(days)) AS gaps
FROM sales WHERE is_order AND customer_id != 0 GROUP BY customer_id"""

SILENCE = """
SELECT toInt32(if({days:Int32} > 0, {days:Int32}, least(greatest(usual, {shortest:Int32}), {longest:Int32}))) AS silence
FROM (SELECT quantileExact(0.95)(gap) AS usual FROM customers ARRAY JOIN gaps AS gap)"""

# Whether a customer is still there on a day is told by the silence after it: each is followed up to the last day of which that is known; who came
# later lasts -1. Equal gaps (to a tenth, or two days) are renewals rather than purchases.
LIVED = """
SELECT customer_id, part, (SELECT silence FROM shop) AS shops, shops AS silence, if(length(gaps) >= {own:UInt16}, least(greatest({times:UInt8} * arrayAvg(gaps), {shortest:Int32}), shops), shops) AS bearable,
       toInt32({until:Int32} - bearable) AS told_until, days[-1] < told_until AS left,
       if(days[1] > {until:Int32} - shops, -1, least(days[-1], told_until) - days[1]) AS lasted,
       length(gaps) >= 3 AS is_told, is_told AND arrayMax(gaps) - arrayMin(gaps) <= greatest(2, arrayAvg(gaps) / 10) AS is_renewing,
       arrayAvg(gaps) AS mean_gap
FROM customers WHERE days[1] >= {first_day:Int32}"""

GROUPED = """
SELECT if(place <= {parts:UInt16}, part, '') AS part, place > {parts:UInt16} AS rest, lasted, left, sum(customers) AS customers,
       sum(told) AS told, sum(renews) AS renews, sum(renewed) AS renewed, any(silence) AS silence
FROM (
    SELECT *, dense_rank() OVER (ORDER BY size DESC, part) AS place
    FROM (
        SELECT part, lasted, left, count() AS customers, sum(is_told) AS told, sum(is_renewing) AS renews, any(silence) AS silence,
               sumIf(toInt64(round(mean_gap)), is_renewing) AS renewed, sum(count()) OVER (PARTITION BY part) AS size
        FROM lived GROUP BY part, lasted, left
    )
)
GROUP BY part, rest, lasted, left ORDER BY rest, part, lasted, left"""


class Survival(Analysis):
    """How long customers stay: which share is still a customer after so many days from the first order, and where they stay longer.

    For whoever decides where to win customers, and when to speak to new ones. Of identified customers whose first order is in the period, each is
    followed from the first order up to the last one, where they have left. Left has who has been silent for longer than `days`, or by the shop's own rhythm: longer than 95 %
    of the gaps between days with orders, at least 14 days and at most 365; who has five gaps or more already after three of their own mean
    gaps. So only after such a silence is it known whether somebody was still there on a day: who has not left is followed up to the last such day
    (censored: nobody knows yet how long they will stay), and who first ordered later is too new to be judged and left out. Who bought on one day
    and never came back has left after 0 days.

    The curve is Kaplan and Meier's (1958), its intervals Greenwood's on the scale of log(−log), 95 %. The median is when half have left,
    with Brookmeyer and Crowley's interval; it is empty where more than half are still there. Parts are of the first order: channel, city,
    campaign, quarter or first product, the twelve largest, the rest together. Whether they differ tells the log-rank test; each against all
    others is tested with false discoveries kept at 5 % (Benjamini and Hochberg 1995).

    Where most customers who have three gaps or more order at equal gaps (to a tenth, or two days), these are renewals, as of a subscription: then a
    missed renewal is leaving, and shall be read so. Where not, nobody tells when they leave, and leaving is a judgement from silence: with other `days`
    the curve is another. Parts differ in more than their name; a test shows that they do, not why.
    """

    compare: Compare = Field("none", description="Nothing is compared.")
    by: By = Field(
        "all", description="Split by what the first order was: channel, city, campaign, cohort, product."
    )
    days: int = Field(
        0, ge=0, le=1000, description="Days of silence that mean to have left; 0: by the rhythm."
    )

    view = "grid"
    columns = (
        Column("part", "text"),
        Column("customers", "count"),
        Column("gone", "count"),
        Column("once", "percent"),
        *(Column(f"after_{days}", "percent") for days in MARKS),
        Column("median", "days"),
        Column("median_low", "days"),
        Column("median_high", "days"),
        Column("chance", "number"),
    )
    numbers = (
        Column("customers", "count"),
        Column("too_new", "count"),
        Column("once", "percent"),
        *(Column(f"after_{days}", "percent") for days in MARKS[1:]),
        Column("median", "days"),
        Column("silence", "days"),
        Column("renewing", "percent"),
    )
    picture = (
        Column("line", "text"),
        Column("nth", "count"),
        Column("share", "percent"),
        Column("there", "count"),
    )
    sample = "known"
    words = WORDS

    def query(self, frame: Frame) -> Query:
        after = (until(frame) - EPOCH).days
        return Query(
            steps={
                "sales": frame.sales(history=True, more={"part": PARTS[self.by]}),
                "customers": CUSTOMERS,
                "shop": SILENCE,
                "lived": LIVED,
                "grouped": GROUPED,
            },
            values=frame.values
            | {
                "days": self.days, "shortest": SHORTEST, "longest": LONGEST, "own": NEVER if self.days else OWN, "times": TIMES,
                "until": after, "first_day": (frame.period.first - EPOCH).days, "parts": MOST,
            },
            rows="grouped",
        )  # fmt: skip

    def interpret(self, found: Found) -> Found:
        given, rows = found.rows, [row for row in found.rows if row["lasted"] >= 0]
        parts: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            parts[self._title(found, row)].append(row)
        groups = {name: _lives(its) for name, its in parts.items()}
        everybody = _lives(rows)
        curves = {name: kaplan_meier(group) for name, group in groups.items()}
        whole = kaplan_meier(everybody)
        chances = _against(parts, groups)
        found.rows = [
            {"part": name, "chance": chances.get(name), **_figures(groups[name], curves[name])}
            for name in sorted(groups, key=lambda name: (-groups[name].size, name))
        ]
        told, renews = (int(sum(row[name] for row in given)) for name in ("told", "renews"))
        found.totals = _figures(everybody, whole) | {
            "known": sum(row["customers"] for row in given),
            "too_new": sum(row["customers"] for row in given if row["lasted"] < 0),
            "silence": int(given[0]["silence"]) if given else None,
            "renewing": renews / told if told >= RENEWERS else None,
            "renewal": round(sum(row["renewed"] for row in given) / renews) if renews else 0,
            "test": log_rank(list(groups.values())),
        }
        found.picture = _drawn(found.say("everybody"), everybody, whole)
        if self.by != "all":
            for row in found.rows:
                found.picture += _drawn(row["part"], groups[row["part"]], curves[row["part"]])
        return found

    def _title(self, found: Found, row: Row) -> str:
        if self.by == "all":
            return found.say("everybody")
        if row["rest"]:
            return found.say("the-others")
        if self.by == "cohort":
            return found.speaker.month(date.fromisoformat(row["part"]))
        return found.speaker.text(row["part"]) if row["part"] else found.say("unknown")

    def explain(self, found: Found) -> str:
        totals = found.totals
        if not totals["customers"]:
            return found.say("too-early", n=totals["silence"])
        sentence = found.say(
            "sentence",
            customers=totals["customers"],
            once=found.percent("once"),
            stay=found.percent("after_180") if totals["after_180"] is not None else "none",
        )
        if self.by == "all":
            return sentence
        sure = [row for row in found.rows if row["chance"] is not None and row["chance"] <= CHANCE]
        if not sure:
            return f"{sentence} {found.say('alike', by=self.by)}"
        ranked = sorted(sure, key=lambda row: row["once"])
        return " ".join(
            [
                sentence,
                found.say(
                    "differ" if len(ranked) > 1 else "differs",
                    best=ranked[0]["part"],
                    worst=ranked[-1]["part"],
                    least=found.percent("once", ranked[0]),
                    most=found.percent("once", ranked[-1]),
                ),
            ]
        )

    def notes(self, found: Found) -> list[str]:
        totals, notes = found.totals, []
        if 0 < totals["customers"] < SMALL_SAMPLE:
            notes.append(found.say("note-few", n=totals["customers"]))
        if totals["renewing"] is None:
            notes.append(found.say("note-untold", n=RENEWERS))
        elif totals["renewing"] >= RENEWING:
            notes.append(found.say("note-renewing", share=found.percent("renewing"), gap=totals["renewal"]))
        else:
            notes.append(found.say("note-silence", share=found.percent("renewing"), n=totals["silence"]))
        return notes


def _lives(rows: list[Row]) -> Lives:
    return lives(*([row[name] for row in rows] for name in ("lasted", "left", "customers")))


def _figures(group: Lives, curve: Curve) -> Row:
    """The figures of a part; shares only where somebody was followed so long."""
    longest = float(group.times[-1]) if len(group.times) else 0.0
    low, high = curve.median_between
    return {
        "customers": int(group.size),
        "gone": int(group.left.sum()),
        "once": 1 - curve.share(0) if group.size else None,
        **{f"after_{days}": curve.share(days) if longest >= days else None for days in MARKS},
        "median": curve.median,
        "median_low": low,
        "median_high": high,
    }


def _drawn(line: str, group: Lives, curve: Curve) -> list[Row]:
    longest = float(group.times[-1]) if len(group.times) else 0.0
    risk = np.append(group.at_risk, 0.0)
    return [
        {
            "line": line,
            "nth": nth,
            "share": curve.share(nth * MONTH),
            "there": int(risk[int(np.searchsorted(group.times, nth * MONTH))]),
        }
        for nth in range(min(MONTHS, int(longest // MONTH)) + 1)
    ]


def _against(parts: dict[str, list[Row]], groups: dict[str, Lives]) -> dict[str, float]:
    """How often chance alone lets each part differ so from all others, among all that were tested."""
    chances = {}
    for name, group in groups.items():
        others = [row for other, its in parts.items() if other != name for row in its]
        if (
            group.size >= SMALL_SAMPLE
            and others
            and (chance := log_rank([group, _lives(others)])) is not None
        ):
            chances[name] = chance
    return dict(zip(chances, discoveries(list(chances.values())), strict=True))


Survival.example = Survival(by="channel")
