import polars as pl

from masarat.models.comparable import comparable
from masarat.resolve.identifiers import Rules

PHONE, OTHER = "+966501234567", "+966559876543"


def known(*customers):
    kinds = {
        "customer": pl.String,
        **dict.fromkeys(("names", "phones", "emails", "tax_numbers"), pl.List(pl.String)),
        "birthday": pl.String,
        "city": pl.String,
    }
    rows = [
        {"customer": name, "names": [], "phones": [], "emails": [], "tax_numbers": [], "birthday": "", "city": "", **facts}
        for name, facts in customers
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=kinds)


def rows(frame, *fields):
    return frame.select("customer_id", *fields).rows()


def test_values_come_in_one_form():
    facts = {"phones": ["٠٥٠ ١٢٣ ٤٥٦٧", PHONE, "12"], "emails": [" Sara@Example.SA "], "birthday": "1990-05-01T00:00:00Z"}  # fmt: skip
    found = comparable(known(("user:1", facts)), Rules(), "SA")
    assert rows(found, "phone", "email", "birthday") == [("user:1", PHONE, "sara@example.sa", "1990-05-01")]


def test_every_further_name_and_phone_is_a_row():
    facts = {"names": ["سارة", "Sara", "Sarah"], "phones": [PHONE, OTHER], "city": "جدة"}
    found = comparable(known(("user:1", facts), ("user:2", {"names": ["Ali"]})), Rules(), "SA")
    assert rows(found, "name", "phone", "city") == [
        ("user:1", "سارة", PHONE, "جدة"),
        ("user:1", "Sara", OTHER, "جدة"),
        ("user:1", "Sarah", PHONE, "جدة"),
        ("user:2", "Ali", None, ""),
    ]


def test_what_names_nobody_does_not_speak():
    """The shop's own phone, a company's, one that somebody split off, and one that six customers give."""
    own, company, apart, many = "+966112345678", "+966920012345", PHONE, OTHER
    people = [(f"user:{n}", {"phones": [many]}) for n in range(1, 7)]
    people += [
        ("user:a", {"phones": [own]}),
        ("user:b", {"phones": [company]}),
        ("user:c", {"phones": [apart]}),
    ]
    rules = Rules(own=frozenset([own]))
    found = comparable(known(*people), rules, "SA", {f"phone:{apart}"})
    assert found.height == 9
    assert found["phone"].null_count() == 9
    assert comparable(known(*people[:5]), rules, "SA")["phone"].to_list() == [many] * 5


def test_whom_nothing_can_join_is_left_out():
    people = known(
        ("shop:name:sara", {"names": ["Sara"]}), ("user:7", {}), ("user:8", {}), ("phone:+966920012345", {})
    )
    assert comparable(people, Rules(), "SA", {"user:7"})["customer_id"].to_list() == ["user:8"]


def test_nobody():
    assert comparable(known(), Rules(), "SA").is_empty()
