"""Cohorts: what customers who joined together have brought, at equal age, and when that paid for winning them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Analysis, Found
from masarat.analyse.cohort_words import WORDS
from masarat.analyse.cohort_worth import (
    MONTH,
    Cohort,
    line_of,
    read_lives,
    row_of,
    verdicts,
    whole_of,
)
from masarat.analyse.frame import Frame
from masarat.analyse.joining import TIMES, By, joining, joining_values
from masarat.analyse.margins import UNKNOWN
from masarat.store import Query, Row

AGES = (30, 60, 90, 180, 365)  # days, at which all cohorts are shown beside each other
PARTS = 30  # cohorts that are not of time, the largest so many; the others together
DRAWN = 24  # lines of the picture

Measure = Literal["gross", "net", "margin", "contribution"]


class Cohorts(Analysis):
    """What customers who joined together have brought by the same age: gross and net revenue, gross margin and contribution, with what winning them cost and when it was earned back.

    For whoever decides which months, channels, offers and first products bring good customers. A customer joins with the first order ever
    (above zero) and belongs to one cohort: by its month, quarter or week (from Sunday; Hijri months and quarters with the Hijri
    calendar), or by what that order tells: its product that paid most, that product's category, its coupon, channel, campaign, city, country,
    branch, device or source. The period says who joined; what they bring is followed to the end of the log. `segment`
    speaks of the first order.

    Cohorts are compared at equal age: in the first `age` days, the day of joining being the first, and only customers who
    have been followed for all of these days count, above the line and below (`old_enough` says how many). So a young cohort is not worse for being
    young. The columns of 30, 60, 90, 180 and 365 days are cumulative in the same way, each over those old enough for it; an age that
    nobody has reached is empty, not zero, and a month in which nobody joined is there with zero customers. The figures in all are of all customers at
    whatever age; over all cohorts of all time they add up to the net revenue of identified customers in `revenue` (but for customers
    who never had an order above zero).

    Gross revenue is before refunds, net revenue after them, by the day of the refund. The gross margin takes off what the goods cost: the newest unit cost that a
    product sheet or the catalogue tells; goods that came back are taken to be fit for sale again. It counts only money whose cost is known; where that is less than half, no margin
    is shown, and a note says how much is missing. Acquisition cost (CAC) is the advertising of the cohort's days (by channel or
    campaign: of all days asked for) divided by its customers; other cohorts have none, since costs are known by day, channel and campaign only. Contribution is the margin
    minus acquisition cost. It takes off no shipping, payment fees or service. Payback is the first whole month of thirty days by whose end the margin per customer has
    reached the acquisition cost, as far as at least half of the cohort is that old.

    Between `low` and `high` the true mean of the measure lies (95 %, Student). A cohort is better or worse where its mean differs from that of all others by more
    than chance (Welch's test, at least thirty customers on both sides, false discoveries kept at 5 % over all cohorts by Benjamini and Hochberg). One customer who
    buys for thousands widens the interval; he does not make a verdict.
    """

    cohort: By = Field("month", description="By what they joined: the time, or what their first order tells.")
    age: int = Field(90, ge=1, le=1095, description="Days since joining, the first included, at which cohorts are compared.")  # fmt: skip
    measure: Measure = Field(
        "net", description="What is compared: gross or net revenue, gross margin or contribution."
    )
    months: int = Field(12, ge=1, le=36, description="Months of age (30 days each) in the picture.")

    view = "grid"
    columns = (
        Column("cohort", "text"),
        Column("start", "date"),
        Column("customers", "count"),
        Column("old_enough", "count"),
        Column("gross", "money"),
        Column("net", "money"),
        Column("margin", "money"),
        Column("acquisition_cost", "money"),
        Column("contribution", "money"),
        Column("payback", "count"),
        Column("low", "money"),
        Column("high", "money"),
        Column("verdict", "text"),
        *(Column(f"at_{days}", "money") for days in AGES),
        Column("gross_total", "money"),
        Column("net_total", "money"),
        Column("margin_total", "money"),
        Column("contribution_total", "money"),
        Column("spend", "money"),
        Column("unknown_share", "percent"),
    )
    numbers = (
        Column("customers", "count"),
        Column("old_enough", "count"),
        Column("net", "money"),
        Column("margin", "money"),
        Column("acquisition_cost", "money"),
        Column("contribution", "money"),
        Column("payback", "count"),
        Column("net_total", "money"),
        Column("unknown_share", "percent"),
    )
    picture = (
        Column("line", "text"),
        Column("age", "count"),
        Column("value", "money"),
        Column("old", "count"),
    )
    sample = "customers"
    words = WORDS

    def kept(self, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        away = () if self.cohort in TIMES else ("start",)
        return tuple(column for column in columns if column.name not in away)

    @property
    def _ages(self) -> tuple[int, ...]:
        return tuple(sorted({*AGES, self.age, *(MONTH * nth for nth in range(1, self.months + 1))}))

    def query(self, frame: Frame) -> Query:
        measured = "margin" if self.measure == "contribution" else self.measure
        return Query(
            steps=joining(frame, self.cohort, measured),
            values=joining_values(frame, self.cohort, self._ages, self.age, PARTS),
            rows="named",
            picture="spending",
        )

    def interpret(self, found: Found) -> Found:
        """Cohorts from customers put together by age, and how sure it is that they differ."""
        frame = found.frame
        found.rows, found.picture, found.totals = self._told(found, frame, found.rows, found.picture)
        if frame.before:
            found.before_rows, found.before_picture, found.before = self._told(
                found, frame.earlier(), found.before_rows, found.before_picture
            )
        return found

    def _told(
        self, found: Found, frame: Frame, rows: list[Row], spending: list[Row]
    ) -> tuple[list[Row], list[Row], Row]:
        cohorts = read_lives(found, frame, self.cohort, self._ages, rows, spending)
        spend = sum(row["spend"] for row in spending) if spending else None
        whole = whole_of(found, cohorts, self._ages, spend)
        judged = verdicts(cohorts, whole, self.measure, self.age)
        told = [
            row_of(found, one, self.measure, self.age, AGES, verdict)
            for one, verdict in zip(cohorts, judged, strict=True)
        ]
        totals = row_of(found, whole, self.measure, self.age, AGES, "same")
        named = [one.is_named for one in cohorts]
        totals["best"] = _furthest(told, judged, "better", self.measure, named)
        totals["worst"] = _furthest(told, judged, "worse", self.measure, named)
        totals["tested"] = sum(verdict not in ("few", "unknown") for verdict in judged)
        totals["differing"] = sum(verdict in ("better", "worse") for verdict in judged)
        totals["value"] = totals[self.measure]
        return told if whole.lives.size else [], self._drawn(whole, cohorts), totals

    def _drawn(self, whole: Cohort, cohorts: list[Cohort]) -> list[Row]:
        """All together on top, then the newest (or largest) cohorts, as many months as somebody is old."""
        whole_cells = line_of(whole, self.measure, range(1, self.months + 1))
        reached = [row["age"] // MONTH for row in whole_cells if row["value"] is not None]
        if not reached:
            return []
        shown = [one for one in cohorts if one.lives.size]
        shown = shown[-DRAWN:] if self.cohort in TIMES else shown[:DRAWN]
        return [row for one in (whole, *shown) for row in line_of(one, self.measure, reached)]

    def explain(self, found: Found) -> str:
        totals = found.totals
        if not totals["old_enough"] or totals["value"] is None:
            key = "too-young" if not totals["old_enough"] else "no-measure"
            return found.say(key, customers=totals["customers"], age=self.age, measure=self.measure)
        pieces = [
            found.say(
                "sentence",
                old=totals["old_enough"],
                value=found.money("value"),
                age=self.age,
                measure=self.measure,
            )
        ]
        pieces += [
            found.say(
                key,
                cohort=found.speaker.text(row["cohort"]),
                value=found.money(self.measure, row),
                by="time" if self.cohort in TIMES else "other",
            )
            for key in ("best", "worst")
            if (row := totals[key])
        ]
        if totals["tested"] > 1 and not totals["differing"]:
            pieces.append(found.say("none-differs"))
        if totals["acquisition_cost"] is not None:
            pieces.append(
                found.say(
                    "cost",
                    cost=found.money("acquisition_cost"),
                    months=totals["payback"] or 0,
                    known="no" if totals["margin"] is None else "yes",
                )
            )
        return " ".join(pieces)

    def notes(self, found: Found) -> list[str]:
        totals, notes = found.totals, []
        if totals["customers"] < SMALL_SAMPLE:
            notes.append(found.say("note-few", n=totals["customers"]))
        if 0 < totals["old_enough"] < totals["customers"]:
            notes.append(found.say("note-young", n=totals["customers"] - totals["old_enough"], age=self.age))
        if totals["unknown_share"]:
            key = "note-no-margin" if totals["unknown_share"] > UNKNOWN else "note-unknown"
            notes.append(found.say(key, share=found.percent("unknown_share")))
        if totals["spend"] is None:
            notes.append(found.say("note-no-costs"))
        elif self.cohort not in (*TIMES, "channel", "campaign"):
            notes.append(found.say("note-costs-whole"))
        return notes


def _furthest(
    rows: list[Row], judged: list[str], verdict: str, measure: str, named: list[bool]
) -> Row | None:
    """Of the cohorts with a name that differ this way, the one that does most."""
    differing = [
        row for row, told, is_named in zip(rows, judged, named, strict=True) if is_named and told == verdict
    ]
    sign = 1 if verdict == "better" else -1
    return max(differing, key=lambda row: sign * row[measure]) if differing else None


Cohorts.example = Cohorts(cohort="month", age=30)
