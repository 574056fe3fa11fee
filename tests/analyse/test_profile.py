"""One customer out of the store: the same in both sizes, in both languages, and the same as the questions about all customers say."""

import random
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from masarat.analyse import ask, explain, kinds
from masarat.analyse.abandoned_carts import AbandonedCarts
from masarat.analyse.customers import Customers
from masarat.analyse.profile import profile
from masarat.analyse.profile.deeds import KINDS, OF_NAME
from masarat.analyse.profile.facts import FIGURES
from masarat.analyse.profile.path import read_path
from masarat.analyse.profile.props import Props, decode
from masarat.analyse.profile.reading import read_facts, read_rows, to_moves
from masarat.analyse.profile.scores import NEVER, Bounds, bounds, measure
from masarat.analyse.profile.sentences import Sentences
from masarat.analyse.profile.suggestions import suggestions
from masarat.analyse.profile.timeline import Added, Asked, timeline
from masarat.analyse.rfm import Rfm
from masarat.errors import BadParameter, UnknownName
from masarat.events import EVENTS, hash_of
from masarat.models.customer import figures
from masarat.records import Records
from masarat.records.models import Attachment, Consent, Note
from masarat.records.stages import SIX
from masarat.resolve.graph import Decision
from masarat.resolve.identifiers import Rules
from masarat.resolve.resolver import Resolver
from masarat.settings import Settings
from masarat.store.members import called, members
from masarat.words import LANGUAGES, speaker
from masarat.words.of import words
from tests.resolve.test_resolver import seen
from tests.support.people import trait
from tests.support.shop import event, in_two_sizes, order, refund, when, write

HER = ["user:1", "anon:phone", "phone:+966501234567"]
NOW = datetime(2025, 6, 30, 9, tzinfo=UTC)


def line(name, who, ts, props="{}", **more):
    return event(name, who, ts, props=props, **more)


@pytest.fixture
def lived(store):
    """She looked on her phone, bought as a user and in the branch, answered and reviewed; somebody else bought too."""
    write(store, [
        line("Page Viewed", "anon:phone", "2025-01-01 10:00", session_id="s1", channel="email", device="mobile", url="https://x.sa/بن"),
        line("Products Searched", "anon:phone", "2025-01-01 10:01", '{"query": "بن"}', session_id="s1"),
        order("user:1", "2025-01-02 10:00", 210, items=[("بن", 2, 160), ("كوب", 1, 50)], source="سلة", payment="mada", props="{}"),
        order("phone:+966501234567", "2025-01-22 10:00", 90, items=[("بن", 1, 90)], source="branch", branch="العليا", props="{}"),
        refund("user:1", "2025-01-23 10:00", 50, items=[("كوب", -1, -50)], props="{}"),
        line("Survey Answered", "user:1", "2025-01-24 10:00", '{"survey": "nps", "score": 9, "comment": "خدمة رائعة"}'),
        line("Product Reviewed", "user:1", "2025-01-25 10:00", '{"rating": 5, "review_body": "طازج"}', product_ids=["k1"]),
        order("user:2", "2025-01-02 10:00", 1000, props="{}"),
    ])  # fmt: skip
    Resolver(store, Rules()).take(seen(("user:1", "anon:phone"), ("user:1", "phone:+966501234567")))
    trait(store, "user:1", "city", "الرياض", "2025-01-02")
    trait(store, "phone:+966501234567", "city", "جدة", "2025-01-22")
    trait(store, "user:1", "name", "سارة")
    return store


def whole(store, language="ar", rules=None, limits=None):
    ours = members(store, "anon:phone")
    rows, facts = read_rows(store, ours), read_facts(store, ours)
    path = read_path(store, ours, rows, SIX, NOW, speaker(words("profile"), language))
    return profile(store, ours, to_moves(rows), facts, language=language, now=NOW, currency="SAR", rules=rules or {}, path=path, bounds=limits)  # fmt: skip


def fact(found, name):
    (one,) = [each for each in found["facts"] if each["name"] == name]
    return one


def test_all_her_identifiers_from_any_of_them(lived):
    for identifier in HER:
        assert members(lived, identifier) == HER
    assert members(lived, "user:2") == ["user:2"]
    assert members(in_two_sizes(lived), "anon:phone") == HER
    assert called(lived, HER) == dict.fromkeys(HER, "user:1")
    assert called(lived, ["user:2"]) == {"user:2": "user:2"}


def test_a_merge_and_its_undoing_change_whom_one_reads(lived):
    Resolver(lived, Rules()).take(seen(("user:2", "email:b@b.sa")))
    before = members(lived, "user:1")
    resolver = Resolver(lived, Rules())
    resolver.decide(Decision("merge", "user:1", "user:2"), "", "huda")
    assert set(members(lived, "user:2")) == {*before, "user:2", "email:b@b.sa"}
    resolver.decide(Decision("withdrawn", "user:1", "user:2"), "", "huda")
    assert (members(lived, "user:1"), members(lived, "user:2")) == (before, ["user:2", "email:b@b.sa"])


def test_the_profile_in_both_sizes(lived):
    small = whole(lived)
    assert whole(in_two_sizes(lived)) == small
    told = {each["name"]: each["value"] for each in small["facts"]}
    expected = {
        "name": "سارة", "city": "جدة", "phone": None, "orders": 2, "gross": 300.0, "refunds": 50.0, "net": 250.0, "aov": 150.0,
        "products": ["بن", "كوب"], "payment": "mada", "branch": "العليا", "days_between": 20.0, "next_order": None,
        "visits": 1, "pages": 1, "channel": "email", "device": "mobile", "searches": ["بن"], "stage": "advocacy",
        "nps": 9.0, "rating": 5.0, "sentiment": "positive", "last_seen": "2025-01-25T13:00:00+03:00", "segment": None,
    }  # fmt: skip
    assert {name: told[name] for name in expected} == expected
    assert (small["customer"], small["identifiers"], small["currency"]) == ("user:1", HER, "SAR")


def test_each_fact_says_its_kind_and_where_it_comes_from(lived):
    found = whole(lived)
    assert {each["kind"] for each in found["facts"]} == set(found["kinds"]) == set(kinds.KINDS)
    city = fact(found, "city")
    assert (city["kind"], city["how"], city["disagree"]) == ("demographic", "كما ذكره \u2068test\u2069", True)
    assert [(each["value"], each["identifier"]) for each in city["values"]] == [
        ("جدة", "phone:+966501234567"), ("الرياض", "user:1"),
    ]  # fmt: skip
    assert fact(found, "gender")["text"] == "غير معروف بعد"
    assert fact(found, "orders")["how"] == "الطلبات المكتملة التي قيمتها فوق الصفر"
    assert (
        found["sentence"]
        == "\u2068سارة\u2069: طلبان بصافي \u2066250.00\u2069 ر.س، وآخر ظهور له 25 يناير 2025."
    )


def test_the_rule_that_was_chosen_counts(lived):
    city = fact(whole(lived, rules={"city": ("most_frequent", ())}), "city")
    assert (city["value"], city["rule"]) == ("جدة", "most_frequent")
    everything = {"": ("most_trusted", ("web",))}
    assert fact(whole(lived, "en", rules=everything), "city")["rule"] == "most_trusted"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_its_title_and_formula(language):
    speak = speaker(words("profile"), language)
    for columns in FIGURES.values():
        for column in columns:
            assert speak.say(column.name)
            assert speak.formula(column.name), column.name


def test_other_currencies_are_said(lived):
    write(lived, [order("user:1", "2025-02-01", 5, currency="USD", event_id="usd")])
    assert whole(lived, "en")["notices"] == ["Money is in SAR; orders in USD are not counted."]


# The same as the questions


def test_the_same_money_as_the_list_of_customers(lived):
    rows = {row["customer"]: row for row in ask(lived, Customers(), today=date(2025, 6, 30)).rows}
    told = {each["name"]: each["value"] for each in whole(lived)["facts"]}
    row = rows["user:1"]
    assert (row["orders"], row["revenue"], row["aov"]) == (told["orders"], told["net"], told["aov"])


def handled(who, name, ts, money):
    about = {"product_ids": ["k"], "product_names": ["k"], "product_categories": [""], "product_quantities": [1], "product_revenues": [money]}  # fmt: skip
    whole = name in ("Checkout Started", "Order Completed")
    told = about if name.startswith("Product") else {}
    return event(name, who, ts, revenue=money if whole else 0, event_id=uuid.uuid4().hex, **told)


def test_carts_are_those_of_the_question(store):
    """Sixty customers who put in, take out, look and buy at random."""
    dice = random.Random(7)
    names = (
        "Product Added",
        "Product Added",
        "Product Removed",
        "Cart Viewed",
        "Checkout Started",
        "Order Completed",
    )
    moves = [
        handled(f"user:{who}", dice.choice(names), f"2025-01-{dice.randint(1, 4):02} {dice.randint(0, 23):02}:00", dice.choice((0, 10, 25)))
        for who in range(60) for _ in range(dice.randint(1, 8))
    ]  # fmt: skip
    write(store, [*moves, event("Page Viewed", "user:last", "2025-03-01")])
    theirs = {}
    for row in ask(store, AbandonedCarts(hours=24, limit=10_000), today=date(2025, 3, 1)).rows:
        theirs.setdefault(row["customer"], []).append(row["value"])
    assert len(theirs) > 20
    for who in range(60):
        moves = to_moves(read_rows(store, [f"user:{who}"]))
        found = figures(moves, "SAR", store.settings.zone, datetime(2025, 3, 1, 12, tzinfo=UTC))
        expected = theirs.get(f"user:{who}", [])
        assert (found["abandoned_carts"], found["abandoned_value"]) == (len(expected), sum(expected)), who


def test_the_segment_is_that_of_rfm(store):
    write(store, [
        order(f"user:{who}", f"2025-{month:02}-{1 + who % 27:02}", 10 * (who % 7 + 1), event_id=f"{who}-{month}")
        for who in range(60) for month in range(1, 2 + who % 6)
    ])  # fmt: skip
    limits = measure(store, NOW)
    question = Rfm(period="all")
    query = explain(store, question, today=NOW.date())
    placed = {row["customer_id"]: row["segment"] for row in store.rows(query, "placed")}
    for who in range(60):
        found = figures(to_moves(read_rows(store, [f"user:{who}"])), "SAR", store.settings.zone, NOW)
        day = found["last_order"].astimezone(store.settings.zone).date()
        assert limits.segment(day, found["orders"], found["net"]) == placed[hash_of(f"user:{who}")], who


def test_bounds_are_kept_for_a_day(store, tmp_path):
    records = Records(Settings(data=tmp_path))
    assert bounds(store, records, NOW) is None, "nobody has bought yet"
    write(store, [order("user:1", "2025-01-02", 100)])
    first = bounds(store, records, NOW)
    assert first == Bounds(**vars_of(first))
    write(store, [order("user:2", "2025-01-03", 500, event_id="later")])
    assert bounds(store, records, NOW + timedelta(days=1)) == first, "yesterday's will do"
    renewed = bounds(store, records, NOW + timedelta(days=1), older=timedelta(hours=1))
    assert renewed.m != first.m
    assert bounds(store, records, NOW + timedelta(days=1)) == renewed
    assert first.segment(date(2025, 1, 2), 1, 100) == "new", "nobody bought later, nobody more often"
    assert first.f == [NEVER] * 4
    records.close()


def vars_of(found):
    return {name: getattr(found, name) for name in ("at", "currency", "r", "f", "m", "segments")}


# Timeline

NOTE = Note(
    id=7, identifier="user:1", text="تفضّل المكالمات مساءً", author="cli:huda", at=when("2025-01-24 12:00")
)
FILE = Attachment(
    id=3,
    identifier="user:1",
    name="عقد.pdf",
    size=10,
    sha256="x",
    author="cli:huda",
    at=when("2025-01-24 13:00"),
)
AGREED = Consent(id="c1", identifier="user:1", purpose="marketing", channel="sms", status="granted", at=when("2025-01-03"),
                 source="checkout", evidence="أوافق")  # fmt: skip
ADDED = Added([AGREED], [NOTE], [FILE])


def told(store, language="ar", **asked):
    found = timeline(store, members(store, "user:1"), ADDED, Asked(**asked), language)
    return [
        line["sentence"].translate(dict.fromkeys(map(ord, "\u2066\u2068\u2069"))) for line in found["lines"]
    ]


def of_her_alone(lines):
    return [sentence for sentence in lines if "ضُمّ" not in sentence]


def test_the_timeline_says_what_happened(lived):
    assert of_her_alone(told(lived)) == [
        "قيّم منتجًا: k1، 5 من 5: «طازج»",
        "أرفق cli:huda ملفًا: عقد.pdf",
        "كتب cli:huda: تفضّل المكالمات مساءً",
        "أجاب استبيانًا (nps 9): «خدمة رائعة»",
        "أُعيد له مبلغ بـ50.00 ر.س (o4)",
        "اشترى منتجًا واحدًا بـ90.00 ر.س من branch: بن",
        "وافق على التسويق عبر الرسائل النصية (checkout)",
        "اشترى 3 منتجات بـ210.00 ر.س من سلة: بن، كوب",
        "بحث عن «بن»",
        "شاهد صفحة (/بن)",
    ]
    assert "ضُمّ anon:phone إلى user:1: ظهرا معًا" in told(lived, kinds=["identity"])
    assert told(lived, "en")[-3:] == [
        "Bought 3 products for SAR 210.00 from سلة: بن, كوب",
        "Searched for “بن”",
        "Viewed a page (/بن)",
    ]


@pytest.mark.parametrize(
    ("pieces", "said"),
    [(0, "طلبًا"), (1, "منتجًا واحدًا"), (2, "منتجين"), (3, "3 منتجات"), (10, "10 منتجات"), (11, "11 منتجًا"), (99, "99 منتجًا"),
     (100, "100 منتج"), (103, "103 منتجات")],
)  # fmt: skip
def test_arabic_counts_products_as_arabic_does(store, pieces, said):
    write(store, [order("user:1", "2025-01-02", 90, items=[("بن", pieces, 90)] if pieces else [])])
    sentence = told(store, kinds=["orders"])[0]
    assert sentence == f"اشترى {said} بـ90.00 ر.س من test" + (": بن" if pieces else "")


def test_pages_turn_without_a_gap_or_a_repetition(lived):
    every = told(lived, limit=100)
    for limit in (1, 2, 3, 5):
        found, place = [], ""
        while True:
            page = timeline(lived, HER, ADDED, Asked(limit=limit, before=place), "ar")
            found += [line["sentence"] for line in page["lines"]]
            place = page["next"]
            if not place:
                break
        assert len(found) == len(every)
        assert found == [
            line["sentence"] for line in timeline(lived, HER, ADDED, Asked(limit=100), "ar")["lines"]
        ]


def test_many_moves_of_one_moment_are_turned_too(store):
    write(store, [line("Page Viewed", "user:1", "2025-01-01", event_id=f"e{n:02}") for n in range(7)])
    page = timeline(store, ["user:1"], Added(), Asked(limit=4), "ar")
    rest = timeline(store, ["user:1"], Added(), Asked(limit=4, before=page["next"]), "ar")
    ids = [each["id"] for each in (*page["lines"], *rest["lines"])]
    assert ids == [f"e{n:02}" for n in reversed(range(7))]
    assert rest["next"] == ""


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"kinds": ["orders"]}, 3),
        ({"kinds": ["orders", "notes"]}, 5),
        ({"kinds": ["consent"]}, 1),
        ({"kinds": ["surveys"]}, 2),
        ({"kinds": ["other"]}, 0),
        ({"names": ["Order Completed"]}, 2),
        ({"sources": ["branch"]}, 1),
        ({"since": when("2025-01-24"), "until": when("2025-01-25")}, 3),
        ({"text": "كوب"}, 2),
        ({"text": "خِدمة رائعه"}, 1),
        ({"text": "مساء"}, 1),
        ({"text": "شاهد صفحة"}, 1),
        ({"kinds": ["orders"], "text": "كوب", "since": when("2025-01-03")}, 1),
    ],
)
def test_filters(lived, asked, count):
    assert len(told(lived, **asked)) == count
    assert timeline(in_two_sizes(lived), HER, ADDED, Asked(**asked), "en") == timeline(
        lived, HER, ADDED, Asked(**asked), "en"
    )


def test_unknown_names_stand_for_themselves_under_other(store):
    write(store, [line("Coffee Cupped", "user:1", "2025-01-01")])
    assert told(store, kinds=["other"]) == ["Coffee Cupped"]


@pytest.mark.parametrize(
    "asked",
    [{"limit": 0}, {"limit": 501}, {"before": "yesterday"}, {"before": "12"}, {"before": f"{10**30}~a"}],
)
def test_what_cannot_be_asked(asked):
    with pytest.raises(BadParameter):
        Asked(**asked).check()
    with pytest.raises(UnknownName, match="orders"):
        Asked(kinds=["order"]).check()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_move_of_the_dictionary_has_a_sentence_and_a_kind(language):
    says = Sentences(language)
    row = {"url": "", "titles": [], "coupon": "", "order_id": "", "branch": "", "revenue": 0.0, "currency": "SAR",
           "quantities": [], "source": "web"}  # fmt: skip
    for one in EVENTS:
        assert one.name in OF_NAME, f"of which kind is {one.name} (deeds.py)?"
        said = says.event({**row, "name": one.name}, Props())
        assert said != one.name, f"{one.name} has no sentence in {language}"
    assert all(says.speak.say(f"kind-{kind}") for kind in KINDS)


@pytest.mark.parametrize(
    ("props", "expected"),
    [
        ("{}", Props()),
        ('{"score": "9", "survey": 7, "comment": "ok"}', Props(score=9.0, survey="7", said="ok")),
        (
            '{"score": "high", "rating": null, "label": {"a": 1}, "form": "f1", "points": true}',
            Props(label="f1", points=1.0),
        ),
        ('{"score": "nan", "rating": 1e400, "points": "inf"}', Props()),
        ('{"label": "", "topic": "التوصيل", "text": ["a"]}', Props(label="التوصيل")),
    ],
)
def test_properties_of_any_shape_are_read(props, expected):
    assert decode(props) == expected


def test_somebodys_text_cannot_turn_the_sentence(store):
    write(
        store,
        [line("Product Viewed", "user:1", "2025-01-01", product_ids=["k"], product_names=["\u202eabc"])],
    )
    (found,) = timeline(store, ["user:1"], Added(), Asked(), "ar")["lines"]
    assert found["sentence"] == "شاهد منتجًا: \u2068abc\u2069"


# Suggestions


def test_who_shares_a_phone_may_belong_together(store):
    write(store, [order(who, "2025-01-01", 1, event_id=who) for who in ("user:1", "user:2", "user:3")])
    phone = "phone:+966501234567"
    Resolver(store, Rules()).take(seen(("user:1", phone, 0), ("user:2", phone, 1)))
    speak = speaker(words("profile"), "ar")

    def found(who):
        ours = members(store, who)
        return [(each["with"], each["kind"], each["sentence"].translate(dict.fromkeys(map(ord, "\u2068\u2069"))))
                for each in suggestions(store, ours, read_facts(store, ours), speak)]  # fmt: skip

    assert found("user:1") == [("user:2", "household", "يشتركان في الجوال +966501234567")]
    assert found("user:2") == [("user:1", "household", "يشتركان في الجوال +966501234567")]
    assert found("user:3") == []
    trait(store, "user:1", "company", "مقهى النخيل")
    trait(store, "user:3", "company", "مقهى النخيل")
    assert found("user:3") == [("user:1", "company", "كلاهما من مقهى النخيل")]


def test_a_shared_till_suggests_nobody(store):
    people = [f"user:{n}" for n in range(20)]
    write(store, [order(who, "2025-01-01", 1, event_id=who) for who in people])
    Resolver(store, Rules()).take(seen(*(("phone:+1", who, n) for n, who in enumerate(people))))
    assert suggestions(store, ["user:1"], {}, speaker(words("profile"), "en")) == []
