"""What is written down when customers change: a record for every identifier that changed owners, and for every link that gave way."""

from __future__ import annotations

import polars as pl

from masarat.resolve.graph import Resolved

RULES = "rules"  # the actor where no person is
EVIDENCE = ["one", "other", "event_id", "source"]


def compared(found: Resolved, stands: pl.DataFrame) -> pl.DataFrame:
    """Every identifier with its owner now, the one before, and since when that stood."""
    both = found.owners.join(
        stands.rename({"owner": "was"}), on="identifier", how="left", maintain_order="left"
    )
    return both.with_columns(was=pl.coalesce("was", "identifier"))


def changes(both: pl.DataFrame, trigger: pl.DataFrame, why: str, actor: str) -> pl.DataFrame:
    """A record a change, with a link (or the decision) of this batch that touches the customer, now or before."""
    ends = pl.concat([trigger.select(EVIDENCE, identifier=end) for end in ("one", "other")])
    touched = both.select("identifier", "owner", "was").join(
        ends, on="identifier", maintain_order="left_right"
    )
    now = touched.select("owner", *EVIDENCE).unique("owner", keep="first")
    before = touched.select("was", *EVIDENCE).unique("was", keep="first")
    changed = both.filter(pl.col("was") != pl.col("owner"))
    changed = changed.join(now, on="owner", how="left", maintain_order="left")
    changed = changed.join(before, on="was", how="left", suffix="_before", maintain_order="left")
    alone = pl.col("owner") == pl.col("identifier")
    said = pl.lit(why) if why else pl.when(alone).then(pl.lit("gave way")).otherwise(pl.lit("seen together"))
    return changed.select(
        "identifier",
        "was",
        "owner",
        "since",
        *(pl.coalesce(name, f"{name}_before").fill_null("").alias(name) for name in EVIDENCE),
        what=pl.when(alone).then(pl.lit("split")).otherwise(pl.lit("merged")),
        why=said,
        actor=pl.lit(actor),
    )


def refusals(found: Resolved, both: pl.DataFrame, trigger: pl.DataFrame) -> pl.DataFrame:
    """A record for every link of this batch that gave way: its two ends stay with two customers."""
    owners = both.select("identifier", "owner")
    refused = found.refused.join(trigger.select(EVIDENCE), on=["one", "other"], maintain_order="left")
    refused = refused.join(owners, left_on="one", right_on="identifier", maintain_order="left")
    refused = refused.join(
        owners, left_on="other", right_on="identifier", suffix="_other", maintain_order="left"
    )
    never = pl.col("why") == "never"
    return refused.select(
        *EVIDENCE,
        identifier="one",
        was="owner_other",
        owner="owner",
        since=pl.lit(None, both.schema["since"]),
        what=pl.lit("refused"),
        why=pl.when(never).then(pl.lit("said to be two")).otherwise(pl.format("too many of {}", "why")),
        actor=pl.lit(RULES),
    )
