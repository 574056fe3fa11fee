"""What may say who somebody is: the kinds of identifiers, how much each is worth, and the values that name nobody.

An identifier is its kind and its value, `phone:+966501234567`, in the one form in which every door writes it (`collect/people.py`,
`collect/wire/base.py`). A prefix that is no kind of its own is a source, and the value its own number of the customer: `salla:77`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from masarat.errors import BadParameter
from masarat.settings import Settings

LIMIT = 5  # of one kind a customer has no more, unless the kind says so
REACH = 5  # who is seen with more of one kind than this is not one person
CROWD = 1_000  # nor is what is seen with so many identifiers of any kind, browsers included


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of identifier. `names` tells whether it stands for a person; a browser or an order is only something of theirs."""

    name: str
    limit: int = LIMIT  # how many of it one customer may have
    reach: int = REACH  # with how many of one naming kind it may be seen before it is taken as shared
    names: bool = True
    weak: bool = False  # never joins anybody


# Strongest first: the order decides which link counts before which, and by which identifier a customer is called.
NUMBER = "number"  # a source's own number of the customer; where it gave two, it takes them for two people
KINDS: tuple[Kind, ...] = (
    Kind("user", limit=1, reach=50),
    Kind(NUMBER, limit=1, reach=50),
    Kind("vat"),
    Kind("phone"),
    Kind("email"),
    Kind("card"),
    Kind("order", limit=CROWD, names=False),
    Kind("anon", names=False),
    # These never join anybody: two people share a name, a tablet, a network for a day; a gift goes to somebody else.
    Kind("device", names=False, weak=True),
    Kind("consignee", weak=True),
    Kind("name", weak=True),
    Kind("daily", names=False, weak=True),
)
BY_NAME = {kind.name: kind for kind in KINDS}
PLACE = {kind.name: place for place, kind in enumerate(KINDS)}

# Values that programs write where they know nobody, and numbers that reach companies: 920… and 800… in Saudi Arabia.
NOBODY = (
    r"(?i)^(?:[0-]*|-1|null|none|nil|nan|n/?a|undefined|unknown|anonymous|anon|guest|visitor|distinct_?id|user_?id|id|email"
    r"|true|false|\[object object\]|not_authenticated|walk-?in)$"
)
OF_COMPANIES = r"^\+966(?:920|800)"


@dataclass(frozen=True)
class Rules:
    """What holds in one shop: other limits than the usual, and the merchant's own phones and e-mails, which name no customer."""

    limits: Mapping[str, int] = field(default_factory=dict)
    own: frozenset[str] = frozenset()

    @classmethod
    def of(cls, settings: Settings) -> Rules:
        own = frozenset(filter(None, (value.strip().lower() for value in settings.own_contacts.split(","))))
        return cls(_read_limits(settings.identity_limits), own)

    def describe(self, identifiers: pl.Series) -> pl.DataFrame:
        """One row each: identifier, kind (a source's numbers by the source's name), place, limit, reach, names, usable."""
        given = identifiers.rename("identifier").to_frame()
        split = given.with_columns(
            kind=pl.col("identifier").str.extract(r"^([^:]*):", 1).fill_null(""),
            value=pl.col("identifier").str.extract(r"^[^:]*:(.*)$", 1).fill_null("").str.strip_chars(),
        )
        known = (
            pl.when(pl.col("value").str.starts_with("name:"))
            .then(pl.lit("name"))
            .when(pl.col("kind").is_in(list(BY_NAME)))
            .then("kind")
            .otherwise(pl.lit(NUMBER))
        )
        split = split.with_columns(known=known).with_columns(
            kind=pl.when(pl.col("known") == NUMBER).then("kind").otherwise("known")
        )
        usual = pl.col("known").replace_strict({kind.name: kind.limit for kind in KINDS})
        return split.select(
            "identifier",
            "kind",
            place=pl.col("known").replace_strict(PLACE),
            limit=pl.col("kind").replace_strict(dict(self.limits), default=usual, return_dtype=pl.Int64),
            reach=pl.col("known").replace_strict({kind.name: kind.reach for kind in KINDS}),
            names=pl.col("known").replace_strict({kind.name: kind.names for kind in KINDS}),
            usable=self._usable(),
        )

    def usable(self, identifier: str) -> bool:
        """Whether it may join somebody at all."""
        return bool(self.describe(pl.Series([identifier]))["usable"].item())

    def _usable(self) -> pl.Expr:
        weak = [kind.name for kind in KINDS if kind.weak]
        value = pl.col("value").str.to_lowercase()
        return (
            (pl.col("kind") != "")
            & ~pl.col("known").is_in(weak)
            & ~value.str.contains(NOBODY)
            & ~((pl.col("kind") == "phone") & value.str.contains(OF_COMPANIES))
            & ~value.is_in(sorted(self.own))
        )


def _read_limits(text: str) -> dict[str, int]:
    """'anon=20, email=3' as numbers by kind."""
    found: dict[str, int] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, number = (piece.strip() for piece in part.partition("="))
        if not name or not number.isdecimal() or not int(number):
            raise BadParameter(
                f"MASARAT_IDENTITY_LIMITS: {part!r} is not a limit.", "Write it like anon=20,email=3."
            )
        found[name] = int(number)
    return found
