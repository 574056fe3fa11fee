"""Why two customers may be one, in words: what speaks for it, what against, and how strongly."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor
from typing import Any

from masarat.models.candidates import COMPARED, ONE_NAME
from masarat.settings import Language
from masarat.words import Words, speaker

WORDS = Words(
    en="""
for = { $field }: { $level }, which speaks { $strength } for one customer.
against = { $field }: { $level }, which speaks { $strength } against it.
neutral = { $field }: { $level }, which says little.
field = { $field ->
    [phone] Phone
    [email] E-mail
    [tax_number] Tax number
    [given] Given name
    [family] Family name
    [birthday] Date of birth
   *[city] City
}
level = { $level ->
    [same] the same
    [aloud] the same when read aloud
    [close] alike
   *[different] different
}
strength = { $strength ->
    [very] very strongly
    [strong] strongly
    [fair] fairly
   *[slight] slightly
}
merge = One customer, with a probability of { $probability }: a strong identifier is the same and the names agree.
review-no-strong = Perhaps one customer ({ $probability }), for you to decide: no phone, e-mail or tax number is the same, and a name alone is no proof.
review-names-clash = For you to decide: they share an identifier, but the given names differ. Perhaps a family phone, or a gift.
review-no-name = Perhaps one customer ({ $probability }), for you to decide: they share an identifier, but a name is missing.
review-crosswise = Perhaps one customer ({ $probability }), for you to decide: they share an identifier, but the given and the family name have changed places. One person, or father and son.
review-unsure = Perhaps one customer ({ $probability }), for you to decide.
""",
    ar="""
for = { $field }: { $level }، وهذا { $strength } على أنهما عميل واحد.
against = { $field }: { $level }، وهذا { $strength } على أنهما عميلان مختلفان.
neutral = { $field }: { $level }، ولا يرجّح ذلك شيئًا يُذكر.
field = { $field ->
    [phone] رقم الجوال
    [email] البريد الإلكتروني
    [tax_number] الرقم الضريبي
    [given] الاسم الأول
    [family] اسم العائلة
    [birthday] تاريخ الميلاد
   *[city] المدينة
}
level = { $level ->
    [same] تطابق تام
    [aloud] الاسم نفسه نطقًا وإن اختلفت كتابته
    [close] تشابه
   *[different] اختلاف
}
strength = { $strength ->
    [very] دليل قوي جدًا
    [strong] دليل قوي
    [fair] دليل لا بأس به
   *[slight] دليل ضعيف
}
merge = عميل واحد باحتمال { $probability }: يجمعهما معرّف قوي ويتفق الاسمان.
review-no-strong = قد يكونان عميلًا واحدًا (باحتمال { $probability })، والقرار لك: لا يجمعهما جوال ولا بريد ولا رقم ضريبي، والاسم وحده لا يكفي.
review-names-clash = القرار لك: يجمعهما معرّف واحد لكنّ الاسم الأول مختلف؛ لعلّه جوال العائلة أو طلب هدية.
review-no-name = قد يكونان عميلًا واحدًا (باحتمال { $probability })، والقرار لك: يجمعهما معرّف واحد لكنّ أحد الاسمين ناقص.
review-crosswise = قد يكونان عميلًا واحدًا (باحتمال { $probability })، والقرار لك: يجمعهما معرّف واحد لكنّ الاسمين الأول والأخير تبادلا الموضع؛ فهما إمّا شخص واحد وإمّا أب وابنه.
review-unsure = قد يكونان عميلًا واحدًا (باحتمال { $probability })، والقرار لك.
""",
)

STRENGTHS = ((8.0, "very"), (5.0, "strong"), (2.0, "fair"), (0.5, "slight"))  # from so many bits on
NAMES = ("given", "family", "city")


def why(pair: Mapping[str, Any], language: Language) -> list[str]:
    """The verdict on a pair of `candidates`, then what each field says, the weightiest first."""
    said = [
        (abs(pair[f"{each.field}_bits"]), _field(pair, each.field, each.top, language)) for each in COMPARED
    ]
    known = [(weight, text) for weight, text in said if text]
    return [verdict(pair, language), *(text for _, text in sorted(known, key=lambda one: -one[0]))]


def verdict(pair: Mapping[str, Any], language: Language) -> str:
    """One sentence: merged, or left to a person and why."""
    says = speaker(WORDS, language)
    key = "merge" if pair["verdict"] == "merge" else f"review-{held_back(pair)}"
    whole_percents = floor(pair["probability"] * 100) / 100  # 99.97 % is never rounded up to certainty
    return says.say(key, probability=says.percent(whole_percents))


def held_back(pair: Mapping[str, Any]) -> str:
    """What keeps a pair from being merged."""
    if not pair["strong"]:
        return "no-strong"
    if pair["given_level"] < 0:
        return "no-name"
    if pair["given_level"] < ONE_NAME:
        return "names-clash"
    return "unsure" if pair["one_name"] else "crosswise"


def _field(pair: Mapping[str, Any], field: str, top: int, language: Language) -> str:
    """What one field says; nothing where it is missing."""
    level, bits = pair[f"{field}_level"], pair[f"{field}_bits"]
    if level < 0:
        return ""
    says = speaker(WORDS, language)
    words = {
        "field": says.say("field", field=field),
        "level": says.say("level", level=_level(field, level, top)),
    }
    strength = next((name for least, name in STRENGTHS if abs(bits) >= least), "")
    if not strength:
        return says.say("neutral", **words)
    return says.say(
        "for" if bits > 0 else "against", strength=says.say("strength", strength=strength), **words
    )


def _level(field: str, level: int, top: int) -> str:
    if level == top:
        return "same"
    if level == 0:
        return "different"
    return "aloud" if field in NAMES and level == ONE_NAME else "close"
