"""Visitors who are blocked, ready or comparing now, by name, with the evidence and the chance that they order."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found
from masarat.analyse.foreseeing import foreseen, learnt_from
from masarat.analyse.frame import Frame
from masarat.analyse.intent_words import REASONS, reason
from masarat.analyse.intents import RULES, STATES
from masarat.analyse.people import WHO, once, who
from masarat.analyse.period import Compare
from masarat.store import Query, Row
from masarat.words import Words

Sought = Literal["blocked", "ready", "comparing"]

# Of each visitor of the period the last visit, where no order came since.
STANDING = """
SELECT * FROM described WHERE is_last AND until >= {since:Int64}"""

TOTALS = """
SELECT count() AS known, countIf(state = {state:UInt8} AND NOT settled) AS customers,
       countIf(state = {state:UInt8} AND NOT settled AND worth > 0) AS carts, sumIf(worth, state = {state:UInt8} AND NOT settled) AS at_stake
FROM standing"""

THEIRS = "SELECT * FROM standing WHERE state = {state:UInt8} AND NOT settled"

BEST = """
SELECT row_number() OVER (ORDER BY worth DESC, until DESC, customer_id) AS place, customer_id, until, worth, why, counts, features
FROM theirs
ORDER BY worth DESC, until DESC, customer_id LIMIT {limit:UInt16}"""

BY_NAME = f"""
SELECT customer, name, fromUnixTimestamp64Milli(until, {{timezone:String}}) AS left_at, worth, why, counts, features
FROM listed {WHO} ORDER BY place"""


class IntentCustomers(Analysis):
    """Who was blocked, ready to buy or comparing at their last visit of the period and has not ordered since, with the evidence.

    For sales and service: whom to help, to call or to write to, today. The rules are those of `intent`, applied to the last visit; whoever
    ordered after it, by whatever way and up to a week after the period, is not listed. Those with most in the cart come first, then those who left last. The evidence
    says what speaks for it and how often it happened; the cart is worth what was added minus removed, or what checkout or the viewed
    cart says of the whole.

    The chance is what the model of `intent_model` gives: that an order comes within seven days after the visit, as it stood when the visit
    ended. Days that passed since without an order make it less. It is shown where there is enough to learn from and the model
    says more than the mere share on the last four weeks; ask `intent_model` how sure it is. Visitors who cannot be written to appear with the
    identifier they came with. Before you write to anybody, their consent counts, not this list.
    """

    compare: Compare = Field("none", description="Nothing is compared.")
    state: Sought = Field("blocked", description="Who is listed: blocked, ready or comparing.")
    limit: int = Field(100, ge=1, le=1000, description="How many visitors to list.")

    view = "table"
    columns = (
        Column("customer", "text"),
        Column("name", "text"),
        Column("left_at", "time"),
        Column("worth", "money"),
        Column("chance", "percent"),
        Column("why", "list"),
    )
    numbers = (Column("customers", "count"), Column("carts", "count"), Column("at_stake", "money"))
    needs = ()
    about = ()
    sample = "known"
    words = Words(
        en="""
title = Visitors by intent
about = Who was blocked, ready to buy or comparing at their last visit and has not ordered since.
param-state = Who
param-limit = Rows
customers = Visitors
    .formula = Visitors whose last visit of the period ended so, and who have not ordered since
carts = With a cart
    .formula = Those of them who left something in the cart
at_stake = Money at stake
    .formula = What their carts hold
left_at = Left at
worth = Cart
    .formula = What the cart of the last visit holds
chance = Chance of an order
    .formula = That an order comes within seven days after the visit, by the model; empty where it is not known well enough
why = Because
sentence = { $customers ->
    [one] One visitor
   *[other] { $customers } visitors
} { $state ->
    [blocked] { $customers ->
        [one] was
       *[other] were
    } blocked
    [ready] { $customers ->
        [one] was
       *[other] were
    } ready to buy
   *[comparing] { $customers ->
        [one] was
       *[other] were
    } comparing
} at the last visit and { $customers ->
    [one] has
   *[other] have
} not ordered since{ $carts ->
    [0] { "" }
    [one] ; { $money } is in one cart
   *[other] ; { $money } is in { $carts } carts
}.
nobody = Nobody { $state ->
    [blocked] who was blocked
    [ready] who was ready to buy
   *[comparing] who compared
} at the last visit is still without an order.
note-no-chance = No chance is given: there is not enough data to foresee orders, or the model says no more than the mere share (see intent_model).
"""
        + REASONS.en,
        ar="""
title = الزوار بحسب النية
about = من تعثر أو كان جاهزًا للشراء أو مقارنًا في آخر زيارة له ولم يطلب بعدها.
param-state = مَن
param-limit = عدد الصفوف
customers = الزوار
    .formula = من انتهت آخر زيارة لهم في الفترة بهذا ولم يطلبوا بعدها
carts = ولهم سلة
    .formula = من ترك منهم شيئًا في السلة
at_stake = المال المعلّق
    .formula = ما في سلاتهم
left_at = وقت المغادرة
worth = السلة
    .formula = ما في سلة آخر زيارة
chance = احتمال الطلب
    .formula = أن يأتي طلب خلال سبعة أيام من الزيارة بحسب النموذج؛ فارغ إن لم يُعرف معرفة كافية
why = الدليل
sentence = { $customers ->
    [one] زائر واحد
    [two] زائران
    [few] { $customers } زوار
    [many] { $customers } زائرًا
   *[other] { $customers } زائر
} { $state ->
    [blocked] تعثروا
    [ready] كانوا جاهزين للشراء
   *[comparing] كانوا يقارنون
} في آخر زيارة ولم يأتِ منهم طلب بعدها{ $carts ->
    [zero] { "" }
    [one] ؛ وفي سلة واحدة { $money }
    [two] ؛ وفي سلتين { $money }
    [few] ؛ وفي { $carts } سلات { $money }
    [many] ؛ وفي { $carts } سلة { $money }
   *[other] ؛ وفي { $carts } سلة { $money }
}.
nobody = لا أحد ممن { $state ->
    [blocked] تعثروا
    [ready] كانوا جاهزين للشراء
   *[comparing] كانوا يقارنون
} في آخر زيارة بقي بلا طلب.
note-no-chance = لا احتمال هنا: البيانات لا تكفي لتوقع الطلبات، أو أن النموذج لا يزيد على قول النسبة وحدها (انظر intent_model).
"""
        + REASONS.ar,
    )

    def query(self, frame: Frame) -> Query:
        steps, values = learnt_from(frame, DAYS, beside=True)
        return Query(
            steps={
                **steps,
                "standing": STANDING,
                "totals": TOTALS,
                "theirs": THEIRS,
                "best": BEST,
                "listed": once("best", "place", "customer_id", "until", "worth", "why", "counts", "features"),
                **who("listed"),
                "by_name": BY_NAME,
            },
            values=values | {"state": STATES.index(self.state) + 1, "limit": self.limit},
            rows="by_name",
            totals="totals",
            picture="sample",
            customers="theirs",
        )

    def interpret(self, found: Found) -> Found:
        model = foreseen(found.picture)
        used = model is not None and model.helps
        chances = model.chances([row["features"] for row in found.rows]) if model and used else None
        for place, row in enumerate(found.rows):
            row["chance"] = chances[place] if chances else None
            row["why"] = _why(found, row)
        found.totals["foreseen"] = used
        found.picture = []
        return found

    def explain(self, found: Found) -> str:
        totals = found.totals
        if not totals["customers"]:
            return found.say("nobody", state=self.state)
        told = {"state": self.state, "money": found.money("at_stake")}
        return found.say("sentence", customers=totals["customers"], carts=totals["carts"], **told)

    def notes(self, found: Found) -> list[str]:
        return [] if found.totals["foreseen"] or not found.rows else [found.say("note-no-chance")]


DAYS = 7  # after the visit within which an order is foreseen


def _why(found: Found, row: Row) -> list[str]:
    """What speaks for the state, the strongest first: trouble, then readiness, then comparing."""
    rules = [(RULES[place - 1], row["counts"][place - 1]) for place in row["why"]]
    ranked = sorted(rules, key=lambda one: -STATES.index(one[0].state))
    return [reason(found.speaker, rule.key, int(times)) for rule, times in ranked]


IntentCustomers.example = IntentCustomers(state="ready", limit=20)
