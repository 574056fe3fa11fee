"""What those who get through have in common: traits and deeds that go with conversion, each against all others."""

from __future__ import annotations

from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.attempts import attempts, reaching, values
from masarat.analyse.base import Found, event_title
from masarat.analyse.frame import DIMENSIONS, Frame
from masarat.analyse.moves import moves
from masarat.analyse.through_steps import ThroughSteps
from masarat.models.proportions import CHANCE, difference, discoveries
from masarat.store import Query, Row
from masarat.words import Words

TRAITS = ("channel", "device", "country", "city", "campaign")
COMPARED = 1_000  # values at most, those of most customers


class FunnelDrivers(ThroughSteps):
    """What customers who get through share, and what those who do not share, each with how sure it is.

    For whoever looks for the cause behind a conversion rate. Of everybody who began (as in `funnel`), what the first step told: channel, device,
    country, city, campaign and the product in it; and every other event he did from there until he got through, or until his time was over.
    What only a later step tells is left out, since it would tell who got there. Each value that at least `least` customers have, and as many have not, is
    compared with all others: how many times as often they got through, by the score test of Miettinen and Nurminen (1985). Among many
    values some look special by chance; `chance` is therefore what it is among all that were compared (Benjamini and Hochberg 1995): of those
    below 5 %, at most one in twenty is false. At most 1,000 values are compared, those of most customers.

    What goes together need not cause: who asks for a coupon may have wanted to buy anyway. And who did not get through had the
    whole time for other deeds, who did only until then: a deed that looks harmful may just take time.
    """

    least: int = Field(30, ge=2, le=100_000, description="Customers that a value must have to be compared.")
    limit: int = Field(50, ge=1, le=COMPARED, description="How many values to list, the surest first.")

    view = "ranking"
    columns = (
        Column("value", "text"),
        Column("kind", "text"),
        Column("lift", "percent"),
        Column("lift_least", "percent"),
        Column("lift_most", "percent"),
        Column("chance", "percent"),
        Column("customers", "count"),
        Column("rate", "percent"),
        Column("others_rate", "percent"),
    )
    numbers = (
        Column("rate", "percent"),
        Column("entered", "count"),
        Column("converted", "count"),
        Column("compared", "count"),
        Column("sure", "count"),
    )
    picture = (Column("value", "text"), Column("rate", "percent"), Column("others_rate", "percent"))
    words = Words(
        en="""
title = What goes with getting through
about = What customers who get through have in common, and what those who do not.
param-least = Customers a value must have
value = Value
kind = Kind
kind-event = did
kind-product = first product
kind-channel = channel
kind-device = device
kind-country = country
kind-city = city
kind-campaign = campaign
lift = Against the others
    .formula = The rate of those who have it against the rate of all others: 0.5 is half as much again
lift_least = At least
    .formula = Lower end of the 95 % interval
lift_most = At most
    .formula = Upper end of the 95 % interval
chance = Chance
    .formula = How often chance alone would show it, among so many compared (Benjamini–Hochberg)
others_rate = Rate of the others
    .formula = Customers without it who got through divided by all without it
compared = Values compared
    .formula = Values that enough customers have, and enough have not
sure = Hardly chance
    .formula = Values whose difference is below 5 % chance
sentence = { $up ->
    [none] Nothing goes with getting through more often than chance explains
   *[other] Most of all “{ $up }” goes with getting through: { $up_rate } against { $up_others } of all others
}{ $down ->
    [none] { "" }
   *[other] ; “{ $down }” goes with not getting through: { $down_rate } against { $down_others }
}. { $compared ->
    [one] One value was compared.
   *[other] { $compared } values were compared.
}
too-few = { $n ->
    [one] Only one customer
   *[other] Only { $n } customers
} began: no value is held by enough of them to be compared.
note-not-cause = What goes together need not cause: try it before you build on it.
""",
        ar="""
title = ما يقترن بالإتمام
about = ما يشترك فيه من أتمّوا الخطوات، وما يشترك فيه من لم يُتمّوها.
param-least = أقل عدد من العملاء
value = القيمة
kind = النوع
kind-event = فعل
kind-product = أول منتج
kind-channel = القناة
kind-device = الجهاز
kind-country = الدولة
kind-city = المدينة
kind-campaign = الحملة
lift = مقابل غيرهم
    .formula = معدل من عندهم هذه القيمة مقابل معدل كل من سواهم: 0.5 تعني نصفًا زيادة
lift_least = على الأقل
    .formula = الطرف الأدنى لفترة الثقة 95٪
lift_most = على الأكثر
    .formula = الطرف الأعلى لفترة الثقة 95٪
chance = احتمال المصادفة
    .formula = كم مرة تُظهره المصادفة وحدها بين كل ما قورن (بنجاميني وهوكبرغ)
others_rate = معدل غيرهم
    .formula = من أتمّوا دون هذه القيمة مقسومين على كل من ليست عندهم
compared = قيم قورنت
    .formula = قيم يحملها عدد كافٍ من العملاء ويخلو منها عدد كافٍ
sure = يبعد أن تكون مصادفة
    .formula = قيم يقل احتمال المصادفة في فرقها عن 5٪
sentence = { $up ->
    [none] لا شيء يقترن بالإتمام أكثر مما تفسره المصادفة
   *[other] أكثر ما يقترن بالإتمام «{ $up }»: { $up_rate } مقابل { $up_others } لكل من سواهم
}{ $down ->
    [none] { "" }
   *[other] ؛ ويقترن «{ $down }» بعدم الإتمام: { $down_rate } مقابل { $down_others }
}. { $compared ->
    [zero] لم تُقارن أي قيمة.
    [one] قورنت قيمة واحدة.
    [two] قورنت قيمتان.
    [few] قورنت { $compared } قيم.
    [many] قورنت { $compared } قيمة.
   *[other] قورنت { $compared } قيمة.
}
too-few = { $n ->
    [one] لم يبدأ إلا عميل واحد
    [two] لم يبدأ إلا عميلان
    [few] لم يبدأ إلا { $n } عملاء
    [many] لم يبدأ إلا { $n } عميلًا
   *[other] لم يبدأ إلا { $n } عميل
}: لا قيمة يحملها عدد كافٍ للمقارنة.
note-not-cause = اقتران أمرين لا يعني أن أحدهما سبب الآخر: جرّب قبل أن تبني عليه.
""",
    )

    def query(self, frame: Frame) -> Query:
        way = self.way(frame)
        first = ", ".join(
            f"argMinIf({name}, event_id, ts = begun_at AND {name} != '') AS first_{name}"
            for name in (*TRAITS, "product")
        )
        listed = ", ".join(f"('{name}', toString(first_{name}))" for name in (*TRAITS, "product"))
        told = {
            "known": moves(
                reaching(frame, way),
                more={name: DIMENSIONS[name] for name in TRAITS} | {"product": "product_names[1]"},
            )
        }
        return Query(
            steps={
                **attempts(frame, way),
                "begun_by": f"""
SELECT customer_id, begun_at, level = {len(way.required)} AS through,
       if(through, done_at, begun_at + toIntervalMillisecond({{window:Int64}})) AS until_at FROM attempts""",
                **told,
                "customers": f"""
SELECT customer_id, any(through) AS through, {first}, groupUniqArrayIf(toString(name), name NOT IN {{step_names:Array(String)}}) AS deeds
FROM known GLOBAL JOIN begun_by USING (customer_id) WHERE ts = begun_at OR ts > begun_at AND ts < until_at GROUP BY customer_id""",
                "rows": f"""
SELECT held.1 AS kind, held.2 AS value, count() AS customers, countIf(through) AS converted
FROM (SELECT through, arrayJoin(arrayConcat([('', ''), {listed}], arrayMap(deed -> ('event', deed), deeds))) AS held FROM customers)
WHERE held.2 != '' OR held.1 = '' GROUP BY kind, value
ORDER BY kind != '', customers DESC, kind, value LIMIT {COMPARED + 1}""",
            },
            values=frame.values | values(frame, way),
            rows="rows",
        )

    def interpret(self, found: Found) -> Found:
        """The first row counts all; of the others each is tested, and each chance made what it is among so many."""
        found.totals, told = self._tested(found)
        found.before = self._tested(found, before=True)[0] if found.frame.before else {}
        found.rows = sorted(
            told, key=lambda row: (row["chance"], -abs(row["lift"]), row["kind"], row["value"])
        )[: self.limit]
        sure = [row for row in told if row["chance"] < CHANCE]
        found.picture = sorted(sure, key=lambda row: (-row["lift"], row["kind"], row["value"]))
        return found

    def _tested(self, found: Found, *, before: bool = False) -> tuple[Row, list[Row]]:
        rows = found.before_rows if before else found.rows
        whole = rows[0] if rows else {"customers": 0, "converted": 0}
        entered, converted = whole["customers"], whole["converted"]
        told = []
        for row in rows[1:]:
            others = entered - row["customers"]
            if min(row["customers"], others) >= self.least:
                told += _compared(found, row, others, converted - row["converted"])
        for row, chance in zip(told, discoveries([row["chance"] for row in told]), strict=True):
            row["chance"] = chance
        totals = {
            "entered": entered,
            "converted": converted,
            "rate": converted / entered if entered else None,
            "compared": len(told),
            "sure": sum(row["chance"] < CHANCE for row in told),
        }
        return totals, told

    def explain(self, found: Found) -> str:
        if not found.totals["compared"]:
            return found.say("too-few", n=found.totals["entered"])
        up = max(found.picture, key=lambda row: row["lift"], default=None)
        down = min(found.picture, key=lambda row: row["lift"], default=None)
        said: dict[str, str] = {"up": "none", "down": "none"}
        if up and up["lift"] > 0:
            said |= _words(found, "up", up)
        if down and down["lift"] < 0:
            said |= _words(found, "down", down)
        return found.say("sentence", compared=found.totals["compared"], **said)

    def notes(self, found: Found) -> list[str]:
        return [found.say("note-not-cause")] if found.totals["sure"] else []


def _compared(found: Found, row: Row, others: int, others_converted: int) -> list[Row]:
    """One value against all others; nothing where it cannot be tested."""
    known = difference(row["converted"], row["customers"], others_converted, others)
    if known is None:
        return []
    shown = event_title(row["value"], found.frame.language) if row["kind"] == "event" else row["value"]
    return [
        {
            "value": shown,
            "kind": found.say(f"kind-{row['kind']}"),
            "lift": known.change,
            "lift_least": known.low,
            "lift_most": known.high,
            "chance": known.chance,
            "customers": row["customers"],
            "rate": row["converted"] / row["customers"],
            "others_rate": others_converted / others,
        }
    ]


def _words(found: Found, key: str, row: Row) -> dict[str, str]:
    return {
        key: f"{row['kind']}: {row['value']}",
        f"{key}_rate": found.percent("rate", row),
        f"{key}_others": found.percent("others_rate", row),
    }


FunnelDrivers.example = FunnelDrivers(steps=("Product Added", "Order Completed"), least=2)
