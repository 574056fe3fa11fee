"""What reports share: totals with a date, amounts whose currency stands in their header, columns that a source says are not there."""

from __future__ import annotations

import pytest

from masarat.collect.continuing import is_total
from masarat.collect.currencies import currency_in, without_currency
from masarat.collect.sources.base import Export


def test_totals_with_a_date_in_anybodys_sheet(take, store):
    report = take(
        "date,channel,campaign,spend\n2025-03-01,radio,,5\n2025-03-01,radio,eid,6\n2025-03-01,,Total,11\n"
    )
    assert (report.kind, report.preview.preset, report.rejected) == ("costs", "", 1)
    assert store.select("SELECT channel, campaign, amount FROM costs ORDER BY campaign") == [
        {"channel": "radio", "campaign": "", "amount": 5.0},
        {"channel": "radio", "campaign": "eid", "amount": 6.0},
    ]


def test_costs_of_a_whole_beside_its_parts_are_told(take):
    """Whichever way they come: in one file, or the campaigns in one and their ad sets in another."""
    sheet = "date,channel,campaign,ad set name,spend SAR\n"
    assert take(sheet + "2025-03-01,meta,eid,,30\n2025-03-01,meta,ramadan,,7\n", "a.csv").notes == []
    told = take(sheet + "2025-03-01,meta,eid,men,10\n2025-03-01,meta,eid,women,20\n", "b.csv").notes
    assert [note.partition(" of costs")[0] for note in told] == ["30.00 SAR"]
    total = take(
        sheet + "2025-03-02,x,,,9\n2025-03-02,x,eid,,9\n2025-03-03,x,,,5\n2025-03-03,x,eid,,9\n", "c.csv"
    ).notes
    assert [note.partition(" of costs")[0] for note in total] == ["39.00 SAR"]


@pytest.mark.parametrize(
    ("word", "total"),
    [
        *(
            ("Total", True),
            ("Total: Account", True),
            ("الإجمالي: الحملات", True),
            ("Total of 12 results", True),
        ),
        *(("Total comfort", False), ("Totally: new", False), ("", False), ("إجمالي العروض", False)),
    ],
)
def test_what_calls_itself_a_total(word, total):
    assert is_total(word) is total


@pytest.mark.parametrize(
    ("header", "currency", "bare"),
    [
        ("Amount spent (SAR)", "SAR", "Amount spent "),
        ("المبلغ الذي تم إنفاقه (ر.س.)", "SAR", "المبلغ الذي تم إنفاقه "),
        ("Clicks (all)", "", "Clicks (all)"),
        ("Total (ALL)", "ALL", "Total "),
        ("SAR", "SAR", "SAR"),
    ],
)
def test_the_currency_beside_an_amount(header, currency, bare):
    assert (currency_in(header), without_currency(header)) == (currency, bare)


def test_an_export_knows_its_columns_and_what_it_has_not():
    export = Export(
        "costs",
        ("Cost",),
        {"spend": ("Spend", "Cost"), "ts": ("Day", ""), "until": ("",), "clicks": ("Clicks",)},
    )
    assert export.is_in(["Cost (SAR)"])
    assert export.columns_in(["cost (SAR)", "When"]) == {"spend": "cost (SAR)", "ts": "", "until": ""}
    assert export.columns_in(["Cost", "Cost (SAR)", "Day"])["spend"] == "Cost"


def test_a_field_that_is_surely_not_there_is_not_guessed(take, store):
    """The placements are no channels, and the day on which a campaign ends is not that of its costs."""
    take("Day,Campaign name,Amount spent (SAR),Platform,End date\n2025-03-01,eid,5,instagram,2025-03-09\n")
    assert store.select("SELECT toString(day) AS day, channel, amount FROM costs") == [
        {"day": "2025-03-01", "channel": "paid social", "amount": 5.0}
    ]
