"""What is known of a customer in words: sections that paper and terminal only place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from masarat.events import EVENT_NAMES
from masarat.settings import Language, Settings
from masarat.show.access.words import WORDS
from masarat.show.paper import Document, Section
from masarat.show.register.document import name_of
from masarat.show.register.words import WORDS as REGISTER
from masarat.words import Speaker, speaker

MOST = 300  # moves on paper; all of them stand in the JSON
DETAILS = ("order_id", "city", "country", "channel", "branch", "payment", "coupon", "device", "url")
Known = Mapping[str, Any]


class Saying:
    """One language, one time zone."""

    def __init__(self, language: Language, settings: Settings) -> None:
        self.speak: Speaker = speaker(WORDS, language)
        self.names: Speaker = speaker(REGISTER, language)  # of facts, kinds of identifiers, purposes
        self.zone = settings.zone

    def time(self, text: str) -> str:
        return self.speak.time(datetime.fromisoformat(text).astimezone(self.zone))

    def section(self, name: str, heads: Iterable[str], rows: list[list[str]], *notes: str) -> Section:
        """A table, or the sentence that there is nothing."""
        said = [*notes] if rows else [*notes, self.speak.say("nothing")]
        return Section(
            self.speak.say(name), said, [self.speak.say(head) for head in heads] if rows else [], rows
        )


def document(known: Known, language: Language, settings: Settings) -> Document:
    say = Saying(language, settings)
    made = datetime.fromisoformat(known["made_at"]).astimezone(settings.zone)
    hijri = speaker(WORDS, language, "hijri")
    return Document(
        language=language,
        brand=say.speak.say("brand"),
        title=say.speak.say("title"),
        subtitle=say.speak.say("subtitle", day=say.speak.day(made.date()), hijri=hijri.day(made.date())),
        sections=[
            _controller(say, known),
            _identifiers(say, known),
            _facts(say, known),
            _consents(say, known),
            _moves(say, known),
            _written(say, known),
            _identity(say, known),
            _disclosed(say, known),
        ],
    )


def _controller(say: Saying, known: Known) -> Section:
    rows = [
        [say.names.say(name), say.speak.text(text) if text else say.speak.say("untold")]
        for name, text in known["controller"].items()
    ]
    return Section(say.names.say("responsible"), [say.speak.say("rights")], rows=rows)


def _identifiers(say: Saying, known: Known) -> Section:
    parts = [one.partition(":") for one in known["identifiers"]]
    rows = [[name_of(say.names, "kind", kind), say.speak.text(value)] for kind, _, value in parts]
    return say.section("identifiers", ("kind", "value"), rows)


def _facts(say: Saying, known: Known) -> Section:
    text = say.speak.text
    rows = [
        [
            name_of(say.names, "fact", fact["trait"]),
            text(fact["value"]),
            text(fact["source"]),
            say.time(fact["ts"]),
        ]
        for fact in known["facts"]
    ]
    return say.section("facts", ("fact", "value", "source", "time"), rows)


def _consents(say: Saying, known: Known) -> Section:
    rows = [
        [
            _known_word(say, "purpose", one["purpose"]),
            _known_word(say, "channel", one["channel"]),
            say.names.say(f"status-{one['status']}"),
            say.time(one["at"]),
            say.speak.text(" – ".join(filter(None, (one["source"], one["evidence"])))),
        ]
        for one in known["consents"]["statements"]
    ]
    return say.section("consents", ("purpose", "channel", "said", "time", "evidence"), rows)


def _known_word(say: Saying, what: str, name: str) -> str:
    key = f"{what}-{name}"
    return next((words.say(key) for words in (say.speak, say.names) if words.knows(key)), name)


def _moves(say: Saying, known: Known) -> Section:
    shown, more = known["events"][:MOST], len(known["events"]) - MOST
    rows = [
        [_move(say, one), say.time(one["ts"]), say.speak.text(one["source"]), _details(say, one)]
        for one in shown
    ]
    notes = [say.speak.say("more-moves", n=more)] if more > 0 else []
    return say.section("moves", ("move", "time", "source", "details"), rows, *notes)


def _move(say: Saying, event: Known) -> str:
    found = EVENT_NAMES.get(event["name"])
    return found.arabic if found and say.speak.language == "ar" else say.speak.text(event["name"])


def _details(say: Saying, event: Known) -> str:
    """Amount, goods and whatever else is filled in, as one text."""
    amount = (
        [say.speak.money(float(event["revenue"]), event.get("currency", ""))] if event.get("revenue") else []
    )
    goods = [say.speak.text(name) for name in event.get("product_names", [])]
    plain = [say.speak.text(str(event[name])) for name in DETAILS if event.get(name)]
    props = [say.speak.text(f"{name}: {value}") for name, value in event.get("props", {}).items()]
    return " · ".join([*amount, *goods, *plain, *props])


def _written(say: Saying, known: Known) -> Section:
    """What staff added: notes, tags, relations, files."""
    shown: dict[str, Callable[[Known], object]] = {
        "notes": lambda one: one["text"],
        "tags": lambda one: one["tag"],
        "relations": lambda one: " – ".join(
            str(value) for name, value in one.items() if name in ("kind", "role", "with") and value
        ),
        "files": lambda one: one["name"],
    }
    rows = [
        [say.speak.say(f"written-{what}"), say.speak.text(str(tell(one))), say.time(one["at"])]
        for what, tell in shown.items()
        for one in known[what]
    ]
    return say.section("written", ("kind", "value", "time"), rows)


def _identity(say: Saying, known: Known) -> Section:
    rows = [
        [
            _known_word(say, "did", one["what"]),
            say.speak.text(f"{one['was']} → {one['owner']}"),
            say.time(one["at"]),
        ]
        for one in known["identity"]["changes"]
    ]
    return say.section("identity", ("did", "identifiers", "time"), rows)


def _disclosed(say: Saying, known: Known) -> Section:
    rows = [
        [say.names.say(name), say.speak.text(text) if text else say.speak.say("untold")]
        for name, text in known["disclosed_to"].items()
    ]
    return Section(say.names.say("disclosure"), [say.names.say("disclosure-note")], rows=rows)
