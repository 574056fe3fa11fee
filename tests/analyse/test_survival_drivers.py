"""What goes with leaving sooner: by hand, with a truth that was planted, and where little is known."""

import json
import math
from datetime import date, timedelta

import numpy as np
import pytest

from masarat.analyse.survival_drivers import SurvivalDrivers
from tests.support.shop import answer, order, write

FIRST = date(2025, 1, 1)


def day(number, clock="12:00"):
    return f"{FIRST + timedelta(days=int(number))} {clock}"


def bought(who, days, price=10.0, **more):
    return [order(who, day(on), price, **more) for on in days]


STAYS = (0, 30, 60, 95)  # to day 100, and forty days of silence mean to have left: there as long as is known


def test_eight_customers_by_hand(store):
    events = []
    for channel, stay, leave in (("email", 3, 1), ("social", 2, 2)):
        for n in range(stay + leave):
            events += bought(f"{channel}{n}", STAYS if n < stay else (0,), channel=channel)
    write(store, [*events, *bought("end", (100,), channel="email")])
    found = answer(store, SurvivalDrivers(days=40, least=3, language="en"))
    [row] = found.rows
    # After the first day ¾ are there by e-mail, ½ by social; nobody leaves later.
    assert row["ratio"] == pytest.approx(math.log(1 / 2) / math.log(3 / 4))
    reach = 1.959964 * math.sqrt(1 / 3 / 4 / math.log(3 / 4) ** 2 + 1 / 4 / math.log(1 / 2) ** 2)
    assert row["ratio_high"] / row["ratio"] == pytest.approx(math.exp(reach))
    assert (row["thing"], row["against"], row["customers"], row["gone"]) == (
        "Channel: social",
        "e-mail",
        4,
        2,
    )
    assert (
        found.sentence
        == "Of 8 customers 3 have left. Nothing about the first order goes with it by more than chance."
    )
    assert [number.value for number in found.numbers] == [8, 3, 1, 1, 0]


def planted(dice, customers=900):
    """Who came by social leaves 1.8 times as often, with a coupon 0.6 times; the city tells nothing, and the branch in it is the coupon."""
    for n in range(customers):
        social, coupon, city = n % 2, dice.random() < 0.4, ["Riyadh", "Jeddah"][n // 2 % 2]
        begins = int(dice.integers(0, 300))
        ends = min(begins + dice.exponential(90 / (1.8**social * 0.6**coupon)), 500)
        days = [begins]
        while days[-1] + 6 <= ends:
            days.append(days[-1] + int(dice.integers(4, 7)))
        yield from bought(f"c{n}", days, float(np.exp(dice.normal(4, 0.4))), channel="social" if social else "email",
                          coupon="K" if coupon else "", city=city)  # fmt: skip


@pytest.fixture(scope="module")
def shop(engine):
    store = engine.store(timezone="UTC")
    write(store, list(planted(np.random.default_rng(4))))
    return store


def test_what_was_planted_is_found(shop):
    found = answer(shop, SurvivalDrivers(language="en"), today=date(2026, 6, 1))
    rows = {row["thing"]: row for row in found.rows}
    assert rows["Channel: social"]["ratio_low"] < 1.8 < rows["Channel: social"]["ratio_high"]
    assert rows["With a coupon"]["ratio_low"] < 0.6 < rows["With a coupon"]["ratio_high"]
    for name in ("City: Riyadh", "Twice the value"):
        assert rows[name]["ratio_low"] < 1 < rows[name]["ratio_high"]
        assert rows[name]["chance"] > 0.05
    assert {row["steady"] for row in found.rows} == {"steady"}
    assert "With leaving sooner goes: Channel: social (1." in found.sentence
    assert "With staying longer goes: With a coupon (0." in found.sentence
    arabic = answer(shop, SurvivalDrivers(language="ar"), today=date(2026, 6, 1)).sentence
    assert "ويصاحب الرحيلَ الأسرع: القناة: ⁨social⁩" in arabic
    assert "ويصاحب البقاءَ الأطول: بكوبون" in arabic


def test_what_fades_and_what_cannot_be_told_apart(store):
    events = []
    for n in range(400):
        social = n % 2
        # Half of those who came by social never come back, of the others one in ten; later all leave alike.
        leaves = n % 20 < 10 if social else n % 20 < 2
        days = (0,) if leaves else range(0, 20 + n // 2 % 8 * 20, 10)
        # Whoever came by social lives in Jeddah: nobody can tell which of the two it is.
        events += bought(
            f"c{n}", days, channel=["email", "social"][social], city=["Riyadh", "Jeddah"][social]
        )
    write(store, [*events, *bought("end", (260,), channel="email")])
    found = answer(store, SurvivalDrivers(days=30, language="en"))
    [row] = found.rows
    assert (row["thing"], row["steady"]) == ("Channel: social", "fades")
    assert any("fades with time" in note for note in found.notes)
    assert any("Not told apart" in note and "City" in note for note in found.notes)
    arabic = answer(store, SurvivalDrivers(days=30, language="ar"))
    assert any("يضعف مع الوقت" in note for note in arabic.notes)


def test_where_all_of_a_kind_leave_the_ratio_is_held(store):
    events = [
        each for n in range(40) for each in bought(f"good{n}", STAYS if n % 3 else (0,), channel="email")
    ]
    events += [each for n in range(40) for each in bought(f"bad{n}", (n % 9,), channel="sms")]
    write(store, events)
    found = answer(store, SurvivalDrivers(days=40, language="en"))
    assert found.rows[0]["ratio"] > 3
    assert found.rows[0]["chance"] < 0.01
    assert any("weak prior" in note for note in found.notes)


@pytest.mark.parametrize(
    "events",
    [[], bought("a", (0,)), bought("a", STAYS) + bought("b", (0,)), bought("a", (0,), 0),
     [each for n in range(70) for each in bought(f"c{n}", (0,) if n % 2 else STAYS)]],
    ids=["empty", "one", "two", "free", "alike"],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "ar"])
def test_little_is_said_of_little(store, events, language):
    write(store, events) if events else None
    found = answer(store, SurvivalDrivers(days=40, language=language))
    assert found.rows == []
    assert found.sentence
    json.dumps(found.model_dump(mode="json"), allow_nan=False)
