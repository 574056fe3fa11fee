"""What is behind each row, and which questions look closer."""

from __future__ import annotations

import pytest

from masarat.analyse import ANALYSES, ask, find, read
from masarat.show.closer import NEXT, Way, behind, further, no_parts
from tests.support.shop import event, order, write

STEPS = "Product Viewed\nOrder Completed"


def ways(store, name, **given):
    texts = {"period": "2025", **given}
    parameters = {key: text.splitlines() if key == "steps" else text for key, text in texts.items()}
    asked = read(find(name), parameters)
    answer = ask(store, asked)
    return answer, behind(asked, answer, texts, 200)


def filled(store):
    write(store, [
        event("Product Viewed", "a", "2025-01-01 10:00", city="Riyadh"),
        order("a", "2025-01-01 11:00", 10, city="Riyadh"),
        event("Product Viewed", "b", "2025-01-02 10:00", city="Jeddah"),
    ])  # fmt: skip
    return store


def test_a_step_leads_to_those_who_stopped_after_it(store):
    _, found = ways(filled(store), "funnel", steps=STEPS)
    assert found == [
        Way(question="funnel_dropped", given={"period": "2025", "steps": STEPS, "after": "1"}),
        None,
    ]


def test_a_step_of_a_part_leads_to_those_of_the_part(store):
    answer, found = ways(filled(store), "funnel", steps=STEPS, breakdown="city", segment="country!=Kuwait")
    at = [row["breakdown"] for row in answer.rows].index("Jeddah")
    assert found[at].given["segment"] == "country!=Kuwait and city=Jeddah"
    assert found[at].given["after"] == "1"


def test_a_customer_leads_to_their_page_and_a_part_to_its_customers(store):
    _, found = ways(filled(store), "top_customers")
    assert found == [Way(customer="a")]
    _, found = ways(store, "revenue", breakdown="city")
    assert found[0].given["segment"] == "city=Riyadh"


def test_what_looks_closer_is_asked_alike():
    found = further(find("funnel"), {"period": "2025", "steps": STEPS, "limit": "3", "compare": "none"})
    assert found[0] == Way(question="funnel_dropped", given={"period": "2025", "steps": STEPS})


def test_every_question_named_is_one():
    known = {kind.name for kind in ANALYSES}
    assert set(NEXT) <= known
    assert all(set(names) <= known and name not in names for name, names in NEXT.items())


def test_a_group_leads_to_its_customers_and_what_is_no_group_nowhere(store):
    write(store, [order(f"r{each}", "2025-01-01 11:00", 10, city="Riyadh") for each in range(5)])
    write(store, [order("j", "2025-01-01 11:00", 10, city="Jeddah")])
    answer, found = ways(store, "demographics", by="city")
    assert [row["group"] for row in answer.rows] == ["Riyadh", "groups of fewer than 5"]
    assert found == [Way(question="customers", given={"period": "2025", "segment": "city=Riyadh"}), None]


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("kind", ANALYSES, ids=lambda kind: kind.name)
def test_rows_that_are_no_value_are_known_of_every_question(kind, language):
    assert all(no_parts(kind, language))
