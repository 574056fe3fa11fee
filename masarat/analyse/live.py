"""Live: who is here now, what they look at, and where they came from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from babel import Locale
from pydantic import Field, field_validator

from masarat.analyse.answer import Column
from masarat.analyse.base import Analysis, Found, event_title
from masarat.analyse.dense import dense
from masarat.analyse.frame import SALES, Frame
from masarat.analyse.moves import PAGE
from masarat.analyse.period import Period
from masarat.store import Query, Row
from masarat.words import Words

NOW = timedelta(minutes=5)  # whoever moved since then is here
VIEWS = ("Page Viewed", "Screen Viewed")
SILENT: Row = {"visitors": 0, "page_views": 0}

# The lists of the table, in the order in which they are read; each counts a column of `recent`.
PARTS = ("page", "event", "channel", "origin", "country", "city", "device")


class Live(Analysis):
    """Who is in the shop right now: how many visitors, what they look at, where they came from, and what they bought.

    For the hour of a campaign, and for whoever has just put the snippet into a page and wants to see that it works. The window
    is the running minute and those before it, 30 in all unless told otherwise; each minute is a point of the picture, silent ones
    included. Here now is who moved in the last five minutes. A visitor is a browser, so that somebody who signs in on the way
    stays one; where no browser is named it is the identifier that came. An event counts when it happened, not when it arrived:
    a file imported now changes nothing unless its rows are of these minutes. What a server or a till tells of a customer counts as
    a move of his. Each list shows the names that most visitors share; a page is its path, whatever the host. Visits without a
    name (no channel, no city) stand in no list, so a list may add up to less than the whole, and since one visitor sees many
    pages, to more. Bots are counted at the door and never stored.
    """

    minutes: int = Field(
        30, ge=1, le=180, description="How many minutes to look at, the running one included."
    )
    until: datetime = Field(
        default_factory=lambda: datetime.now(UTC),
        description="The moment to look at, in the shop's time unless it names a zone; empty means now.",
    )
    limit: int = Field(10, ge=1, le=1000, description="How many names each list shows.")

    view = "trend"
    columns = (
        Column("part", "text"),
        Column("name", "text"),
        Column("visitors", "count"),
        Column("events", "count"),
    )
    numbers = (
        Column("now", "count"),
        Column("visitors", "count"),
        Column("page_views", "count"),
        Column("events", "count"),
        Column("orders", "count"),
        Column("revenue", "money"),
    )
    picture = (Column("start", "time"), Column("visitors", "count"), Column("page_views", "count"))
    needs = ()
    about = ()
    sample = "events"
    words = Words(
        en="""
title = Live
about = Who is in your shop right now, what they look at and where they came from.
param-minutes = Minutes
param-until = Until
part = List
visitors = Visitors
    .formula = Different browsers that moved in these minutes; where none is named, different identifiers
events = Events
    .formula = Everything that happened in these minutes; of a page, how often it was viewed
now = Here now
    .formula = Different visitors with an event in the last five minutes
page_views = Page views
    .formula = Pages and screens viewed in these minutes
start = Minute
part-page = Pages
part-event = Events
part-channel = Channels
part-origin = Came from
part-country = Countries
part-city = Cities
part-device = Devices
sentence = { $now ->
    [0] Nobody is here right now
    [one] One visitor is here right now
   *[other] { $now } visitors are here right now
}. { $minutes ->
    [one] The running minute
   *[other] The last { $minutes } minutes
} saw { $visitors ->
    [one] one visitor
   *[other] { $visitors } visitors
}, { $views ->
    [one] one page view
   *[other] { $views } page views
} and { $orders ->
    [0] no order
    [one] one order for { $revenue }
   *[other] { $orders } orders for { $revenue }
}.
top-page = The page with most visitors is { $page }.
note-no-data = No event has come yet. Run masarat source add shop and put the line that it prints into your pages: visitors show here within seconds.
note-empty = Nothing happened in these minutes; the newest event is of { $last }. A site that does not send yet needs a key: masarat source add shop
note-no-compare = Live is compared with nothing.
note-period = Live looks at its own minutes, whatever the period.
""",
        ar="""
title = مباشر
about = من في متجرك الآن، وإلامَ ينظر، ومن أين جاء.
param-minutes = عدد الدقائق
param-until = حتى
part = القائمة
visitors = الزوار
    .formula = المتصفحات المختلفة التي تحركت في هذه الدقائق؛ وحيث لا متصفح فالمعرّفات المختلفة
events = الحركات
    .formula = كل ما جرى في هذه الدقائق؛ وللصفحة عدد مشاهداتها
now = هنا الآن
    .formula = الزوار المختلفون الذين لهم حركة في آخر خمس دقائق
page_views = المشاهدات
    .formula = ما شوهد من صفحات وشاشات في هذه الدقائق
start = الدقيقة
part-page = الصفحات
part-event = الحركات
part-channel = القنوات
part-origin = جاؤوا من
part-country = الدول
part-city = المدن
part-device = الأجهزة
sentence = { $now ->
    [zero] لا أحد في متجرك الآن
    [one] في متجرك الآن زائر واحد
    [two] في متجرك الآن زائران
    [few] في متجرك الآن { $now } زوار
    [many] في متجرك الآن { $now } زائرًا
   *[other] في متجرك الآن { $now } زائر
}. و{ $minutes ->
    [one] في هذه الدقيقة
    [two] في آخر دقيقتين
    [few] في آخر { $minutes } دقائق
    [many] في آخر { $minutes } دقيقة
   *[other] في آخر { $minutes } دقيقة
}: { $visitors ->
    [zero] لا زائر معروفًا
    [one] زائر واحد
    [two] زائران
    [few] { $visitors } زوار
    [many] { $visitors } زائرًا
   *[other] { $visitors } زائر
}، { $views ->
    [zero] ولا مشاهدة
    [one] ومشاهدة واحدة
    [two] ومشاهدتان
    [few] و{ $views } مشاهدات
    [many] و{ $views } مشاهدة
   *[other] و{ $views } مشاهدة
}، { $orders ->
    [zero] ولا طلب بعد
    [one] وطلب واحد بقيمة { $revenue }
    [two] وطلبان بقيمة { $revenue }
    [few] و{ $orders } طلبات بقيمة { $revenue }
    [many] و{ $orders } طلبًا بقيمة { $revenue }
   *[other] و{ $orders } طلب بقيمة { $revenue }
}.
top-page = وأكثر الصفحات زوارًا { $page }.
note-no-data = لم تصل أي حركة بعد. نفّذ masarat source add shop وضع السطر الذي يظهر لك في صفحاتك، فترى زوارك هنا في ثوانٍ.
note-empty = لا حركة في هذه الدقائق؛ وآخر حركة عندك في { $last }. وإن كان موقعك لا يرسل بعد فأنشئ له مفتاحًا: masarat source add shop
note-no-compare = لا يُقارن «مباشر» بشيء.
note-period = ينظر «مباشر» إلى دقائقه هو، أيًّا كانت الفترة.
""",
    )

    @field_validator("until")
    @classmethod
    def know_moment(cls, value: datetime) -> datetime:
        if not 2000 <= value.year <= 2200:
            raise ValueError("a year from 2000 to 2200 is expected")
        return value

    def window(self, frame: Frame) -> tuple[datetime, datetime]:
        """The first minute's beginning and the moment looked at, UTC."""
        zoned = self.until if self.until.tzinfo else self.until.replace(tzinfo=frame.settings.zone)
        until = zoned.astimezone(UTC)
        return until.replace(second=0, microsecond=0) - timedelta(minutes=self.minutes - 1), until

    def query(self, frame: Frame) -> Query:
        begin, until = self.window(frame)
        return Query(
            steps={
                "recent": RECENT.format(page=PAGE, only=frame.only()),
                "live": "SELECT * FROM recent WHERE ts >= fromUnixTimestamp64Milli({begin:Int64}, 'UTC')",
                "totals": TOTALS,
                "minutes": """
SELECT toStartOfMinute(ts) AS start, uniqExactIf(visitor, visitor != '') AS visitors, countIf(is_view) AS page_views
FROM live GROUP BY start ORDER BY start""",
                "lists": f"""
SELECT part, name, uniqExactIf(visitor, visitor != '') AS visitors, count() AS events
FROM live ARRAY JOIN {{parts:Array(String)}} AS part, [{", ".join(PARTS)}] AS name
WHERE name != '' GROUP BY part, name
ORDER BY indexOf({{parts:Array(String)}}, part), visitors DESC, events DESC, name
LIMIT {{limit:UInt64}} BY part""",
            },
            values=frame.values
            | {
                "begin": _milliseconds(begin),
                "now_from": _milliseconds(until - NOW),
                "until": _milliseconds(until),
                "views": list(VIEWS),
                "sales": list(SALES),
                "parts": list(PARTS),
                "limit": self.limit,
            },
            rows="lists",
            totals="totals",
            picture="minutes",
        )

    def interpret(self, found: Found) -> Found:
        """Fill silent minutes with zeros, and say names in words."""
        zone = found.frame.settings.zone
        begin, until = self.window(found.frame)
        days = Period(begin.astimezone(zone).date(), until.astimezone(zone).date())
        found.frame = replace(found.frame, period=days, before=None)
        found.before, found.before_rows, found.before_picture = {}, [], []
        known = [row | {"start": row["start"].replace(tzinfo=UTC)} for row in found.picture]
        every = dense(known, [begin + timedelta(minutes=index) for index in range(self.minutes)], SILENT)
        found.picture = [row | {"start": row["start"].astimezone(zone)} for row in every]
        found.totals["top_page"] = next((row["name"] for row in found.rows if row["part"] == "page"), "")
        found.rows = [
            row | {"part": found.say(f"part-{row['part']}"), "name": _in_words(found, row)}
            for row in found.rows
        ]
        return found

    def explain(self, found: Found) -> str:
        totals = found.totals
        sentence = found.say(
            "sentence",
            now=totals["now"],
            minutes=self.minutes,
            visitors=totals["visitors"],
            views=totals["page_views"],
            orders=totals["orders"],
            revenue=found.money("revenue"),
        )
        if not totals["top_page"]:
            return sentence
        return f"{sentence} {found.say('top-page', page=found.speaker.text(totals['top_page']))}"

    def notes(self, found: Found) -> list[str]:
        others, currency = found.totals["others"], found.frame.currency
        notes = [found.say("note-period")] if self.period != "all" else []
        if others:
            named = ", ".join(other or "?" for other in others)
            notes.append(found.say("note-currencies", currency=currency, others=named))
        return notes


def _in_words(found: Found, row: Row) -> str:
    """A name of a list as people say it; names of the shop's own stay as they are."""
    part, name, language = row["part"], str(row["name"]), found.speaker.language
    if part == "event":
        return event_title(name, language)
    if part == "country":  # the door writes codes, files write names
        return str(Locale(language).territories.get(name, name))
    key = f"{part}-{name.replace(' ', '-')}"
    return found.say(key) if part in ("channel", "device") and found.speaker.knows(key) else name


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


# One row a move of the window, or of the last minutes where the window is shorter.
RECENT = """
SELECT ts, name AS event, channel, country, city, device, currency, revenue AS amount, name IN {{views:Array(String)}} AS is_view,
       arrayFirst(one -> startsWith(one, 'anon:'), identifiers) AS browser, if(browser = '', visitor_id, browser) AS visitor,
       if(is_view, {page}, '') AS page,
       multiIf(utm_source != '', utm_source, domain(referrer) = domain(url), '', domainWithoutWWW(referrer)) AS origin,
       event IN {{sales:Array(String)}} AND amount != 0 AS is_sale
FROM events
WHERE ts >= fromUnixTimestamp64Milli(least({{begin:Int64}}, {{now_from:Int64}}), 'UTC')
  AND ts <= fromUnixTimestamp64Milli({{until:Int64}}, 'UTC'){only}"""

TOTALS = """
SELECT uniqExactIf(visitor, visitor != '' AND ts > fromUnixTimestamp64Milli({now_from:Int64}, 'UTC')) AS now,
       uniqExactIf(visitor, visitor != '' AND inside) AS visitors, countIf(is_view AND inside) AS page_views, countIf(inside) AS events,
       countIf(event = 'Order Completed' AND amount > 0 AND inside) AS orders,
       sumIf(amount, is_sale AND currency = {currency:String} AND inside) AS revenue,
       arraySort(groupUniqArrayIf(currency, is_sale AND currency != {currency:String} AND inside)) AS others
FROM (SELECT *, ts >= fromUnixTimestamp64Milli({begin:Int64}, 'UTC') AS inside FROM recent)"""

Live.example = Live(until=datetime.fromisoformat("2025-11-20T22:00"))
