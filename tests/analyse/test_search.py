"""Finding customers by anything they are known by, on one process and on two shards: ten customers, checked by eye."""

import polars as pl
import pytest

from masarat.analyse.nearness import Way
from masarat.analyse.search import Listed, search
from masarat.analyse.several import _matches
from masarat.analyse.typed import read
from masarat.errors import BadParameter
from masarat.resolve import Decision, Resolver, Rules
from masarat.store.searching import refill
from tests.resolve.test_resolver import seen
from tests.support.shop import in_two_sizes, order, when, write

PEOPLE = (
    # identifier, name, phone, e-mail
    ("user:17", "محمد بن عبد الرحمن العتيبي", "+966501234567", "m.otaibi99@gmail.com"),
    ("user:18", "Mohammed Al-Qahtani", "+966559876543", "mq@aramco.example"),
    ("user:19", "Sara Al Otaibi", "+966531112222", "sara_otaibi@hotmail.example"),
    ("user:20", "نورة القحطاني", "+971501234567", ""),
    ("shop:C-1001", "فاطمة الزهراء", "+966540001111", "fatima@shop.example"),
    ("shop:C-1002", "Abdullah bin Saleh", "+966540002222", ""),
    ("shop:2001", "أحمد إبراهيم", "", "ahmed.ibrahim@gmail.com"),
    ("salla:17", "عبدالله الشهري", "", ""),
    ("phone:+966567778888", "خالد", "+966567778888", ""),
    ("user:21", "O'Brien 100%_Trading", "", ""),
)


@pytest.fixture(scope="module")
def shop(engine):
    """Each ordered once; what is known of them is told in one go."""
    store = engine.store()
    write(store, [order(who, f"2025-02-{20 - place}", 100) for place, (who, *_) in enumerate(PEOPLE)])
    tell(store, [("user:17", "city", "الرياض")])
    tell(store, [(who, "name", name) for who, name, *_ in PEOPLE])
    tell(store, [(who, "phone", phone) for who, _, phone, _ in PEOPLE if phone])
    tell(store, [(who, "email", email) for who, *_, email in PEOPLE if email])
    return store


def tell(store, facts, source="test", ts="2025-01-01"):
    whom, traits, values = zip(*facts, strict=True)
    told = {"visitor_id": whom, "trait": traits, "value": values}
    store.insert("traits", pl.DataFrame(told).with_columns(source=pl.lit(source), ts=pl.lit(when(ts))))


SOURCES = ("invoices", "test")


def look(store, text, limit=10) -> Listed:
    """The list, after making sure that the cluster gives the very same one."""
    small = search(store, text, limit, SOURCES)
    assert search(in_two_sizes(store), text, limit, SOURCES) == small, "two shards answer differently"
    return small


def find(store, text, limit=10):
    return [hit.customer for hit in look(store, text, limit).hits]


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        # identifiers, whole and their beginnings
        ("user:17", ["user:17"]),
        ("17", ["user:17", "salla:17"]),
        ("salla:17", ["salla:17"]),
        ("c-1001", ["shop:C-1001"]),
        ("C-100", ["shop:C-1001", "shop:C-1002"]),
        ("shop:c-10", ["shop:C-1001", "shop:C-1002"]),
        ("٢٠٠١", ["shop:2001"]),
        # e-mails
        ("m.otaibi99@gmail.com", ["user:17"]),
        ("email:M.Otaibi99@Gmail.com", ["user:17"]),
        ("m.otai", ["user:17"]),
        ("otaibi99", ["user:17"]),
        ("@aramco", ["user:18"]),
        ("aramco.example", ["user:18"]),
        ("gmail.com", ["user:17", "shop:2001"]),
        ("ahmed.ib", ["shop:2001"]),
        # phones
        ("0501234567", ["user:17"]),
        ("+966 50 123 4567", ["user:17"]),
        ("00966501234567", ["user:17"]),
        ("٠٥٠ ١٢٣ ٤٥٦٧", ["user:17"]),
        ("501234567", ["user:17", "user:20"]),
        ("+971501234567", ["user:20"]),
        ("050123", ["user:17"]),
        ("4567", ["user:17", "user:20"]),
        ("9876543", ["user:18"]),
        ("phone:0567778888", ["phone:+966567778888"]),
        # names, whole words and parts, however they are folded
        ("فاطمه", ["shop:C-1001"]),
        ("فَاطِمَة الزهراء", ["shop:C-1001"]),
        ("الزهرا", ["shop:C-1001"]),
        ("زهراء", ["shop:C-1001"]),
        ("هراء", ["shop:C-1001"]),
        ("احمد", ["shop:2001"]),
        ("إبــراهيم", ["shop:2001"]),
        ("qahtani mohammed", ["user:18"]),
        ("qaht", ["user:18"]),
        ("aleh", ["shop:C-1002"]),
        ("obrien", ["user:21"]),
        ("100%_trading", ["user:21"]),
        # in the other script, after those in their own
        ("Otaibi", ["user:17", "user:19"]),  # m.otaibi99@…
        ("عتيبي", ["user:17", "user:19"]),
        ("kahtani", ["user:18", "user:20"]),
        ("شهري", ["salla:17"]),
        ("Shehri", ["salla:17"]),
        ("محمد", ["user:17", "user:18"]),
        ("Muhammad", ["user:18", "user:17"]),
        ("abdulrahman", ["user:17"]),
        ("عبد الرحمن العتيبي", ["user:17"]),
        ("Abdullah", ["shop:C-1002", "salla:17"]),
        ("نوره القحطاني", ["user:20"]),
        ("Noura Qahtani", ["user:20"]),
        # a name and the end of a phone
        ("sara 2222", ["user:19"]),
        ("sara 1111", []),
        ("zzzz", []),
    ],
)  # fmt: skip
def test_customers_are_found(shop, text, whom):
    assert sorted(find(shop, text)) == sorted(whom)


@pytest.mark.parametrize(
    ("text", "first"),
    [("نورة", "user:20"), ("Muhammad", "user:18"), ("محمد", "user:17"), ("sara", "user:19")],
)
def test_their_own_script_comes_first(shop, text, first):
    assert find(shop, text)[0] == first


def test_each_is_told_with_what_they_were_found_by(shop):
    (hit,) = look(shop, "0501234567").hits
    assert (hit.customer, hit.name, hit.phone, hit.email, hit.city) == (*PEOPLE[0], "الرياض")
    assert hit.last_seen == when("2025-02-20")
    assert [(each.trait, each.value) for each in hit.because] == [("phone", "+966501234567")]
    (hit,) = look(shop, "salla:17").hits
    assert [(each.trait, each.value) for each in hit.because] == [("identifier", "salla:17")]
    (hit,) = look(shop, "sara 2222").hits
    assert [(each.trait, each.value) for each in hit.because] == [
        ("name", "Sara Al Otaibi"),
        ("phone", "+966531112222"),
    ]


def test_a_short_list_says_that_there_are_more(shop):
    assert look(shop, "96", 3).more
    assert len(look(shop, "96", 3).hits) == 3
    assert not look(shop, "gmail.com", 2).more


@pytest.mark.parametrize("text", ["", "  ", "x", "م", "\x00", "%_%", "'", "()-+", "﷽"[:0], "\u200f\u200f"])
def test_too_little_is_refused(shop, text):
    with pytest.raises(BadParameter, match="at least 2 letters"):
        search(shop, text)


@pytest.mark.parametrize("text", ["x" * 10_000, "ا " * 50, "م" * 201, "a b c d e f g h i j"])
def test_too_much_is_refused(shop, text):
    with pytest.raises(BadParameter, match="at most 8 words"):
        search(shop, text)


@pytest.mark.parametrize(
    "text",
    ["o'brien'--", '"; DROP TABLE search', "100%", "%%aa", "__aa", "a\x00b", "\\\\aa", "{x:String}", "name:' OR 1", "🙂🙂aa", "aa\n\tbb", "李小龙", "9" * 150],
)  # fmt: skip
def test_hostile_text_is_only_text(shop, text):
    found = find(shop, text)
    assert found in ([], ["user:21"]), "nobody but O'Brien 100%_Trading has such letters"


@pytest.mark.parametrize("limit", [0, -1, 101])
def test_a_limit_has_bounds(shop, limit):
    with pytest.raises(BadParameter, match="1 to 100"):
        search(shop, "sara", limit)


# Who are one customer


@pytest.fixture
def two(store):
    """Noura ordered online by her account, and by phone as Nora; a stranger has another phone."""
    write(
        store,
        [
            order("user:1", "2025-01-01", 10),
            order("phone:+966501234567", "2025-01-03", 10),
            order("phone:+966509999999", "2025-01-02", 10),
        ],
    )
    tell(store, [("user:1", "name", "نورة العتيبي"), ("phone:+966501234567", "name", "Nora")])
    return store


def test_who_was_merged_is_one_under_any_identifier_and_name(two):
    assert sorted(find(two, "نوره")) == ["phone:+966501234567", "user:1"]
    resolver = Resolver(two, Rules())
    resolver.decide(Decision("merge", "user:1", "phone:+966501234567"), "", "huda")
    for text in ("نوره", "Nora", "0501234567", "user:1", "4567", "عتيبي 4567", "nora 050123"):
        (hit,) = look(two, text).hits
        assert (hit.customer, hit.last_seen) == ("user:1", when("2025-01-03"))
    resolver.decide(Decision("withdrawn", "user:1", "phone:+966501234567"), "", "huda")
    assert sorted(find(two, "نوره")) == ["phone:+966501234567", "user:1"]
    assert find(two, "0501234567") == ["phone:+966501234567"]
    assert find(two, "عتيبي 4567") == [], "the two words are of two customers again"
    assert find(two, "Nora عتيبي") == ["user:1"], "Nora is نورة"


@pytest.mark.parametrize("typed", ["17850", "١٧٨٥٠", "invoices:17850", "b-17x", "B-17X"])
def test_who_only_ordered_is_found_by_the_whole_number(two, typed):
    write(
        two,
        [
            order("invoices:17850", "2025-03-01", 10, source="invoices"),
            order("invoices:B-17X", "2025-03-01", 10, source="invoices"),
        ],
    )
    (hit,) = look(two, typed).hits
    assert hit.customer == ("invoices:B-17X" if "17" in typed.lower()[-3:] else "invoices:17850")
    assert [reason.value for reason in hit.because] == [hit.customer]
    assert find(two, "1785") == [], "its beginning finds nobody: nothing but an order tells of it"


def test_a_phone_that_only_came_along_finds_its_customer(two):
    Resolver(two, Rules()).take(seen(("user:1", "phone:+966531112222")))
    assert find(two, "0531112222") == ["user:1"]
    assert find(two, "2222") == ["user:1"]


def test_a_phone_that_is_shared_by_many_is_found_by_itself(two):
    resolver = Resolver(two, Rules())
    resolver.take(seen(*((f"user:{n}", "phone:+966531112222") for n in range(100, 160))))
    assert resolver.shared == {"phone:+966531112222"}
    assert find(two, "0531112222") == ["phone:+966531112222"]


def test_a_phone_of_two_people_finds_both(two):
    """A father and a son with an account each; the phone is the father's, who came with it first."""
    Resolver(two, Rules()).take(seen(("user:7", "phone:+966531112222"), ("user:8", "phone:+966531112222")))
    tell(two, [(who, "phone", "0531112222") for who in ("user:7", "user:8")])
    assert sorted(find(two, "+966 53 111 2222")) == ["user:7", "user:8"]


def test_a_name_that_was_replaced_finds_nobody(two):
    tell(two, [("user:1", "name", "نورة القحطاني")], ts="2025-02-01")
    assert find(two, "قحطاني") == ["user:1"]
    assert find(two, "عتيبي") == []


def test_who_is_erased_is_found_no_more(two):
    for table in ("events", "traits"):
        two.command(f"ALTER TABLE {table} DELETE WHERE visitor_id = 'user:1' SETTINGS mutations_sync = 2")
    assert find(two, "عتيبي") == find(two, "user:1") == []


def test_a_store_from_before_fills_itself(two):
    for table in ("search", "search_words"):
        two.command(f"TRUNCATE TABLE {table}")
    assert find(two, "عتيبي") == []
    two.command("TRUNCATE TABLE schema_version")
    two.command("INSERT INTO schema_version (version) VALUES (2)")
    two.create()
    assert find(two, "عتيبي") == find(two, "user:1") == ["user:1"]
    words = two.select("SELECT count() AS n FROM search")[0]["n"]
    assert refill(two) == words, "what stands already is not kept twice"
    assert find(two, "4567") == ["phone:+966501234567"]


@pytest.mark.parametrize(
    ("text", "whom"),
    [("otaibi99@gm", ["user:17"]), ("otaibi99@ho", []), ("taibi99", ["user:17"]), ("sara_otaibi@gmail.com", []), ("hmed.ibra", ["shop:2001"])],
)  # fmt: skip
def test_a_part_of_an_email_stands_in_it_as_a_whole(shop, text, whom):
    assert find(shop, text) == whom


def test_who_loses_a_word_while_they_are_looked_for_is_left_out():
    """Erased or renamed between the two questions: of the first both words are still there, of the second one."""
    ways = [Way(place, term) for place, term in enumerate(read("sara otaibi", "SA"))]
    words = {"word": ["sara", "otaibi", "sara"], "kind": ["name"] * 3, "owner": [1, 1, 2]}
    assert [match.owner for match in _matches([1, 2], pl.DataFrame(words), ways)] == [1]
