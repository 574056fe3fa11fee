"""Kinds of visits: visits grouped by what was done in them, each kind told by what sets it apart."""

from __future__ import annotations

import numpy as np
from pydantic import Field

from masarat.analyse.answer import Column
from masarat.analyse.base import SMALL_SAMPLE, Analysis, Found, event_title
from masarat.analyse.frame import Frame
from masarat.analyse.moves import moves
from masarat.analyse.visits import LONGEST, PLACES, TOLD, VISIT, Place, earliest
from masarat.events import DONE_TO_THEM
from masarat.models.apart import Apart, apart, shares
from masarat.models.classes import classes
from masarat.models.proportions import interval
from masarat.store import Query, Row
from masarat.words import Words

BOUGHT = "Order Completed"
PATTERNS = 5_000  # different patterns that are grouped, the most common
SHOWN = 8  # places of an example
OFTEN = 3  # from so many times on a step is done again and again
FEW = 100  # visits; below this no kinds are looked for

WALKS = f"""
SELECT customer_id, {VISIT} AS visit, {earliest("(ts, event_id, place)", LONGEST, "is_step")} AS ordered,
       countIf(is_order) > 0 AS is_bought, sum(paid) AS paid
FROM moves GROUP BY customer_id, visit HAVING notEmpty(ordered)"""

KINDS = """
SELECT place, count() AS visits FROM (SELECT arrayJoin(arrayDistinct(ordered.3)) AS place FROM walks)
GROUP BY place ORDER BY visits DESC, place LIMIT {kinds:UInt16}"""

VECTORS = f"""
SELECT ordered.3 AS places, is_bought, paid, (SELECT kinds FROM looked_at) AS kinds,
       arrayMap(kind -> toUInt8((countEqual(places, kind) AS times) > 0) + toUInt8(times >= {OFTEN}), kinds) AS vector
FROM walks"""

# One row a pattern, with the example that is shortest; in the first row what holds for all.
ROWS = f"""
SELECT vector, visits, bought, revenue, path, if(row_number() OVER ranked = 1, kinds, []) AS kinds,
       sum(visits) OVER () AS all_visits, sum(bought) OVER () AS all_bought, sum(revenue) OVER () AS all_revenue
FROM (
    SELECT vector, count() AS visits, countIf(is_bought) AS bought, sum(paid) AS revenue, any(kinds) AS kinds,
           argMin(arraySlice(arrayCompact(places), 1, {SHOWN + 1}) AS way, (length(way), way)) AS path
    FROM vectors GROUP BY vector
)
WINDOW ranked AS (ORDER BY visits DESC, vector)
ORDER BY visits DESC, vector LIMIT {PATTERNS}"""


class PathGroups(Analysis):
    """Which kinds of visits there are, by what was done in them: how many are of each kind, how many of these bought, and what they brought.

    For whoever wants to know what visitors come for, without having named it before. Of each visit is looked at which of the most
    common steps were in it: not at all, once or twice, or three times and more. Orders are no such step, so that the conversion of a kind
    says something; neither are what happens to a customer and what a page tells by itself. A step is an event; or a page, or a part of the site.

    Kinds are latent classes (Lazarsfeld 1950; Goodman 1974): each has its own chance of every step, found by expectation and
    maximisation from seeded starts, so that the same visits always give the same kinds. How many there are is told by the Bayesian
    information criterion (Schwarz 1978), counting at most 2,000 visits, so that millions do not make a kind of every trifle; where one is
    enough, the answer says that visits do not fall into kinds. Each visit is of the kind that fits it best. A kind is named by the
    steps that at least half of its visits have and clearly more of them than of all visits (×3+: three times and more), and by what it
    lacks, though one visit in five has it. Its example is the shortest path of its most common pattern, repeats folded.

    Kinds are drawn by these very steps, so that these differ is no finding; conversion and money were not used, and may be read, with
    the interval of the conversion (Wilson, 95 %). Visits that only the 5,000 most common patterns do not cover stand as one row. Of each
    visit the earliest 1,000 moves count. A page that is only seen after buying is a step like others: leave it out by asking by event.
    Moves without a visit, or of nobody, are left out. Revenue is net, in the asked currency, of the orders in these visits.
    """

    of: Place = Field(
        "event", description="What a step is: event, page, or group (the first part of the page's path)."
    )
    steps_looked_at: int = Field(
        12, ge=3, le=20, description="How many steps are looked at, the most common."
    )
    most: int = Field(8, ge=2, le=12, description="How many kinds there may be.")

    view = "ranking"
    columns = (
        Column("group", "text"),
        Column("visits", "count"),
        Column("share", "percent"),
        Column("conversion", "percent"),
        Column("conversion_low", "percent"),
        Column("conversion_high", "percent"),
        Column("revenue", "money"),
        Column("per_visit", "money"),
        Column("path", "path"),
    )
    numbers = (Column("visits", "count"), Column("groups", "count"), Column("conversion", "percent"))
    picture = (Column("group", "text"), Column("share", "percent"), Column("conversion", "percent"))
    needs = ()
    about = ()
    sample = "visits"
    words = Words(
        en="""
title = Kinds of visits
about = Visits grouped by what was done in them: how many, who bought, for how much.
param-of = By
param-steps_looked_at = Steps looked at
param-most = Kinds at most
group = Kind of visit
visits = Visits
    .formula = Visits with at least one step
groups = Kinds
    .formula = Kinds of visits that differ in what was done (latent classes, as many as the BIC tells)
share = Share of visits
    .formula = Visits of this kind divided by all visits
conversion = Conversion
    .formula = Visits with a completed order divided by visits
conversion_low = at least
    .formula = Lower end of the 95% interval of the conversion (Wilson)
conversion_high = at most
    .formula = Upper end of the 95% interval of the conversion (Wilson)
revenue = Net revenue
    .formula = Completed orders minus refunds within these visits
per_visit = Per visit
    .formula = Net revenue of the kind divided by its visits
path = Example
group-did = { $did }
group-did-lacked = { $did }; without { $lacked }
group-lacked = Without { $lacked }
group-usual = Like most visits
group-rare = Rare patterns
again = { $step } ×3+
sentence = { $visits ->
    [one] One visit falls
   *[other] { $visits } visits fall
} into { $groups } kinds. The largest ({ $share }): { $largest }.
best = Most often bought: { $best } ({ $conversion } of its visits, against { $all } of all).
no-kinds = { $visits ->
    [one] One visit does
   *[other] { $visits } visits do
} not fall into kinds: what is done in one says little about what else is.
too-few = { $visits ->
    [one] One visit is
   *[other] { $visits } visits are
} too few to tell kinds of visits apart; { $few } are needed.
note-empty = No visit of these days can be followed; moves are known from { $first } to { $last }. Visits come with the browser SDK.
note-rare = { $share } of the visits have patterns so rare that they are not grouped.
note-small-kinds = { $n ->
    [one] One kind has
   *[other] { $n } kinds have
} fewer than { $least } visits: read the conversion with its interval.
""",
        ar="""
title = أنواع الزيارات
about = الزيارات مجموعةً بحسب ما جرى فيها: كم هي، ومن اشترى، وبكم.
param-of = حسب
param-steps_looked_at = عدد الخطوات المنظورة
param-most = أقصى عدد للأنواع
group = نوع الزيارة
visits = الزيارات
    .formula = الزيارات التي فيها خطوة واحدة على الأقل
groups = الأنواع
    .formula = أنواع الزيارات التي يختلف ما يجري فيها (أصناف كامنة، وعددها بمعيار BIC)
share = حصتها من الزيارات
    .formula = زيارات هذا النوع مقسومة على كل الزيارات
conversion = معدل التحويل
    .formula = الزيارات التي تم فيها طلب مقسومة على الزيارات
conversion_low = لا يقل عن
    .formula = الطرف الأدنى من فترة الثقة 95٪ لمعدل التحويل (ويلسون)
conversion_high = لا يزيد على
    .formula = الطرف الأعلى من فترة الثقة 95٪ لمعدل التحويل (ويلسون)
revenue = صافي الإيرادات
    .formula = الطلبات المكتملة ناقص المرتجعات في هذه الزيارات
per_visit = للزيارة
    .formula = صافي إيرادات النوع مقسومًا على زياراته
path = مثال
group-did = { $did }
group-did-lacked = { $did }؛ وليس فيها: { $lacked }
group-lacked = ليس فيها: { $lacked }
group-usual = كأكثر الزيارات
group-rare = أنماط نادرة
again = { $step } ×3+
sentence = { $visits ->
    [one] زيارة واحدة
    [two] زيارتان
    [few] { $visits } زيارات
    [many] { $visits } زيارة
   *[other] { $visits } زيارة
} تقع في { $groups ->
    [one] نوع واحد
    [two] نوعين
    [few] { $groups } أنواع
    [many] { $groups } نوعًا
   *[other] { $groups } نوع
}. أكبرها ({ $share }): { $largest }.
best = وأكثرها شراءً: { $best } ({ $conversion } من زياراته، مقابل { $all } من الزيارات كلها).
no-kinds = { $visits ->
    [one] زيارة واحدة
    [two] زيارتان
    [few] { $visits } زيارات
    [many] { $visits } زيارة
   *[other] { $visits } زيارة
} لا تنقسم إلى أنواع: فما يجري في الزيارة لا يكاد يدل على ما يجري فيها غيره.
too-few = { $visits ->
    [one] زيارة واحدة أقل
    [two] زيارتان أقل
    [few] { $visits } زيارات أقل
    [many] { $visits } زيارة أقل
   *[other] { $visits } زيارة أقل
} من أن تتبين فيها أنواع الزيارات؛ ويلزم لذلك { $few }.
note-empty = لا زيارة في هذه الأيام يمكن تتبعها؛ والحركات معروفة من { $first } إلى { $last }. وتأتي الزيارات مع كود التتبع في متجرك.
note-rare = أنماط { $share } من الزيارات نادرة فلم تُجمع في أنواع.
note-small-kinds = { $n ->
    [one] في نوع واحد
    [two] في نوعين
    [few] في { $n } أنواع
    [many] في { $n } نوعًا
   *[other] في { $n } نوع
} أقل من { $least } زيارة: اقرأ معدل تحويله مع فترته.
""",
    )

    def query(self, frame: Frame) -> Query:
        step = f"{PLACES[self.of]} != '' AND name NOT IN {{left_out:Array(String)}}"
        sold = "name IN {sales:Array(String)}"
        more = {
            "place": PLACES[self.of],
            "is_step": step,
            "is_order": f"name = '{BOUGHT}'",
            "paid": frame.net(),
        }
        return Query(
            steps={
                "moves": moves(frame, f"session_id != '' AND (({step}) OR {sold})", more=more),
                "walks": WALKS,
                "kinds": KINDS,
                "looked_at": "SELECT arraySort(groupArray(place)) AS kinds FROM kinds",
                "vectors": VECTORS,
                "rows": ROWS,
            },
            values=frame.values
            | {
                "left_out": sorted({*TOLD, *DONE_TO_THEM, BOUGHT, "Order Refunded"}),
                "sales": [BOUGHT, "Order Refunded"],
                "kinds": self.steps_looked_at,
            },
            rows="rows",
            totals="rows",
        )

    def interpret(self, found: Found) -> Found:
        """Patterns put together into kinds, each told by what sets it apart."""
        patterns, found.totals = found.rows, _totals(found.rows)
        found.before, found.before_rows = _totals(found.before_rows), []
        groups = self._groups(found, patterns) if found.totals.get("visits", 0) >= FEW else []
        found.totals |= {"groups": len(groups), "rare": 0} if found.totals else {}
        rest = found.totals.get("visits", 0) - sum(row["visits"] for row in patterns)
        if groups and rest:
            groups.append(_rare(found, patterns))
            found.totals["rare"] = rest
        found.rows = groups
        found.picture = _drawn([row for row in groups if row["path"]])
        return found

    def _groups(self, found: Found, patterns: list[Row]) -> list[Row]:
        vectors = np.array([row["vector"] for row in patterns], dtype=np.int64)
        visits = np.array([row["visits"] for row in patterns], dtype=np.int64)
        kind = classes(vectors, visits, most=self.most)
        everybody, steps = shares(vectors, visits), patterns[0]["kinds"]
        groups = []
        for each in range(int(kind.max()) + 1):
            mine = kind == each
            told = apart(shares(vectors[mine], visits[mine]), everybody, steps)
            rows = [row for row, is_mine in zip(patterns, mine, strict=True) if is_mine]
            named = {"group": _named(found, told), "path": _example(found, rows[0])}
            groups.append(_measured(found, rows) | named | {"told": _steps(found, told)})
        return groups

    def explain(self, found: Found) -> str:
        totals = found.totals
        kinds = [row for row in found.rows if row["path"]]
        if not kinds:
            return found.say("too-few", visits=totals["visits"], few=FEW)
        if len(kinds) == 1:
            return found.say("no-kinds", visits=totals["visits"])
        largest, best = kinds[0], max(kinds, key=lambda row: row["conversion"])
        said = found.say(
            "sentence",
            visits=totals["visits"],
            groups=len(kinds),
            share=found.percent("share", largest),
            largest=largest["group"],
        )
        if not best["conversion"]:
            return said
        more = found.say(
            "best",
            best=best["group"],
            conversion=found.percent("conversion", best),
            all=found.percent("conversion"),
        )
        return f"{said} {more}"

    def notes(self, found: Found) -> list[str]:
        small = sum(row["visits"] < SMALL_SAMPLE for row in found.rows if row["path"])
        notes = [found.say("note-small-kinds", n=small, least=SMALL_SAMPLE)] if small else []
        if rare := found.totals["rare"]:
            notes.append(found.say("note-rare", share=found.speaker.percent(rare / found.totals["visits"])))
        return notes


def _totals(rows: list[Row]) -> Row:
    """The overall numbers, which stand in every row."""
    if not rows:
        return {}
    whole = rows[0]
    found = {name: whole[f"all_{name}"] for name in ("visits", "bought", "revenue")}
    return found | {"conversion": found["bought"] / found["visits"]}


def _named(found: Found, told: Apart) -> str:
    """A kind in words."""
    lacked = [event_title(step, found.speaker.language) for step in told.lacked]
    words = {
        "did": found.speaker.value("list", _steps(found, told)),
        "lacked": found.speaker.value("list", lacked),
    }
    if told.did:
        return found.say("group-did-lacked" if told.lacked else "group-did", **words)
    return found.say("group-lacked", **words) if told.lacked else found.say("group-usual")


def _steps(found: Found, told: Apart) -> list[str]:
    """What most of a kind did, in words."""
    titles = {step: event_title(step, found.speaker.language) for step in told.did}
    return [
        found.say("again", step=titles[step]) if step in told.again else titles[step] for step in told.did
    ]


def _drawn(groups: list[Row]) -> list[Row]:
    """Kinds with names short enough for a picture: the first step that no kind before it is called by."""
    taken: set[str] = set()
    drawn = []
    for row in groups:
        name = next((step for step in row["told"] if step not in taken), row["group"])
        taken.add(name)
        drawn.append(row | {"group": name})
    return drawn


def _measured(found: Found, rows: list[Row]) -> Row:
    """How many visits these patterns are, and what came of them."""
    visits, bought = (sum(row[name] for row in rows) for name in ("visits", "bought"))
    return _figures(found, visits, bought, sum(row["revenue"] for row in rows))


def _rare(found: Found, patterns: list[Row]) -> Row:
    """What is left: visits with patterns that are not among the most common."""
    known, whole = _measured(found, patterns), found.totals
    left = (
        whole["visits"] - known["visits"],
        whole["bought"] - known["bought"],
        whole["revenue"] - known["revenue"],
    )
    return _figures(found, *left) | {"group": found.say("group-rare"), "path": []}


def _figures(found: Found, visits: int, bought: int, revenue: float) -> Row:
    low, high = interval(bought, visits) or (None, None)
    return {
        "visits": visits,
        "bought": bought,
        "share": visits / found.totals["visits"],
        "conversion": bought / visits,
        "conversion_low": low,
        "conversion_high": high,
        "revenue": round(revenue, 4),
        "per_visit": revenue / visits,
    }


def _example(found: Found, row: Row) -> list[str]:
    """The path of a pattern, its places as people call them; one that goes on says so."""
    path = [event_title(place, found.speaker.language) for place in row["path"][:SHOWN]]
    return [*path, "…"] if len(row["path"]) > SHOWN else path


PathGroups.example = PathGroups(steps_looked_at=10)
