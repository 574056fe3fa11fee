"""What an event says in one sentence: «اشترى 3 منتجات بـ210 ر.س من سلة»."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from masarat.analyse.profile.props import Props
from masarat.settings import Language
from masarat.store import Row
from masarat.words import Speaker, speaker
from masarat.words.of import words

SHOWN = 2  # products named in a sentence
LONGEST = 140  # letters of somebody's text in a sentence


class Sentences:
    """Sentences of the timeline in one language."""

    def __init__(self, language: Language) -> None:
        self.speak: Speaker = speaker(words("timeline"), language)

    def event(self, row: Row, props: Props) -> str:
        """An event as the timeline reads it. A name that nobody knows stands for itself."""
        key = row["name"].lower().replace(" ", "-")
        if not self.speak.knows(key):
            return self.speak.say("bare", name=self.speak.text(row["name"]))
        money = self.speak.money(abs(row["revenue"]), row["currency"]) if row["revenue"] else ""
        added = {
            "page": _page(row["url"]),
            "label": props.label,
            "query": props.query,
            "products": self._products(row["titles"]),
            "coupon": row["coupon"],
            "order": row["order_id"],
            "branch": row["branch"],
            "survey": " ".join(filter(None, (props.survey, _score(props.score)))),
            "stars": _score(props.rating),
            "said": props.said,
        }
        return self.speak.say(
            key,
            pieces=round(sum(map(abs, row["quantities"]))) or len(row["titles"]),
            points=round(props.points or 0),
            source=self.speak.text(row["source"]),
            worth=self.speak.say("with-worth", value=money) if money else "",
            **{name: self._with(name, text) for name, text in added.items()},
        )

    def change(self, row: Row) -> str:
        """A record of who is who."""
        key = "why-" + row["why"].replace(" ", "-")
        why = self.speak.say(key) if self.speak.knows(key) else self.speak.text(row["why"])
        names = {name: self.speak.text(row[name]) for name in ("identifier", "was", "owner", "one", "other")}
        return self.speak.say(f"identity-{row['what']}", why=why, **names)

    def consent(self, purpose: str, channel: str, status: str, source: str) -> str:
        said = {"purpose": self.speak.say(f"purpose-{purpose}"), "channel": self.speak.say(f"by-{channel}")}
        return self.speak.say(f"consent-{status}", source=self.speak.text(source), **said)

    def added(self, key: str, author: str, text: str) -> str:
        """A note that somebody wrote, a file that somebody attached."""
        return self.speak.say(key, author=self.speak.text(author), text=self.speak.text(_short(text)))

    def _with(self, name: str, text: str) -> str:
        """What is added to a sentence, where there is anything to add."""
        whole = text if name == "products" else self.speak.text(_short(text))
        return self.speak.say(f"with-{name}", value=whole) if text else ""

    def _products(self, titles: Sequence[str]) -> str:
        named = [self.speak.text(_short(title)) for title in dict.fromkeys(titles)]
        if len(named) > SHOWN:
            named = [*named[:SHOWN], self.speak.say("more", count=len(named) - SHOWN)]
        return ("، " if self.speak.language == "ar" else ", ").join(named)


def _page(url: str) -> str:
    """A page without the site it is on."""
    return unquote(urlsplit(url).path or url) if url else ""


def _score(given: float | None) -> str:
    return f"{given:g}" if given is not None else ""


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + "…"
