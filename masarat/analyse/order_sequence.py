"""Order sequence: what customers buy first, second and third, after how many days, and which first products bring them back."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Analysis, Found
from masarat.analyse.frame import Frame
from masarat.analyse.next_orders import Item, next_orders, next_orders_values
from masarat.analyse.sequence_flow import flow
from masarat.analyse.sequence_words import WORDS
from masarat.models.lifts import Lift, lifts
from masarat.models.proportions import CHANCE, interval
from masarat.models.waiting import OFTEN, Waiting
from masarat.store import Query, Row

AGES = (30, 60, 90, 180, 365)
YEAR = 365
TESTED = 500  # ways of which is told whether they are more than chance, the most frequent
FEW = 10  # customers; a way that fewer went is not tested


class OrderSequence(Analysis):
    """What customers buy first, second and third, how many days lie between, when a second order is likeliest, and which first products bring customers back.

    For whoever decides what to offer after the first order, and when to write. Of each customer the first three orders (above zero) are looked
    at; an order stands for its product that paid most (or for that product's category). The period says whose first order ever it holds; they are
    followed to the end of the log. `segment` speaks of the first order.

    `show=ways` lists what followed what: of those whose first order was coffee, how many came back with cups (`share`, of those who came back),
    how that compares with those who had begun otherwise (`lift`: 2 is twice as often), after how many days (median) and for how much money (average net
    order value). The picture shows those who did not come back so far, too. A lift is believed where Fisher's exact test
    says so with false discoveries at 5 % over all ways tested (Benjamini and Hochberg); its interval is Katz's on the logarithm.

    `show=firsts` lists first products by how many customers came back within 30, 60, 90, 180 and 365 days, each of those only who have been followed
    so long (equal age), with Wilson's interval for 90 days, against all other customers in the same way.

    The days to the second order are told with those who have not come back yet: the share back by a day is Kaplan and Meier's (1958). The days
    by which a quarter, half, three quarters and four fifths have come are of those who come back within a year, or within as many days as at
    least thirty customers have been followed. The likeliest week is the seven days, from the day after the first order on, in which one who has not come
    yet is likeliest to. That is when to be in mind; whoever has not come by the day of four fifths is late, and worth an offer.
    """

    show: Literal["ways", "firsts"] = Field(
        "ways", description="What followed what, or which first products bring customers back."
    )
    item: Item = Field("product", description="What an order stands for: its main product, or its category.")
    limit: int = Field(50, ge=1, le=1000, description="How many rows to list.")

    view = "flow"
    columns = (
        Column("nth", "count"),
        Column("here", "text"),
        Column("after", "text"),
        Column("customers", "count"),
        Column("share", "percent"),
        Column("others_share", "percent"),
        Column("lift", "number"),
        Column("low", "number"),
        Column("high", "number"),
        Column("came", "count"),
        Column("median", "days"),
        Column("paid", "money"),
        *(Column(f"back_{age}", "percent") for age in AGES),
        Column("at_least", "percent"),
        Column("at_most", "percent"),
        Column("verdict", "text"),
    )
    numbers = (
        Column("customers", "count"),
        Column("came", "count"),
        Column("back_90", "percent"),
        Column("back_365", "percent"),
        Column("first_quarter", "days"),
        Column("half_by", "days"),
        Column("third_quarter", "days"),
        Column("most_by", "days"),
        Column("likeliest_from", "days"),
        Column("likeliest_to", "days"),
    )
    picture = (
        Column("place", "text"),
        Column("next", "text"),
        Column("count", "count"),
        Column("part", "percent"),
        Column("step", "count"),
    )
    sample = "customers"
    words = WORDS

    def kept(self, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        if columns is not type(self).columns:
            return columns
        ways = {"nth", "after", "share", "others_share", "lift", "low", "high", "paid"}
        firsts = {"came", "at_least", "at_most", *(f"back_{age}" for age in AGES)}
        away = firsts if self.show == "ways" else ways
        return tuple(column for column in columns if column.name not in away)

    def query(self, frame: Frame) -> Query:
        return Query(
            steps=next_orders(frame, self.item, AGES),
            values=next_orders_values(frame, self.limit),
            rows="ways",
            totals="times",
            picture="first_names",
        )

    def interpret(self, found: Found) -> Found:
        """The names of items, lifts, days to the second order and the shares of those old enough."""
        found.rows, found.picture, found.totals = self._told(found, found.rows, found.picture, found.totals)
        if found.before:
            found.before_rows, found.before_picture, found.before = self._told(
                found, found.before_rows, found.before_picture, found.before
            )
        return found

    def _told(
        self, found: Found, ways: list[Row], firsts: list[Row], times: Row
    ) -> tuple[list[Row], list[Row], Row]:
        totals = _times(times)
        for row in ways:
            row["here_name"] = _named(found, row["here_known"], row["here_called"], row["here"])
            row["after_name"] = (
                _named(found, row["after_known"], row["after_called"], row["after"]) if row["is_back"] else ""
            )
        went = _ways(found, ways)
        began = _firsts(found, firsts, times)
        second = [row for row in went if row["nth"] == 1]
        told = [
            row
            for row in second
            if row["lift"] is not None and row["is_more"] and row["here"] != row["after"]
        ]
        totals["commonest"] = next(iter(second), None)
        totals["strongest"] = max(
            told, key=lambda row: row["low"], default=None
        )  # the surest, not the largest
        better = [row for row in began if row["is_better"]]
        totals["best_first"] = max(better, key=lambda row: row["back_90"], default=None)
        return (went if self.show == "ways" else began)[: self.limit], flow(found, ways), totals

    def explain(self, found: Found) -> str:
        totals, say = found.totals, found.say
        pieces = [
            say(
                "sentence",
                customers=totals["customers"],
                came=totals["came"],
                share=found.percent("came_share"),
            )
        ]
        if totals["half_by"] is not None:
            pieces.append(say("times", half=totals["half_by"], most=totals["most_by"]))
        if totals["likeliest_from"] is not None and totals["most_by"] is not None:
            pieces.append(
                say(
                    "week",
                    first=totals["likeliest_from"],
                    last=totals["likeliest_to"],
                    most=totals["most_by"],
                )
            )
        text = found.speaker.text
        if (row := totals["strongest"]) is not None:
            lift = found.speaker.number(round(row["lift"], 1))
            pieces.append(
                say(
                    "strongest",
                    here=text(row["here"]),
                    after=text(row["after"]),
                    n=row["customers"],
                    lift=lift,
                )
            )
        elif (row := totals["commonest"]) is not None:
            pieces.append(
                say("commonest", here=text(row["here"]), after=text(row["after"]), n=row["customers"])
            )
        if (row := totals["best_first"]) is not None:
            back, all_back = found.percent("back_90", row), found.percent("back_90")
            pieces.append(say("best-first", here=text(row["here"]), back=back, all=all_back))
        return " ".join(pieces)

    def notes(self, found: Found) -> list[str]:
        totals, notes = found.totals, []
        if totals["customers"] < SMALL_SAMPLE:
            notes.append(found.say("note-few", n=totals["customers"]))
        if waiting := totals["customers"] - totals["came"]:
            notes.append(found.say("note-waiting", n=waiting))
        if totals["came"] and totals["half_by"] is None:
            notes.append(found.say("note-no-days"))
        elif totals["half_by"] is not None and totals["horizon"] < YEAR:
            notes.append(found.say("note-horizon", n=totals["horizon"]))
        return notes


def _named(found: Found, known: str, called: str, item: str) -> str:
    return known or called or item or found.say("unknown")


def _times(times: Row) -> Row:
    """The overall figures, of days as far as enough customers have been followed."""
    came, gone = (dict(zip(days, counts, strict=True)) for days, counts in (times["after"], times["waiting"]))
    curve = Waiting(came, {days: count for days, count in gone.items() if count})
    horizon = curve.horizon(YEAR)
    days = {"first_quarter": 0.25, "half_by": 0.5, "third_quarter": 0.75, "most_by": 0.8}
    known = horizon and sum(count for day, count in came.items() if day <= horizon) >= OFTEN
    week = curve.likeliest_week(horizon)
    return {
        "customers": times["customers"],
        "came": times["came"],
        "came_share": times["came"] / times["customers"] if times["customers"] else None,
        "horizon": horizon,
        **{name: curve.day_of(share, horizon) if known else None for name, share in days.items()},
        "likeliest_from": week[0] if week else None,
        "likeliest_to": week[1] if week else None,
        **_shares(times),
    }


def _shares(row: Row) -> Row:
    """Who came back within each age, of those followed so long."""
    return {
        f"back_{age}": by_then / old if old else None
        for age, old, by_then in zip(AGES, row["old"], row["by_then"], strict=True)
    }


def _verdict(found: Found, one: Lift | None) -> str:
    if one is None:
        return found.say("verdict-few")
    key = "same" if one.q > CHANCE else "more" if one.share > one.others_share else "less"
    return found.say(f"verdict-{key}")


def _ways(found: Found, ways: list[Row]) -> list[Row]:
    """One row a way that somebody went."""
    testable = [
        row
        for row in ways
        if row["is_back"] and row["customers"] >= FEW and row["everybody_came"] > row["of_came"]
    ][:TESTED]
    counts = [
        (
            row["customers"],
            row["of_came"],
            row["into"] - row["customers"],
            row["everybody_came"] - row["of_came"],
        )
        for row in testable
    ]
    tested = {id(row): lift for row, lift in zip(testable, lifts(counts), strict=True)}
    return [
        _way(row, _verdict(found, tested.get(id(row))), tested.get(id(row))) for row in ways if row["is_back"]
    ]


def _way(row: Row, verdict: str, lift: Lift | None) -> Row:
    others = row["everybody_came"] - row["of_came"]
    others_share = (row["into"] - row["customers"]) / others if others else None
    share = row["customers"] / row["of_came"]
    return {
        "nth": row["nth"],
        "here": row["here_name"],
        "after": row["after_name"],
        "customers": row["customers"],
        "share": share,
        "others_share": others_share,
        "lift": share / others_share if others_share else None,
        "low": lift.low if lift else None,
        "high": lift.high if lift else None,
        "is_more": lift is not None and lift.q <= CHANCE and lift.share > lift.others_share,
        "median": row["median"],
        "paid": row["paid"] / row["customers"],
        "verdict": verdict,
    }


def _firsts(found: Found, firsts: list[Row], times: Row) -> list[Row]:
    """First items by how many customers they began, each against all the others at ninety days."""
    at = AGES.index(90)
    counts = [
        (
            row["by_then"][at],
            row["old"][at],
            times["by_then"][at] - row["by_then"][at],
            times["old"][at] - row["old"][at],
        )
        for row in firsts
    ]
    testable = [place for place, (_, old, _, others) in enumerate(counts) if min(old, others) >= SMALL_SAMPLE]
    tested = dict(zip(testable, lifts([counts[place] for place in testable]), strict=True))
    told = []
    for place, row in enumerate(firsts):
        low, high = interval(*counts[place][:2]) or (None, None)
        lift = tested.get(place)
        told.append(
            {
                "here": _named(found, row["here_known"], row["here_called"], row["here"]),
                "customers": row["customers"],
                "came": row["came"],
                "median": row["median"] if row["came"] else None,
                **_shares(row),
                "at_least": low,
                "at_most": high,
                "verdict": _verdict(found, lift),
                "is_better": lift is not None and lift.q <= CHANCE and lift.share > lift.others_share,
            }
        )
    return told


OrderSequence.example = OrderSequence(show="ways", limit=20)
