"""What happens within visits, step by step: each step is one event for every visit that got so far."""

from __future__ import annotations

import polars as pl

from masarat.demo.catalogue import CATEGORIES
from masarat.demo.choice import Choice
from masarat.demo.moves import PRODUCTS, moves, props
from masarat.demo.sessions import CART, CHECKOUT, LOOKED, ORDERED, PAYMENT, Visits
from masarat.demo.texts import NOTHING_FOUND, QUERIES

SITE = "https://shop.example"
SEARCHES, FINDS_NOTHING = 0.20, 0.11  # of visits that look further; of searches


def behaviour(choice: Choice, visits: Visits, first: int, last: int) -> pl.DataFrame:
    """The events of the visits that began in a stretch of time (UTC ms), completed orders excepted."""
    sessions = visits.sessions.filter(pl.col("start").is_between(first, last))
    dice = choice.dice(f"behaviour {first}")
    sessions = sessions.with_columns(
        luck=pl.Series(dice.random(len(sessions))), chance=pl.Series(dice.random(len(sessions)))
    )
    lines = _lines(visits.lines, sessions)
    sessions = _with_topic(sessions, lines)
    return pl.concat(
        [*_looking(choice, sessions), *_seeing(lines), *_buying(sessions, lines), *_failing(sessions)],
        how="diagonal_relaxed",
    )


def _step(
    frame: pl.DataFrame, name: str, share: float | pl.Expr, url: str | pl.Expr, **columns: pl.Expr
) -> pl.DataFrame:
    """One event for each row, at this share of its visit; `part` tells several of the same name in a visit apart."""
    share = pl.lit(share) if isinstance(share, float) else share
    part = columns.pop("part", pl.lit(""))
    moment = pl.col("start") + (pl.col("seconds") * 1000 * (share + pl.col("jitter"))).cast(pl.Int64)
    place = pl.lit(SITE) + (pl.lit(url) if isinstance(url, str) else url)
    return moves(frame, name, "web", pl.col("session_id") + part, ts=moment, url=place, **columns)


def _lines(lines: pl.DataFrame, sessions: pl.DataFrame) -> pl.DataFrame:
    """Products seen, each beside its visit, numbered; `removed` had been in the cart for a moment."""
    beside = lines.join(sessions, on="session_id", how="inner", maintain_order="left")
    regretted = (pl.col("depth") >= CART) & ~pl.col("added") & pl.col("in_stock") & (pl.col("luck") < 0.4)
    return beside.with_columns(
        place=pl.int_range(pl.len()).over("session_id").clip(0, 7),
        removed=regretted,
        currency=pl.lit("SAR"),
    )


def _with_topic(sessions: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """The category each visit is about: that of the first product seen, else any."""
    keys = pl.Series(list(CATEGORIES))
    leading = lines.filter(pl.col("place") == 0).select(
        "session_id", topic=pl.col("product_id").str.slice(0, 2)
    )
    chance = (pl.col("luck") * 6).cast(pl.Int64).replace_strict(dict(enumerate(keys)), return_dtype=pl.String)
    return sessions.join(leading, on="session_id", how="left", maintain_order="left").with_columns(
        topic=pl.col("topic").fill_null(chance)
    )


def _looking(choice: Choice, sessions: pl.DataFrame) -> list[pl.DataFrame]:
    """Landing, searching, lists."""
    topic = pl.lit("/c/") + pl.col("topic")
    landing = pl.when(pl.col("luck") < 0.55).then(pl.lit("/")).otherwise(topic)
    further = sessions.filter((pl.col("depth") >= LOOKED) & ~pl.col("quick"))
    searching = further.filter(pl.col("chance") < SEARCHES)
    browsing = further.filter(pl.col("chance") >= SEARCHES * 0.6)
    category = pl.col("topic").replace_strict(
        {key: words[choice.language] for key, words in CATEGORIES.items()}
    )
    return [
        _step(sessions, "Page Viewed", 0.0, landing),
        _searched(searching),
        _step(
            browsing,
            "Product List Viewed",
            0.16,
            topic,
            props=props(list_id=pl.col("topic"), category=category),
        ),
    ]


def _searched(searching: pl.DataFrame) -> pl.DataFrame:
    """What was typed, four times in five in Arabic, and how many products it found."""
    table = pl.DataFrame(
        [
            (key, index, *words, 3 + 2 * index)
            for key, found in QUERIES.items()
            for index, words in enumerate(found)
        ]
        + [("", index, *words, 0) for index, words in enumerate(NOTHING_FOUND)],
        schema={
            "asked": pl.String,
            "which": pl.Int64,
            "english": pl.String,
            "arabic": pl.String,
            "results": pl.Int64,
        },
        orient="row",
    )
    nothing = pl.col("chance") < SEARCHES * FINDS_NOTHING
    spread = (pl.col("luck") * 997) % 1
    missing = 1 + ((spread - 0.5) * 2 * (len(NOTHING_FOUND) - 1)).floor()
    typed = searching.with_columns(
        asked=pl.when(nothing).then(pl.lit("")).otherwise("topic"),
        # half of what finds nothing is the first, the unmet need
        which=pl.when(~nothing)
        .then((spread * 4).floor())
        .when(spread < 0.5)
        .then(0)
        .otherwise(missing)
        .cast(pl.Int64),
    ).join(table, on=["asked", "which"], how="left", maintain_order="left")
    query = pl.when((pl.col("luck") * 100) % 1 < 0.8).then("arabic").otherwise("english")
    return _step(
        typed, "Products Searched", 0.08, "/search", props=props(query=query, results=pl.col("results"))
    )


def _seeing(lines: pl.DataFrame) -> list[pl.DataFrame]:
    """Products seen, put into the cart, taken out again. Looking at a product moves no money: its quantity is 0."""
    seen, carted = lines.filter(~pl.col("quick")), lines.filter(pl.col("added") | pl.col("removed"))
    url, part, place = (
        pl.lit("/p/") + pl.col("product_id"),
        pl.lit("-") + pl.col("product_id"),
        pl.col("place"),
    )
    price = (pl.col("amount") / pl.col("quantity")).round(2)
    return [
        _step(seen, "Product Viewed", 0.24 + place * 0.03, url, part=part, **_product(0.0),
              props=props(price=price, in_stock=pl.col("in_stock"))),
        _step(carted, "Product Added", 0.50 + place * 0.012, url, part=part, **_product(1.0)),
        _step(carted.filter("removed"), "Product Removed", 0.60, "/cart", part=part, **_product(1.0)),
    ]  # fmt: skip


def _product(times: float) -> dict[str, pl.Expr]:
    """One line as the log's five arrays."""
    return {
        "product_ids": pl.concat_list("product_id"),
        "product_names": pl.concat_list("product_name"),
        "product_categories": pl.concat_list("category"),
        "product_quantities": pl.concat_list(pl.col("quantity") * times),
        "product_revenues": pl.concat_list(pl.col("amount") * times),
    }


def _buying(sessions: pl.DataFrame, lines: pl.DataFrame) -> list[pl.DataFrame]:
    """The cart and the steps of the checkout, each with the whole cart."""
    carts = (
        lines.filter("added")
        .group_by("session_id", maintain_order=True)
        .agg(
            product_ids="product_id",
            product_names="product_name",
            product_categories="category",
            product_quantities=pl.col("quantity").cast(pl.Float64),
            product_revenues="amount",
            revenue=pl.col("amount").sum().round(2),
            currency=pl.col("currency").first(),
        )
    )
    with_cart = sessions.join(carts, on="session_id", how="inner", maintain_order="left")
    viewing = with_cart.filter((pl.col("chance") < 0.55) & ~pl.col("quick")).drop("revenue")
    starting = with_cart.filter(pl.col("depth") >= CHECKOUT)
    bare = starting.drop("revenue", "currency", *PRODUCTS)
    address = bare.filter((pl.col("depth") >= PAYMENT) | (pl.col("chance") < 0.6))
    paying = bare.filter(pl.col("depth") >= PAYMENT)
    return [
        _step(viewing, "Cart Viewed", 0.64, "/cart"),
        _step(starting, "Checkout Started", 0.69, "/checkout"),
        _step(
            bare.filter((pl.col("nth") == 1) & (pl.col("depth") == ORDERED)), "Signed Up", 0.72, "/checkout"
        ),
        _step(bare.filter(pl.col("code") != ""), "Coupon Applied", 0.74, "/checkout", coupon=pl.col("code")),
        _checkout_step(address, "address", 0.77),
        _checkout_step(paying, "shipping", 0.82),
        _step(paying, "Payment Info Entered", 0.87, "/checkout/payment"),
    ]


def _checkout_step(frame: pl.DataFrame, step: str, share: float) -> pl.DataFrame:
    name = "Checkout Step Completed"
    return _step(
        frame, name, share, f"/checkout/{step}", part=pl.lit(f"-{step}"), props=props(step=pl.lit(step))
    )


def _failing(sessions: pl.DataFrame) -> list[pl.DataFrame]:
    """Payments that fail; who could not pay in the end tried again and loaded the page anew."""
    failed = sessions.filter("failed")
    stuck = failed.filter(pl.col("depth") == PAYMENT)
    reason = props(
        reason=pl.when(pl.col("depth") == PAYMENT).then(pl.lit("timeout")).otherwise(pl.lit("declined"))
    )
    again, page = props(reload=pl.lit(True)), "/checkout/payment"
    return [
        _step(failed, "Payment Failed", 0.91, page, props=reason),
        _step(stuck, "Page Viewed", 0.925, page, part=pl.lit("-reload1"), props=again),
        _step(stuck, "Payment Failed", 0.94, page, part=pl.lit("-again"), props=reason),
        _step(stuck, "Page Viewed", 0.955, page, part=pl.lit("-reload2"), props=again),
    ]
