from itertools import islice, product

import polars as pl
import pytest

from masarat.errors import BadParameter
from masarat.models.candidates import DOUBTFUL_AT_MOST, MERGE_ABOVE, Candidates, candidates, learned
from masarat.models.reasons import WORDS, why
from masarat.words import LANGUAGES, speaker

FIELDS = ("customer_id", "name", "phone", "email", "city", "birthday")
PHONE, OTHER = "+966501234567", "+966559876543"


def found(*rows: tuple[object, ...]) -> Candidates:
    whole = [(*row, *[None] * (len(FIELDS) - len(row))) for row in rows]
    kinds = {"customer_id": pl.Int64, **dict.fromkeys(FIELDS[1:], pl.String)}
    return candidates(pl.DataFrame(whole, schema=kinds, orient="row"))


def verdicts(*rows: tuple[object, ...]) -> dict[tuple[int, int], str]:
    pairs = found(*rows).pairs
    return {
        (left, right): verdict
        for left, right, verdict in pairs.select("left", "right", "verdict").iter_rows()
    }


def test_one_customer_in_two_scripts():
    rows = [(1, "محمد العتيبي", PHONE), (2, "Mohammed Al-Otaibi", PHONE), (3, "محمّد عتيبي", PHONE)]
    assert verdicts(*rows) == {(1, 2): "merge", (1, 3): "merge", (2, 3): "merge"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("عبد الرحمن الشهري", "عبدالرحمن الشهري"),
        ("عبدالرحمن الشهري", "Abdul Rahman Alshehri"),
        ("Ahmed Alqahtani", "أحمد القحطاني"),
        ("Khaled Al Harbi", "Khalid Alharbi"),
        ("د. سارة الدوسري", "Sarah Aldosari"),
    ],
)
def test_the_same_name_and_phone_are_one(one, other):
    assert verdicts((1, one, PHONE), (2, other, PHONE)) == {(1, 2): "merge"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("سعد القحطاني", "أحمد سعد القحطاني"),  # father and son
        ("حسن المطيري", "حسين المطيري"),  # brothers
        ("Hassan Almutairi", "Hussain Almutairi"),
        ("Saad Alharbi", "سعود الحربي"),
        ("نورة العتيبي", "Mohammed Alotaibi"),  # a gift, a family phone
        ("محمد العتيبي", "محمود العتيبي"),
        ("Hamad Alharbi", "أحمد الحربي"),
        ("سعد محمد", "محمد سعد"),  # a son called after his grandfather
        ("Saad Mohammed", "محمد سعد"),
    ],
)
def test_two_people_on_one_phone_stay_two(one, other):
    pairs = found((1, one, PHONE), (2, other, PHONE)).pairs
    assert pairs.filter(pl.col("verdict") == "merge").is_empty()
    assert (pairs["probability"] < MERGE_ABOVE).all()


def test_a_name_alone_never_merges():
    """Not even ten of the same, with the same city: only a person may say so."""
    pairs = found(*[(n, "سارة الحربي", None, None, "جدة") for n in range(10)]).pairs
    assert len(pairs) == 45
    assert set(pairs["verdict"]) == {"review"}
    assert pairs["probability"].max() <= DOUBTFUL_AT_MOST


def test_a_name_and_a_birthday_are_for_a_person_to_judge():
    rows = [
        (1, "سارة الحربي", PHONE, None, None, "1990-05-01"),
        (2, "Sara Alharbi", OTHER, None, None, "1990-05-01"),
    ]
    assert "merge" not in verdicts(*rows).values()


def test_a_phone_without_a_name_is_for_a_person_to_judge():
    assert verdicts((1, None, PHONE), (2, "محمد العتيبي", PHONE)) in ({(1, 2): "review"}, {})


def test_an_email_is_as_good_as_a_phone():
    rows = [(7, "Reem Saleh", None, "Reem@example.com "), (9, "ريم صالح", PHONE, "reem@example.com")]
    assert verdicts(*rows) == {(7, 9): "merge"}


def test_a_phone_of_the_till_is_skipped_and_counted():
    rows = [(n, f"زبون {n % 3}", PHONE) for n in range(700)]
    asked = found(*rows)
    assert asked.pairs.is_empty()
    assert asked.skipped > 0


@pytest.mark.parametrize("count", [0, 1])
def test_few_customers(count):
    assert found(*[(1, "سارة", PHONE)] * count).pairs.is_empty()


def test_what_is_not_told_is_missing():
    frame = pl.DataFrame({"customer_id": [1, 2], "name": ["Ali Hassan", "Ali Hassan"]})
    assert set(candidates(frame).pairs["verdict"]) <= {"review"}
    with pytest.raises(BadParameter, match="no column 'name'"):
        candidates(pl.DataFrame({"customer_id": [1, 2]}))


def test_names_and_phones_of_one_customer_are_never_compared_and_the_likeliest_count():
    """She is known by two names and two phones; he by one of each."""
    rows = [(1, "Noura Salem", OTHER), (1, "نورة سالم", PHONE), (2, "نورة سالم", PHONE)]
    pairs = found(*rows).pairs
    assert pairs.select("left", "right", "verdict").rows() == [(1, 2, "merge")]
    assert found(*rows[:2]).pairs.is_empty()


def test_those_who_were_merged_teach_what_one_person_looks_like():
    """Families with one phone are many, and of the forty who came twice all are merged but one."""
    rows = []
    for number, family in enumerate(islice(product("بتجحدرسشفقكلمن", repeat=3), 0, None, 13)):
        phone = f"+9665{number * 7919 % 10**8:08d}"
        rows += [
            (f"user:{number}", f"محمد {''.join(family)}", phone),
            (f"user:{number}b", f"سارة {''.join(family)}", phone),
        ]
    twice = [(f"shop{who}", name, phone) for who, name, phone in rows[:80:2]]
    kinds = {"customer_id": pl.String, "name": pl.String, "phone": pl.String}
    came = pl.DataFrame([*rows, *twice], schema=kinds, orient="row")
    stands = pl.DataFrame([*rows, twice[0]], schema=kinds, orient="row")
    taught, alone = (candidates(stands, model).pairs[0].row(0, named=True) for model in (learned(came), None))
    assert (taught["left"], taught["right"], taught["verdict"]) == ("user:0", "shopuser:0", "merge")
    assert taught["probability"] > alone["probability"]


def test_a_model_can_judge_other_customers():
    learned = found((1, "محمد العتيبي", PHONE), (2, "Mohammed Al-Otaibi", PHONE)).model
    frame = pl.DataFrame(
        {"customer_id": [5, 6], "name": ["نورة سالم", "Noura Salem"], "phone": [OTHER, OTHER]}
    )
    assert candidates(frame, learned).pairs["left"].to_list() == [5]


# In words


def reasons(language, *rows):
    (pair,) = found(*rows).pairs.iter_rows(named=True)
    return [line.translate(dict.fromkeys((0x2066, 0x2069))) for line in why(pair, language)]


def test_why_they_are_one():
    rows = [(1, "محمد العتيبي", PHONE), (2, "Mohammed Al-Otaibi", PHONE)]
    first, strongest, *others = reasons("ar", *rows)
    assert first == "عميل واحد باحتمال 99٪: يجمعهما معرّف قوي ويتفق الاسمان."
    assert strongest == "رقم الجوال: تطابق تام، وهذا دليل قوي جدًا على أنهما عميل واحد."
    assert any("نطقًا" in line for line in others)
    assert reasons("en", *rows)[0].startswith("One customer, with a probability of 99%")


def test_why_they_are_left_to_a_person():
    rows = [(1, "سعد القحطاني", PHONE), (2, "أحمد القحطاني", PHONE)]
    said = reasons("en", *rows)
    assert said[0] == (
        "For you to decide: they share an identifier, but the given names differ. Perhaps a family phone, or a gift."
    )
    assert "Given name: different, which speaks fairly against it." in said
    assert "لعلّه جوال العائلة" in reasons("ar", *rows)[0]


def test_names_that_changed_places_are_for_a_person_to_judge():
    rows = [(1, "فيصل الغامدي", PHONE), (2, "Alghamdi Faisal", PHONE)]
    assert verdicts(*rows) == {(1, 2): "review"}
    assert "changed places" in reasons("en", *rows)[0]


def test_every_reason_is_said_in_both_languages():
    keys = (
        "merge",
        "review-no-strong",
        "review-names-clash",
        "review-no-name",
        "review-crosswise",
        "review-unsure",
    )
    for language in LANGUAGES:
        says = speaker(WORDS, language)
        for key in keys:
            assert says.say(key, probability="90%")
        for field in ("phone", "email", "tax_number", "given", "family", "birthday", "city"):
            assert says.say("field", field=field)
