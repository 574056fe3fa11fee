"""Names of people in Arabic and Latin letters: the parts of a name, and the consonants that carry it in both scripts.

`name_words` brings the ways one name is written in one script together; `skeleton` is a key that both scripts share, for looking
names up. Neither is proof: سعيد and سيد have the same skeleton, and a name alone never says who somebody is.
"""

from __future__ import annotations

import re
import unicodedata

from masarat.words.folding import fold

# What stands before a name and is no part of it.
TITLES = frozenset(
    fold(
        """
        mr mrs ms miss dr prof eng sir madam sheikh shaikh sheik hajj hajji
        السيد السيدة الآنسة الأستاذ الأستاذة أستاذ أستاذة الدكتور الدكتورة دكتور دكتورة المهندس المهندسة مهندس مهندسة
        الشيخ الشيخة شيخ الحاج الحاجة حاج الأخ الأخت د م أ مؤسسة شركة
        """
    ).split()
)
OF = frozenset(("bin", "ben", "ibn", "bint", "بن", "ابن", "بنت"))
ARTICLES = frozenset(("al", "el", "as", "ash", "ad", "ar", "an", "at", "az", "ال"))
# These begin a name of two words that many write as one: عبد الله, أبو بكر.
BEGINNINGS = frozenset(
    ("abd", "abdul", "abdel", "abdal", "abu", "abou", "umm", "عبد", "ابو", "ابا", "ابي", "ام")
)
SHORT = dict.fromkeys(("mohd", "mhd", "muhd", "md"), "mohammed")

_LATIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"}
)
_PERSIAN = str.maketrans("پچژڤڨہھ", "بجزفقهه")
_MARKS = re.compile("[ʿʾ‘’`´ʼ']")
_OTHER = re.compile(r"[^a-z\u0621-\u064a]+")
_ABD = (
    (r"^abd[aeiou]l+ah?$", "abdullah"),
    (r"^abd[aeiou]l+(?=[a-z]{3})", "abdul"),
    (r"^abd[aeiou]([rsndtz])\1", r"abdul\1"),
)
_LEAST = 3  # letters that are left when an article is taken off


def name_words(name: str) -> list[str]:
    """The parts of a name as people count them: titles off, compounds joined, the article and the son-of left out.

    >>> name_words("د. محمّد بن عبد الرحمن العتيبي")
    ['محمد', 'عبدالرحمن', 'عتيبي']
    >>> name_words("Dr. Mohammed Abd Al-Rahman AlOtaibi")
    ['mohammed', 'abdulrahman', 'otaibi']
    """
    first, *others = written_words(name) or [""]
    return [_one_form(first), *(without_article(_one_form(word)) for word in others)] if first else []


def written_words(name: str) -> list[str]:
    """The same parts as they are written, with their articles.

    >>> written_words("Mohd bin Abd Al-Rahman AlOtaibi")
    ['mohd', 'abdalrahman', 'alotaibi']
    """
    words = plain(name).split()
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    return _joined([word for word in words if word not in OF] or words)


def given_and_family(name: str) -> tuple[str, str]:
    """The first and the last part; the family is empty where there is one part only.

    >>> given_and_family("Sara Ahmed Al Qahtani")
    ('sara', 'qahtani')
    """
    words = name_words(name)
    return (words[0] if words else "", words[-1] if len(words) > 1 else "")


def place_name(name: str) -> str:
    """A city or district, its articles left out.

    >>> place_name("Al-Madinah Al-Munawwarah"), place_name("الرياض")
    ('madinah munawwarah', 'رياض')
    """
    return " ".join(map(without_article, _joined(plain(name).split())))


def plain(name: str) -> str:
    """Folded letters of both scripts and single spaces; no accents, digits or marks.

    >>> plain("Øystein AL-ʿUtaybī")
    'oystein al utaybi'
    """
    bare = _MARKS.sub("", fold(name)).translate(_LATIN).translate(_PERSIAN)
    unaccented = "".join(
        letter for letter in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(letter)
    )
    return _OTHER.sub(" ", unaccented).strip()


def is_arabic(word: str) -> bool:
    return "\u0621" <= word[:1] <= "\u064a"


def _joined(words: list[str]) -> list[str]:
    """Beginnings and articles joined to the word they belong to."""
    joined: list[str] = []
    begun = ""
    for word in words:
        if word in BEGINNINGS or word in ARTICLES:
            begun += word
        else:
            joined.append(begun + word)
            begun = ""
    return [*joined, begun] if begun else joined


def _one_form(word: str) -> str:
    for written, form in _ABD:
        word = re.sub(written, form, word)
    return SHORT.get(word, word)


def without_article(word: str) -> str:
    """Al-Otaibi, Alotaibi and Otaibi are one family."""
    for article in ("ال", "al", "el"):
        if word.startswith(article) and len(word) - len(article) >= _LEAST:
            return word.removeprefix(article)
    for article in ("ash", "as", "ad", "ar", "an", "at", "az"):
        if word.startswith(article + article[1:]):
            return word.removeprefix(article)
    return word


# Sounds that are written in many ways count as one: q, k, g and j; d, dh, th and z; s, sh and ch; b and p; f and v. Vowels,
# w, y and ع are left out, for one script writes them and the other does not.
_SOUNDS = {
    "B": "b p ب",
    "T": "t ت ط",
    "D": "d z dh th zh د ذ ض ظ ز ث",
    "S": "s ch sh ts tz cz tch sch tsch tsh ce ci cy س ص ش تش تس",
    "F": "f v ph ف",
    "K": "k q g c j kh gh ck dj ك ق غ خ ج دج",
    "KS": "x",
    "L": "l ل",
    "M": "m م",
    "N": "n ن",
    "R": "r ر",
    "H": "h ح ه",
}
_SOUND = {letters: sound for sound, written in _SOUNDS.items() for letters in written.split()}
_PIECES = re.compile("|".join(sorted(_SOUND, key=len, reverse=True)) + "|.", re.DOTALL)
_DOUBLED = re.compile(r"(.)\1+")


def skeleton(words: str) -> str:
    """The consonants of a name, the same from both scripts; a silent h at its end is left out.

    >>> skeleton("mohammed"), skeleton("محمد"), skeleton("qahtani"), skeleton("قحطاني")
    ('MHMD', 'MHMD', 'KHTN', 'KHTN')
    """
    sounds = _DOUBLED.sub(r"\1", "".join(_SOUND.get(piece, "") for piece in _PIECES.findall(words)))
    return sounds.removesuffix("H") or "A"


_VOWELS = re.compile("(?P<long_i>ee|ii|ie|ea|[ae][iy]|y)|(?P<u>[ouw]+)|(?P<a>a+|e|i)")


def aloud(word: str) -> str:
    """A Latin spelling by its sounds, long and short: Mohammed, Muhammad and Mohamad are one, Hassan and Hussain two.

    >>> aloud("mohammed") == aloud("muhamad"), aloud("hassan") == aloud("hussain"), aloud("saad") == aloud("saeed")
    (True, False, False)
    """
    vowels = _VOWELS.sub(lambda found: {"long_i": "i", "u": "u", "a": "a"}[found.lastgroup or "a"], word)
    return f"{skeleton(word)} {re.sub('[^aiu]', '', vowels)}"
