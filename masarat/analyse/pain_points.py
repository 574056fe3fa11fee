"""Pain points: what goes wrong for customers, ranked by what it cost, each with its evidence and a likely cause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.frame import Frame
from masarat.analyse.pain_reading import DIMENSIONS, reading, values
from masarat.analyse.pain_words import PAIN_WORDS
from masarat.analyse.period import Compare
from masarat.analyse.stages import Rules
from masarat.analyse.touchpoints import BY_KEY, TROUBLES
from masarat.models.lifts import lifts
from masarat.models.losses import Loss, losses
from masarat.models.proportions import CHANCE, discoveries
from masarat.models.rises import Rise, rise
from masarat.store import Query, Row

GATHERED = 1 / 3  # of the customers hit, at least, for a place to be named
MOSTLY = 1 / 2  # of them, for a page or another trouble to be named
CLEARLY = 1.2  # times as often as elsewhere, at least

Pain = tuple[str, int]  # a touchpoint and the number of a trouble


@dataclass(frozen=True, slots=True)
class Signs:
    """On which days a touchpoint was met, or a trouble of it, by where: (kind, value) → day → customers; ('', '') is everywhere."""

    places: dict[tuple[str, str], dict[date, int]]

    def on(self, place: tuple[str, str], days: Iterable[date]) -> int:
        known = self.places.get(place, {})
        return sum(known.get(day, 0) for day in days)


NOWHERE = Signs({})
EVERYWHERE = ("", "")


class PainPoints(Analysis):
    """What hurts customers on their way, ranked by the money it cost, with the evidence, and where and when it gathers.

    For the owner who asks what to mend first. A pain point is one kind of trouble at one touchpoint (see `journey_map` for both): failed
    payments, searches without result, pages loaded again, refused deliveries. Customers is how many met it in the period.

    The loss compares equals. A try is a customer at a touchpoint in one week. At each moment of it up to the first trouble one might have
    come: where it came the customer counts as hit, where it did not as spared, and each is followed for `days` days from there (emulated
    trials, Hernán and Robins 2016). Within the same touchpoint, week, device and stage of the journey, the share of the spared who ordered
    in that time is what the hit would have done (direct standardisation); orders lost are those expected so minus those made. A page that
    fails and the error it tells are one moment. For a day after an order no trouble on the way to one is compared (the page of thanks
    loaded again has lost nothing); its customers are counted. Times the average order value of the period the orders are the loss. Its 95 %
    interval (Student's t) rests on the orders alone; the order value is taken as known. Moments whose time is not over when the data ends, and those
    with nobody to compare, add nothing. Whoever was spared once and hit later counts at both moments, so a trouble that hits many seems
    a little cheaper than it was. Somebody may be hit by several troubles: losses do not add up. Who struggled may have wanted
    it less from the start, and money lost after the sale (a refused parcel, see `delivery`) is not in it.

    Chance is how often chance alone would show such a difference, among all pain points tested together (Benjamini and Hochberg 1995); a
    loss is told as one only below 5 %, and only of at least `least` customers. Since and until are the run of days on which it was met
    more often than on all others, where that is hardly chance (scan statistic, Kulldorff 1997; its chance is a bound from above, again among all).
    Where it gathers is the device, payment, channel or city with at least a third of those hit, where it is met clearly more often than
    elsewhere on the same days (Fisher's exact test, among all). The page, and another trouble met on the same day, are named where half of
    those hit had it. All these are likely causes, not proven ones.

    A segment says who: customers any of whose moves is like it, with all their moves. What nobody named did is left out.
    """

    days: int = Field(
        7, ge=1, le=90, description="Days within which those who met a trouble may still order."
    )
    least: int = Field(
        20, ge=1, le=100_000, description="Customers that a trouble must have hit to be tested."
    )
    limit: int = Field(20, ge=1, le=1000, description="How many pain points to list.")
    compare: Compare = Field("none", description="Not compared: each pain point has its own comparison.")

    view = "ranking"
    columns = (
        Column("pain", "text"),
        Column("customers", "count"),
        Column("loss", "money"),
        Column("loss_least", "money"),
        Column("loss_most", "money"),
        Column("chance", "percent"),
        Column("hit_share", "percent"),
        Column("spared_share", "percent"),
        Column("compared", "count"),
        Column("since", "date"),
        Column("until", "date"),
        Column("times", "number"),
        Column("where", "text"),
        Column("page", "text"),
        Column("beside", "text"),
        Column("stage", "text"),
        Column("stage_key", "text"),
        Column("touchpoint_key", "text"),
        Column("trouble_key", "text"),
    )
    numbers = (
        Column("customers", "count"),
        Column("troubled", "count"),
        Column("tested", "count"),
        Column("believed", "count"),
        Column("aov", "money"),
    )
    picture = (Column("pain", "text"), Column("loss", "money"))
    needs = ()
    about = ()
    sample = "customers"
    words = PAIN_WORDS

    def query(self, frame: Frame) -> Query:
        rules = Rules(frame.told.stages())
        return Query(
            steps=reading(frame, rules),
            values=values(frame, rules, self.days),
            rows="harm",
            totals="money",
            picture="signs",
        )

    def interpret(self, found: Found) -> Found:
        """Each trouble against those who were spared it, all tested together; then when and where it gathered."""
        whole, *rows = found.rows or [{"customers": 0}]
        pains = [row for row in rows if row["trouble"] and row["customers"] >= self.least and row["compared"]]
        lost = losses([(row["expected"], row["made"], row["variance"], row["compared"]) for row in pains])
        signs = _signs(found.picture)
        rises = _rises(found, [_pain(row) for row in pains], signs)
        where = _gathered([_pain(row) for row in pains], signs, rises)
        told = [
            _row(found, row, loss)
            | _when(rises.get(_pain(row)))
            | _where(found, where.get(_pain(row)))
            | _beside(found, signs[_pain(row)])
            for row, loss in zip(pains, lost, strict=True)
        ]
        told.sort(
            key=lambda row: (not _sure(row), -(row["loss"] or 0), row["touchpoint_key"], row["trouble_key"])
        )
        sure = [row for row in told if _sure(row)]
        found.totals |= {
            "customers": whole["customers"],
            "troubled": len({_pain(row) for row in rows if row["trouble"]}),
            "tested": len(pains),
            "believed": len(sure),
        }
        found.rows, found.picture = told[: self.limit], sure
        found.before, found.before_rows, found.before_picture = {}, [], []
        return found

    def explain(self, found: Found) -> str:
        totals = found.totals
        if not totals["tested"]:
            return found.say("too-few", n=self.least)
        sentence = found.say("sentence", tested=totals["tested"], believed=totals["believed"])
        if not found.picture:
            return sentence
        worst = found.picture[0]
        said = found.say(
            "worst",
            pain=worst["pain"],
            customers=worst["customers"],
            loss=found.money("loss", worst),
            least=found.money("loss_least", worst),
            most=found.money("loss_most", worst),
            hit=found.percent("hit_share", worst),
            spared=found.percent("spared_share", worst),
            days=self.days,
        )
        return " ".join(filter(None, (sentence, said, *_causes(found, worst))))

    def notes(self, found: Found) -> list[str]:
        risen = [row for row in found.rows if row["since"] and row is not next(iter(found.picture), None)]
        others = [f"{row['pain']}: {' '.join(_causes(found, row))}" for row in risen]
        return [*others, *([found.say("note-no-sum")] if found.totals["believed"] else [])]


def _pain(row: Row) -> Pain:
    return row["touch"], row["trouble"]


def _sure(row: Row) -> bool:
    """Whether a loss is told as one."""
    return row["chance"] is not None and row["chance"] < CHANCE and row["loss"] > 0


def _row(found: Found, row: Row, loss: Loss) -> dict[str, Any]:
    rules = Rules(found.frame.told.stages())
    language, aov = found.frame.language, found.totals.get("aov")
    trouble, point = TROUBLES[row["trouble"] - 1], BY_KEY[row["touch"]]
    stages = dict(zip(*row["stages"], strict=True))
    stage = min(stages, key=lambda place: (-stages[place], place))
    return {
        "pain": found.say("named", trouble=trouble.title(language), touchpoint=point.title(language)),
        "customers": row["customers"],
        "loss": None if aov is None else loss.lost * aov,
        "loss_least": None if aov is None else loss.low * aov,
        "loss_most": None if aov is None else loss.high * aov,
        "chance": None if aov is None else loss.chance,
        "hit_share": row["made"] / row["compared"],
        "spared_share": row["expected"] / row["compared"],
        "compared": row["compared"],
        "stage": rules.titles(found.speaker)[stage - 1],
        "stage_key": rules.journey.keys[stage - 1],
        "touchpoint_key": point.key,
        "trouble_key": trouble.key,
    }


def _signs(rows: list[Row]) -> dict[Pain, Signs]:
    found: dict[Pain, Signs] = {}
    for row in rows:
        signs = found.setdefault(_pain(row), Signs({}))
        signs.places[row["kind"], row["value"]] = dict(zip(*row["days"], strict=True))
    return found


Run = tuple[date, date, Rise]


def _rises(found: Found, pains: Sequence[Pain], signs: dict[Pain, Signs]) -> dict[Pain, Run]:
    """The run of days of each pain point, where it is hardly chance among all."""
    span = found.frame.facts.span(())
    first = max(found.frame.period.first, span[0]) if span else found.frame.period.first
    last = min(found.frame.period.last, span[1]) if span else found.frame.period.last
    days = [first + timedelta(days=place) for place in range((last - first).days + 1)]
    known = []
    for pain in pains:
        hit, met = signs[pain].places[EVERYWHERE], signs[pain[0], 0].places[EVERYWHERE]
        if risen := rise([hit.get(day, 0) for day in days], [met.get(day, 0) for day in days]):
            known.append((pain, risen))
    sure = discoveries([risen.chance for _, risen in known])
    return {
        pain: (days[risen.first], days[risen.last], risen)
        for (pain, risen), chance in zip(known, sure, strict=True)
        if chance < CHANCE
    }


Place = tuple[
    str, str, float, float
]  # kind, value, share of those hit, how many times as often as elsewhere at least


def _gathered(pains: Sequence[Pain], signs: dict[Pain, Signs], rises: dict[Pain, Run]) -> dict[Pain, Place]:
    """Where each pain point gathers: of all places of all pain points tested together, the surest of its own."""
    asked: list[tuple[Pain, tuple[str, str]]] = []
    counts: list[tuple[int, int, int, int]] = []
    for pain in pains:
        hit, met = signs[pain], signs.get((pain[0], 0), NOWHERE)
        run = rises.get(pain)
        days = [day for day in met.places[EVERYWHERE] if run is None or run[0] <= day <= run[1]]
        all_hit, all_met = hit.on(EVERYWHERE, days), met.on(EVERYWHERE, days)
        for place in hit.places:
            did = hit.on(place, days)
            of = max(met.on(place, days), did)
            if place[0] in DIMENSIONS and did >= GATHERED * all_hit and 0 < of < all_met:
                others = min(all_hit - did, all_met - of)
                asked.append((pain, place))
                counts.append((did, of, others, all_met - of))
    best: dict[Pain, tuple[float, Place]] = {}
    for (pain, (kind, value)), lift in zip(asked, lifts(counts), strict=True):
        share = lift.did / max(lift.did + lift.others_did, 1)
        if lift.q < CHANCE and lift.low > CLEARLY and lift.low * share > best.get(pain, (0.0, None))[0]:
            best[pain] = (lift.low * share, (kind, value, share, lift.low))
    return {pain: place for pain, (_, place) in best.items()}


def _when(run: Run | None) -> dict[str, Any]:
    if run is None:
        return {"since": None, "until": None, "times": None}
    since, until, risen = run
    times = risen.share / risen.others_share if risen.others_share else None
    return {"since": since, "until": until, "times": times}


def _where(found: Found, place: Place | None) -> dict[str, Any]:
    if place is None:
        return {"where": ""}
    kind, value, share, ratio = place
    key = f"{kind}-{value.replace(' ', '-')}"
    named = found.say(key) if found.speaker.knows(key) else found.speaker.text(value)
    return {
        "where": found.say(
            f"at-{kind}",
            value=named,
            share=found.speaker.percent(share),
            ratio=found.speaker.number(round(ratio, 1)),
        )
    }


def _beside(found: Found, signs: Signs) -> dict[str, Any]:
    """The page and the other trouble that most of those hit met."""
    named = {"page": "", "with": ""}
    sizes = {place: sum(days.values()) for place, days in signs.places.items()}
    for kind, value in sorted(sizes, key=lambda place: (-sizes[place], place)):
        if kind in named and not named[kind] and sizes[kind, value] >= MOSTLY * sizes[EVERYWHERE]:
            named[kind] = value
    other = TROUBLES[int(named["with"]) - 1].title(found.frame.language) if named["with"] else ""
    share = sizes.get(("with", named["with"]), 0) / sizes[EVERYWHERE]
    said = found.say("also", trouble=other, share=found.speaker.percent(share)) if other else ""
    return {"page": named["page"], "beside": said}


def _causes(found: Found, row: Row) -> list[str]:
    """When and where, in words."""
    speak, said = found.speaker, []
    if row["since"]:
        goes_on = row["until"] >= found.frame.period.last
        said.append(
            found.say(
                "rose",
                since=speak.day(row["since"]),
                until="none" if goes_on else speak.day(row["until"]),
                times="none" if row["times"] is None else speak.number(round(row["times"], 1)),
            )
        )
    if row["where"]:
        said.append(found.say("gathers", where=row["where"]))
    if row["beside"]:
        said.append(found.say("met-beside", beside=row["beside"]))
    return said


PainPoints.example = PainPoints(period="last_90_days", least=1)
