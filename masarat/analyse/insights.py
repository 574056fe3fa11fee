"""Insights: what changed, of everything, without being asked for anything in particular."""

from __future__ import annotations

import re
from dataclasses import replace

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.changed import Finding, changes
from masarat.analyse.frame import DIMENSIONS, Frame
from masarat.analyse.insights_words import WORDS
from masarat.analyse.like_days import Days, days
from masarat.analyse.period import Period
from masarat.analyse.scanned import scan
from masarat.store import Query, Row

SURE = (0.001, 0.01)  # all but certain, very sure
GONE = 0.1  # of the usual is as good as nothing
ALIKE = 0.3  # of the present change, for a year ago to be called likewise
TOLD = 6  # other figures that are named beside a change
SEP = " · "


class Insights(Analysis):
    """What is out of its usual course: every measure of everybody, and of every channel, campaign, product, category, city, device,
    payment, page and branch, is held against its own history, and what chance cannot explain is told, the most money first.

    For the owner who asks «what changed?» and does not know where to look. Without a period the last whole week (Sunday to Saturday) is taken.
    Measures: net revenue, orders, average order, refunds per order, new customers (first order ever), visits, conversion of visits (an order
    in the visit), carts left in the visit (filled and not bought), failed payments (of visits that reached the checkout), visits that
    reload pages, visits with errors or angry clicks, page views and reloads per view, tickets, NPS (promoters minus detractors), CSAT,
    searches without result, late and refused deliveries. Money by product and category is that of the lines. Of each dimension the
    100 largest parts are looked at. Days are the shop's, money is in one currency.

    What is usual: periods shorter than two weeks are compared with up to 16 stretches as long, on the same weekdays, before
    them; longer ones week by week with as many weeks (at least 16) before them; with compare = last_year, with the same days 52
    weeks ago and four stretches on either side. Up to seven weeks, stretches that a known season touches (the two weeks before Ramadan,
    Ramadan, both Eids, Founding Day, National Day, White Friday) are left out of the usual. Amounts of less than four weeks are held against
    where the line through their history leads, so that steady growth is no news; longer ones against its level. Weekly figures vary more
    than counting alone would have it: the test is Student's, on the root of amounts, the arcsine of shares and averages as they are, its
    spread that of the history and never less than chance makes; over many weeks it is widened by how alike neighbouring weeks
    are. Figures need twenty orders, visits or answers in the period, and six stretches before it. compare = none is taken as previous.

    Hundreds of figures are looked at, so that some would seem to change by chance: the false discovery rate over all of them is held at 5 %
    (Benjamini and Hochberg 1995, weighted so that each dimension has the same say: Genovese, Roeder and Wasserman 2006). In shops where
    nothing changes, simulated over and over, one in twenty shows anything at all or fewer (`tests/models/test_changes.py`). What belongs together
    is one change: orders that bring down revenue, the device that explains the fall of the whole (its share of the change, by its own
    rate and by its weight, after Adtributor, Bhagwan et al. 2014), a campaign and its channel. Changes are ranked by money at stake times
    surprise (the logarithm of the false discovery rate). The day since when is that which parts the last eight weeks and the period into
    the two most distinct levels, each weekday held against its like. In a season the same season a year ago is told beside it, by the
    calendar that the season follows. A change at the same time is no proof of a cause.
    """

    top: int = Field(10, ge=1, le=1000, description="How many changes to tell.")
    least_money: float = Field(0, ge=0, description="Only changes with at least so much money at stake.")

    view = "ranking"
    columns = (
        Column("rank", "count"),
        Column("finding", "text"),
        Column("thing", "text"),
        Column("now", "text"),
        Column("usual", "text"),
        Column("change", "percent"),
        Column("low", "percent"),
        Column("high", "percent"),
        Column("stake", "money"),
        Column("doubt", "number"),
        Column("since", "date"),
        Column("made_by", "text"),
        Column("made_share", "percent"),
        Column("together", "list"),
        Column("season", "text"),
        Column("season_ago", "percent"),
        Column("next", "text"),
    )
    numbers = (
        Column("changed", "count"),
        Column("scanned", "count"),
        Column("net", "money"),
        Column("moves", "count"),
    )
    picture = (Column("thing", "text"), Column("stake", "money"))
    needs = ()
    about = ()
    sample = "moves"
    words = WORDS

    def query(self, frame: Frame) -> Query:
        looked = self._days(frame)
        if looked is None or self._is_compared(frame):
            return Query(steps={"nothing": "SELECT 1 AS nothing WHERE false"}, values=frame.values)
        return scan(frame, looked)

    def _days(self, frame: Frame) -> Days | None:
        return days(frame, last_year=self.compare == "last_year")

    def _is_compared(self, frame: Frame) -> bool:
        """Whether this is the frame of the compared period, which the scan reads along."""
        return frame.before is None and frame.period.bounded and self.compare != "none"

    def interpret(self, found: Found) -> Found:
        looked = self._days(found.frame)
        found.before_rows, found.before_picture, found.before = [], [], {}
        if looked is None or not found.rows:
            return replace(found, rows=[], totals={})
        told = changes(found.rows, looked)
        worth = [each for each in told.stories if abs(each.stake or 0.0) >= self.least_money]
        found.totals = {
            "changed": len(told.stories),
            "scanned": told.scanned,
            "net": told.net[1] if told.net else None,
            "moves": told.moves,
            "worth": len(worth),
            "stretches": len(looked.here.before),
            "cut": found.frame.period.bounded and found.frame.period.last > looked.period.last,
        }
        found.before = {"net": told.net[0]} if told.net and looked.here.enough else {}
        found.rows = [_row(found, looked, each, rank) for rank, each in enumerate(worth[: self.top], 1)]
        drawn = zip(worth, found.rows, strict=False)
        found.picture = [
            row | {"thing": _label(found, each)} for each, row in drawn if row["stake"] is not None
        ]
        before = looked.here.before
        found.frame = replace(
            found.frame,
            period=looked.period,
            before=Period(before[0][0], before[-1][1]) if before else None,
        )
        return found

    def explain(self, found: Found) -> str:
        totals = found.totals
        if not totals["scanned"]:
            return found.say("too-little")
        if not totals["changed"]:
            return found.say("nothing", scanned=totals["scanned"])
        counts = {"changed": totals["changed"], "scanned": totals["scanned"]}
        if not found.rows:
            least = found.speaker.money(self.least_money, found.frame.currency, whole=True)
            return found.say("small", least=least, **counts)
        rest = "some" if totals["changed"] > 1 else "none"
        return found.say("sentence", first=found.rows[0]["finding"], rest=rest, **counts)

    def notes(self, found: Found) -> list[str]:
        frame, day = found.frame, found.speaker.day
        notes = [found.say("note-ends", last=day(frame.period.last))] if found.totals["cut"] else []
        if frame.before and found.totals["scanned"]:
            notes.append(
                found.say(
                    "note-days",
                    first=day(frame.period.first),
                    last=day(frame.period.last),
                    n=found.totals["stretches"],
                    since=day(frame.before.first),
                    until=day(frame.before.last),
                )
            )
        return [*notes, found.say("note-cause")] if found.rows else notes


def _row(found: Found, looked: Days, each: Finding, rank: int) -> Row:
    made, season, usual = each.made_by, looked.season, each.usual
    row: Row = {
        "rank": rank,
        "thing": _thing(found, each),
        "now": _written(found, each, each.now),
        "usual": _written(found, each, each.usual),
        "change": None if each.change is None else float(each.change),
        "low": each.low / usual - 1 if usual > 0 else None,
        "high": each.high / usual - 1 if usual > 0 else None,
        "stake": None if each.stake is None else float(each.stake),
        "doubt": each.doubt,
        "since": each.since,
        "made_by": _part(found, made[0], made[1].name) if made else None,
        "made_share": made[1].share if made else None,
        "together": [_brief(found, other) for other in each.together[:TOLD]],
        "season": found.say(season.name) if season else None,
        "season_ago": each.ago,
        "next": next_question(each, looked.period),
    }
    return row | {"finding": _sentence(found, each, row)}


def _sentence(found: Found, each: Finding, row: Row) -> str:
    """One finding, in one sentence."""
    return found.say(
        "row",
        thing=row["thing"],
        way=_way(each),
        change=_change(found, each),
        now=row["now"],
        usual=row["usual"],
        made=row["made_by"] or "none",
        made_share=found.speaker.percent(row["made_share"]),
        since=found.speaker.day(each.since) if each.since else "none",
        season=_season(found, each, row),
        sure=found.say(f"sure-{1 + sum(each.doubt > bound for bound in SURE)}"),
    )


def _way(each: Finding) -> str:
    if each.measure.kind == "sum" and each.usual <= 0 < each.now:
        return "new"
    if each.measure.kind == "sum" and each.now <= GONE * each.usual:
        return "gone"
    return "up" if each.t > 0 else "down"


def _change(found: Found, each: Finding) -> str:
    """How far from its usual: of scores in points, of everything else relative."""
    if each.measure.written == "number" or each.change is None:
        return found.speaker.number(abs(each.now - each.usual))
    return found.speaker.percent(abs(each.change))


def _season(found: Found, each: Finding, row: Row) -> str:
    if not row["season"]:
        return "none"
    if each.ago is None:
        return found.say("season-new", season=row["season"])
    change = each.change or 0.0
    alike = each.ago * change > 0 and abs(each.ago) >= ALIKE * abs(change)
    return found.say(
        "season-like" if alike else "season-unlike", season=row["season"], ago=found.change_in_words(each.ago)
    )


def _thing(found: Found, each: Finding) -> str:
    name, side, part = each.key
    measure = found.say(f"measure-{name}")
    return found.say("thing-of", measure=measure, part=_part(found, side, part)) if side else measure


def _label(found: Found, each: Finding) -> str:
    """The same, short enough for a picture."""
    name, side, part = each.key
    measure = found.say(f"measure-{name}")
    return found.say("label", part=_name(found, side, part), measure=measure) if side else measure


def _part(found: Found, side: str, part: str) -> str:
    return found.say(f"side-{side}", part=_name(found, side, part))


def _name(found: Found, side: str, part: str) -> str:
    key = f"{side}-{part.replace(' ', '-')}"
    known = side in ("channel", "device") and re.fullmatch(r"[a-zA-Z-]+", key) and found.speaker.knows(key)
    return found.say(key) if known else found.speaker.text(part)


def _brief(found: Found, each: Finding) -> str:
    change = each.change if each.measure.written != "number" else None
    said = found.change_in_words(change) or _written(found, each, each.now)
    return f"{_thing(found, each)} {said}"


def _written(found: Found, each: Finding, value: float) -> str:
    written = each.measure.written
    if written == "money":
        return found.speaker.money(value, found.frame.currency, whole=True)
    return found.speaker.value(written, value)


# The question that goes on from a measure: its name, and what it is asked.
ASKED: dict[str, tuple[str, dict[str, str]]] = {
    "net": ("breakdown", {"measure": "revenue"}),
    "orders": ("breakdown", {"measure": "orders"}),
    "aov": ("order_value", {}),
    "given_back": ("products", {"sort": "returned"}),
    "new_customers": ("new_and_returning", {}),
    "visits": ("sessions", {}),
    "conversion": ("funnel", {}),
    "carts_left": ("abandoned_carts", {}),
    "failed_payments": ("pages", {"rank_by": "reloads"}),
    "reloads": ("pages", {"rank_by": "reloads"}),
    "errors": ("pages", {"rank_by": "errors"}),
    "views": ("pages", {"rank_by": "views"}),
    "page_reloads": ("pages", {"rank_by": "reloads"}),
    "tickets": ("breakdown", {"step": "Ticket Opened", "measure": "events", "dimension": "props.topic"}),
    "nps": ("breakdown", {"step": "Survey Answered where props.survey=nps", "measure": "events", "dimension": "props.score"}),
    "csat": ("breakdown", {"step": "Survey Answered where props.survey=csat", "measure": "events", "dimension": "props.score"}),
    "found_nothing": ("breakdown", {"step": "Products Searched where props.results=0", "measure": "events", "dimension": "props.query"}),
    "late": ("breakdown", {"step": "Order Delivered", "measure": "events", "dimension": "props.courier"}),
    "refused": ("breakdown", {"step": "Delivery Refused", "measure": "events", "dimension": "props.courier"}),
}  # fmt: skip


def next_question(each: Finding, period: Period) -> str:
    """The next question: its name and parameters, as `name · period=… · segment=…`."""
    name, side, part = each.key
    if each.made_by and not side:
        side, part = each.made_by[0], each.made_by[1].name
    question, given = ASKED[name]
    asked = {"period": f"{period.first}..{period.last}", **given}
    if name in ("net", "orders"):
        if side in ("product", "category"):
            asked["step"] = f"Order Completed where {side}={part}"
        asked["dimension"] = (
            "product" if side in ("", "category") else "channel" if side != "channel" else "campaign"
        )
    if side in DIMENSIONS and "|" not in part:
        asked["segment"] = f"{side}={part}"
    return SEP.join([question, *(f"{key}={value}" for key, value in asked.items())])


Insights.example = Insights()
