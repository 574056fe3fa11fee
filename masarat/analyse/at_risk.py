"""Which customers are about to leave, why, what it is worth, and what to do."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.at_risk_words import WORDS
from masarat.analyse.base import Analysis, Found
from masarat.analyse.frame import Frame
from masarat.analyse.habits import GIVEN, MOST, habits, known
from masarat.analyse.leaving import Leaving, action, leaving, parts_of, reasons, signs_of
from masarat.analyse.people import OWNER_OF_FACT
from masarat.analyse.period import Compare
from masarat.models.churn import FEWEST_HELD, MODELS, REMEDY, Churn, Known, learn
from masarat.models.rhythm import FEWEST_GAPS, rhythm
from masarat.store import Query, Row

NAMES = f"""
SELECT customer_id, argMax(value, (ts, source, value)) AS name
FROM (SELECT {OWNER_OF_FACT} AS customer_id, value, ts, source
      FROM traits WHERE trait = 'name')
GROUP BY customer_id"""

NAMED = """
SELECT customer_id, customer, name, cut, horizon, is_now, silent, counted, came_by, topic
FROM chosen GLOBAL LEFT JOIN names USING (customer_id) ORDER BY cut, customer_id"""

BEST = 0.2  # of those at risk, who have most at stake are called


class AtRisk(Analysis):
    """Which regular customers are about to leave: how likely they do not order in the days ahead, why, what is at stake, and what to do.

    For whoever keeps customers: whom to call today, and about what. Listed is who bought on two days or more, at their own pace would as likely
    as not order within the days ahead, more likely than not will not, and shows a sign of it: silence longer than their usual gap, visits or
    newsletters opened at half the usual or less, a ticket, a late or refused parcel, a return, a low answer to a survey; those with most at stake first. Whoever has been silent for more than six of
    their gaps (and longer than the days ahead) counts as gone and is not listed. The days ahead are `days`, or by the shop's own rhythm: as long
    as three of four gaps between days with orders are, at most a quarter of the time known. What is at stake is what they would usually bring in these days (orders at
    their own pace times their mean net order, in the answer's currency) times the chance that they do not order.

    The chance is a model's. Five are tried: days since the last order alone; the own rhythm (gaps on a log-normal scale, drawn to the
    shop's where few are known; how often a first, second, third or later order was the last by EM); BG/NBD (gone since some order, or there and
    not buying; Fader, Hardie and Lee 2005); a logistic regression, and boosted trees
    (LightGBM), over what was known of each customer at a date: orders, money, gaps, visits and newsletters opened against the usual, tickets,
    returns, refused and late parcels, the last answer to a survey, coupons, channel. They learn from up to four earlier dates, as far apart
    as the days ahead; the last but one calibrates (isotonic regression), the last judges, and the one that misses least (Brier score) is used:
    of nearly equal ones the simplest. At a date only what had happened, and had come in, before that day of the shop's is known to it;
    what came in later than thirty days after it happened is history brought in, and counts as known when it happened.

    Caveats: of more than 30,000 customers at a date those with most money are judged now, and a sample by hash teaches; a segment by
    channel or city leaves only the moves that name it, a saved one keeps all of a customer's. Gaps that are not over are not among the gaps, so the
    rhythm is a little short. What weighs in a model need not be a cause. Sources: Zadrozny and Elkan (2002); Lundberg and Lee (2017).
    """

    compare: Compare = Field("none", description="Nothing is compared.")
    days: int = Field(
        0,
        ge=0,
        le=365,
        description="Days ahead in which no order counts as leaving; 0: by the shop's rhythm.",
    )
    limit: int = Field(100, ge=1, le=10_000, description="How many customers to list.")

    view = "bars"
    columns = (
        Column("customer", "text"),
        Column("name", "text"),
        Column("chance", "percent"),
        Column("at_stake", "money"),
        Column("why", "list"),
        Column("action", "text"),
        Column("recency", "days"),
        Column("gap", "days"),
        Column("orders", "count"),
        Column("revenue", "money"),
    )
    numbers = (
        Column("at_risk", "count"),
        Column("at_stake", "money"),
        Column("regular", "count"),
        Column("gone", "count"),
        Column("days_ahead", "days"),
        Column("auc", "number"),
        Column("auc_recency", "number"),
        Column("held", "count"),
    )
    picture = (Column("group", "text"), Column("said", "percent"), Column("came", "percent"))
    sample = "known"
    words = WORDS

    def query(self, frame: Frame) -> Query:
        steps, values = habits(frame, self.days)
        return Query(
            steps={**steps, "names": NAMES, "named": NAMED}, values=values, rows="named", customers="named"
        )

    def interpret(self, found: Found) -> Found:
        judged = _judge(found.rows)
        found.rows, found.picture = [], []
        found.totals = {"known": len(judged.rows) if judged else 0, "judged": judged}
        if judged is None or judged.leaving is None:
            return found
        left, churn = judged.leaving, judged.churn
        listed = _listed(left)
        best = {int(place) for place in listed[: max(1, int(len(listed) * BEST))]}
        found.rows = [
            self._row(found, judged, int(place), int(place) in best) for place in listed[: self.limit]
        ]
        found.totals |= {
            "at_risk": len(listed),
            "at_stake": float(left.at_stake[left.at_risk].sum()),
            "regular": int((judged.now.numbers["gaps"] > 0).sum()),
            "gone": int(left.gone.sum()),
            "days_ahead": judged.days,
            "auc": churn.judged[churn.used].auc if churn else None,
            "auc_recency": churn.judged["recency"].auc if churn and "recency" in churn.judged else None,
            "held": churn.held if churn else 0,
        }
        if churn:
            found.picture = [
                {"group": found.say("nth", place=place), "said": group.said, "came": group.share}
                for place, group in enumerate(churn.judged[churn.used].groups, 1)
            ]
        return found

    def _row(self, found: Found, judged: Judging, place: int, best: bool) -> Row:
        row, numbers, left = judged.rows[place], judged.now.numbers, judged.leaving
        assert left
        why = reasons(judged.signs, place, judged.parts)
        told = {name: float(numbers[name][place]) for name in numbers}
        return {
            "customer": row["customer"],
            "name": row["name"],
            "chance": float(left.chances[place]),
            "at_stake": float(left.at_stake[place]),
            "why": [_reason(found, reason, told, row) for reason in why],
            "action": found.say(f"action-{action(why, best)}"),
            "recency": int(told["recency"]),
            "gap": round(told["gap"]),
            "orders": int(told["orders"]),
            "revenue": told["money"],
        }

    def explain(self, found: Found) -> str:
        totals = found.totals
        judged: Judging = totals["judged"]
        if judged.leaving is None:
            return found.say(
                "not-enough",
                gaps=FEWEST_GAPS,
                have=int(judged.now.numbers["gaps"].sum()),
                customers=FEWEST_HELD,
            )
        ahead = {"days": totals["days_ahead"], "regular": totals["regular"]}
        if not found.rows:
            return found.say("nobody", **ahead)
        first = found.rows[0]
        return " ".join(
            [
                found.say("sentence", at_risk=totals["at_risk"], money=found.money("at_stake"), **ahead),
                found.say(
                    "first",
                    name=found.speaker.text(str(first["name"] or first["customer"])),
                    why=first["why"][0] if first["why"] else "none",
                    money=found.money("at_stake", first),
                    action=first["action"],
                ),
            ]
        )

    def notes(self, found: Found) -> list[str]:
        judged: Judging = found.totals["judged"]
        churn, notes = judged.churn, []
        if judged.leaving is not None and churn is None:
            notes.append(found.say("note-unjudged", customers=FEWEST_HELD))
        if churn:
            others = [
                found.say(
                    "model-auc",
                    model=found.say(f"model-{name}"),
                    auc=found.speaker.percent(churn.judged[name].auc),
                )
                for name in MODELS
                if name in churn.judged and name != churn.used
            ]
            notes.append(
                found.say(
                    "note-model",
                    model=found.say(f"model-{churn.used}"),
                    auc=found.speaker.percent(churn.judged[churn.used].auc),
                    others=found.speaker.value("list", others) if others else "none",
                    base=found.speaker.percent(churn.base),
                    held=found.speaker.count(churn.held),
                )
            )
            if not churn.helps:
                notes.append(found.say("note-blind"))
            if churn.missing:
                notes.append(found.say("note-missing", why=churn.missing, remedy=REMEDY))
        if len(judged.rows) >= MOST:
            notes.append(found.say("note-most", n=found.speaker.count(MOST)))
        return notes

    def chosen(self, rows: pl.DataFrame) -> pl.Series:
        """Of the customers of the step named by the query, all at risk: who a saved segment holds."""
        judged = _judge(rows.to_dicts())
        if judged is None or judged.leaving is None:
            return pl.Series("customer_id", [], dtype=pl.UInt64)
        ids = [judged.rows[int(place)]["customer_id"] for place in _listed(judged.leaving)]
        return pl.Series("customer_id", sorted(ids), dtype=pl.UInt64)


class Judging:
    """Customers now, with what a model, or their rhythm alone, says of them."""

    def __init__(self, rows: list[Row], now: Known, churn: Churn | None, days: int) -> None:
        self.rows, self.now, self.churn, self.days = rows, now, churn, days
        self.signs, self.parts = signs_of(now), parts_of(now, churn)
        alone = None if churn else rhythm(now.gaps)
        chances = churn.chances if churn else alone.silent_for(now.gaps, days) if alone else None
        self.leaving: Leaving | None = None if chances is None else leaving(now, chances, days)


def _judge(rows: list[Row]) -> Judging | None:
    here = [row for row in rows if row["is_now"]]
    if not here:
        return None
    earlier, now = known(rows)
    days = int(here[0]["horizon"])
    return Judging(here, now, learn(earlier, now, GIVEN, days), days)


def _listed(left: Leaving) -> Any:
    """Places of those at risk, most at stake first."""
    there = np.nonzero(left.at_risk)[0]
    return there[np.lexsort((there, -left.chances[there], -left.at_stake[there]))]


def _reason(found: Found, reason: str, told: dict[str, float], row: Row) -> str:
    topic = found.speaker.text(row["topic"]) if row["topic"] else ""
    return found.say(
        f"why-{reason}",
        gap=round(told["gap"]),
        recency=int(told["recency"]),
        usual=round(told["visits_usual" if reason == "visits" else "opened_usual"]),
        now=int(told["visits_30" if reason == "visits" else "opened_90"]),
        n=int(told.get({"ticket": "tickets_90", "coupons": "coupons"}.get(reason, reason), 0)),
        topic=topic or "none",
        share=found.speaker.percent(told["coupon_share"]),
    )


AtRisk.example = AtRisk(limit=20)
