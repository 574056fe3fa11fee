"""What the views keep for searching is what masarat/words would keep: the same words, the same consonants."""

import random

import polars as pl
import pytest

from masarat.demo.names import CITIES, FAMILIES, MEN, WOMEN
from masarat.words.names import plain, skeleton, without_article, written_words
from tests.support.shop import when

LETTERS = "abcdefghijklmnopqrstuvwxyz" + "ابتثجحخدذرزسشصضطظعغفقكلمنهويء"
WRITTEN = (
    "د. محمّد بن عبد الرحمن العتيبي", "Dr. Mohammed Abd Al-Rahman AlOtaibi", "Øystein AL-ʿUtaybī", "فَاطِمَة الزَّهْراء", "إبــراهيم آل سعود", "O’Brien",
    "أبو بكر الصدّيق", "Abu Bakr", "Sheikh Ash-Shehri", "ﷴ", "پرویز گلی", "José Núñez", "مؤسسة الرؤى", "علي، سالم",
)  # fmt: skip


def told(store, trait, values):
    rows = {"visitor_id": [f"user:{n}" for n in range(len(values))], "value": values}
    store.insert(
        "traits",
        pl.DataFrame(rows).with_columns(trait=pl.lit(trait), source=pl.lit("t"), ts=pl.lit(when("2025-01-01"))),
    )  # fmt: skip


def words_of(store, kind="name"):
    """Identifier → the words kept of it."""
    rows = store.select(
        "SELECT visitor_id, groupUniqArray(word) AS words FROM search JOIN traits USING (customer_id)"
        " WHERE kind = {kind:String} GROUP BY visitor_id",
        {"kind": kind},
    )
    return {row["visitor_id"]: set(row["words"]) for row in rows}


def test_each_word_of_a_name_is_kept_as_it_is_looked_for(store):
    names = [
        *WRITTEN,
        *(name for pair in (*MEN, *WOMEN, *FAMILIES) for name in pair),
        *(c.arabic for c in CITIES),
    ]
    told(store, "name", names)
    kept = words_of(store)
    for place, name in enumerate(names):
        looked_for = {form for word in written_words(name) for form in (word, without_article(word))}
        missing = {
            word for word in looked_for if word not in kept[f"user:{place}"] and not word.startswith("ash")
        }
        assert not missing, f"{name} is kept as {kept[f'user:{place}']}"


def test_consonants_are_those_of_the_words(store):
    dice = random.Random(1)
    words = ["".join(dice.choices(LETTERS, k=dice.randint(2, 12))) for _ in range(2_000)]
    words += [plain(name) for pair in (*MEN, *WOMEN, *FAMILIES) for name in pair]
    told(store, "name", words)
    rows = store.select("SELECT word, sound FROM search_words")
    assert len(rows) > 2_000
    assert {row["word"]: row["sound"] for row in rows} == {row["word"]: skeleton(row["word"]) for row in rows}


@pytest.mark.parametrize(
    ("trait", "value", "kept"),
    [
        ("email", "M.Otaibi99@Gmail.com", {"m.otaibi99@gmail.com", "gmail.com", "otaibi", "99"}),
        ("email", "nobody", {"nobody"}),
        ("phone", "+966 50-123 4567", {"966501234567"}),
        ("Phone", "٠٥٠١٢٣٤٥٦٧", {"0501234567"}),
    ],
)
def test_contacts_are_kept_in_their_parts(store, trait, value, kept):
    told(store, trait, [value])
    assert words_of(store, trait.lower()) == {"user:0": kept}
    if trait != "email":
        assert words_of(store, "ending") == {"user:0": {word[::-1] for word in kept}}


def test_browsers_and_nobody_are_not_kept(store):
    told = [
        (who, "city", "الرياض", "test", when("2025-01-01"))
        for who in ("", "anon:a", "device:t", "shop:name:علي", "shop:17")
    ]
    columns = ["visitor_id", "trait", "value", "source", "ts"]
    store.insert("traits", pl.DataFrame(told, schema=columns, orient="row"))
    assert store.select("SELECT word, kind FROM search") == [{"word": "17", "kind": "shop"}]
