"""The voice of the customers: tickets, survey answers and reviews. All follow how the order was delivered and what was in it."""

from __future__ import annotations

import numpy as np
import polars as pl

from masarat.demo.catalogue import PRODUCT_INDEX
from masarat.demo.choice import Choice, Floats, pick
from masarat.demo.delivery import DAY, LEAKS
from masarat.demo.moves import described, moves, props
from masarat.demo.orders import Orders
from masarat.demo.sessions import PAYMENT, Visits
from masarat.demo.texts import COMMENTS, TICKETS, Pair

MINUTE = 60_000  # ms
RETURN_TEXTS = {
    LEAKS[0]: 1,
    "wrong item": 2,
    "damaged on the way": 3,
}  # which text of TICKETS; else the first
LATE_COSTS = {"nps": 1.5, "csat": 0.7, "ces": 0.0}  # points of the score for every day late


def service(
    choice: Choice, everyone: pl.DataFrame, made: Orders, sent: pl.DataFrame, back: pl.DataFrame, seen: Visits
) -> list[pl.DataFrame]:
    """Every event of the help desk, the surveys and the reviews."""
    voices = everyone.select("customer", "arabic")
    sent = described(choice, sent.join(voices, on="customer", maintain_order="left"))
    tickets = _tickets(choice, sent, back, seen, voices)
    return [*_ticket_moves(choice, tickets), *_surveys(choice, sent, tickets), _reviews(choice, made, sent)]


def _tickets(
    choice: Choice, sent: pl.DataFrame, back: pl.DataFrame, seen: Visits, voices: pl.DataFrame
) -> pl.DataFrame:
    """One row a ticket: visitor, order, topic, `ts`, whether they write Arabic."""
    dice, columns = choice.dice("tickets"), ["visitor_id", "arabic", "order_id", "topic", "ts"]
    late = sent.filter((pl.col("late_days") > 0.3) & pl.Series(dice.random(len(sent)) < 0.24)).with_columns(
        topic=pl.lit("late delivery"), ts=pl.col("arrived") - DAY // 3
    )
    returned = back.select("intent", "back", "reason").unique("intent", keep="first", maintain_order=True)
    returning = sent.join(returned, on="intent", maintain_order="left")
    returning = returning.filter(pl.Series(dice.random(len(returning)) < 0.45)).with_columns(
        topic=pl.lit("return"),
        ts=pl.col("back") - DAY,
        which=pl.col("reason").replace_strict(RETURN_TEXTS, default=0, return_dtype=pl.Int64),
    )
    asking = sent.filter(pl.Series(dice.random(len(sent)) < 0.008)).with_columns(
        topic=pl.lit("product question"), ts=pl.col("ts") - DAY // 4
    )
    stuck = seen.sessions.filter(
        pl.col("failed") & (pl.col("depth") == PAYMENT) & pl.col("customer").is_not_null()
    )
    stuck = stuck.join(voices, on="customer", maintain_order="left")
    stuck = stuck.filter(pl.Series(dice.random(len(stuck)) < 0.14)).with_columns(
        topic=pl.lit("payment"),
        order_id=pl.lit(""),
        ts=pl.col("start") + pl.col("seconds") * 1000 + 15 * MINUTE,
    )
    parts = [
        part.select(*columns, *(["which"] if "which" in part.columns else []))
        for part in (late, returning, asking, stuck)
    ]
    found = pl.concat(parts, how="diagonal").sort("ts", "visitor_id")
    return found.with_row_index("ticket", 2001).with_columns(
        minutes=pl.Series(_minutes(dice, found["ts"].to_numpy())),
        which=pl.col("which").fill_null(pl.Series(dice.integers(0, 4, len(found)))),
    )


def _minutes(dice: np.random.Generator, ts: Floats) -> Floats:
    """Time to solve: an hour and a half by day, three times as long for what comes in the evening."""
    hour = (ts // 3_600_000 + 3) % 24
    slow = np.where((hour >= 19) | (hour < 6), 3.0, 1.0)
    found: Floats = np.clip(dice.lognormal(np.log(90), 0.8, len(ts)) * slow, 3, 8000).round()
    return found


def _ticket_moves(choice: Choice, tickets: pl.DataFrame) -> list[pl.DataFrame]:
    table = pl.DataFrame(
        [
            (topic, arabic, index, *words)
            for topic, (arabic, said) in TICKETS.items()
            for index, words in enumerate(said)
        ],
        schema=["topic", "topic_ar", "which", "english", "text_ar"],
        orient="row",
    )
    worded = tickets.join(table, on=["topic", "which"], how="left", maintain_order="left")
    said = (
        pl.when("arabic")
        .then("text_ar")
        .otherwise("english")
        .str.replace("{order}", pl.col("order_id"), literal=True)
    )
    topic = pl.col("topic_ar" if choice.language == "ar" else "topic")
    number = pl.lit("T-") + pl.col("ticket").cast(pl.String)
    solved = worded.filter(pl.col("ticket") % 25 != 0).with_columns(
        ts=pl.col("ts") + (pl.col("minutes") * MINUTE).cast(pl.Int64)
    )
    return [
        moves(worded, "Ticket Opened", "helpdesk", number, props=props(ticket_id=number, topic=topic, text=said)),
        moves(solved, "Ticket Solved", "helpdesk", number,
              props=props(ticket_id=number, topic=topic, minutes=pl.col("minutes"))),
    ]  # fmt: skip


def _surveys(choice: Choice, sent: pl.DataFrame, tickets: pl.DataFrame) -> list[pl.DataFrame]:
    """After a delivery NPS or CSAT, after a solved ticket the effort it took (CES 2.0, 1 hard … 7 easy)."""
    dice = choice.dice("surveys")
    asked = pl.Series(dice.random(len(sent)))
    late, unwell = pl.col("late_days").clip(0, 5), pl.col("refused").cast(pl.Float64)
    after = sent.with_columns(noise=pl.Series(dice.normal(0, 1, len(sent))), ts=pl.col("arrived") + DAY)
    nps = (9.1 - LATE_COSTS["nps"] * late - 4 * unwell + 1.5 * pl.col("noise")).round().clip(0, 10)
    csat = (4.6 - LATE_COSTS["csat"] * late - 2 * unwell + 0.7 * pl.col("noise")).round().clip(1, 5)
    effort = tickets.with_columns(
        noise=pl.Series(dice.normal(0, 1, len(tickets))),
        ts=pl.col("ts") + (pl.col("minutes") * MINUTE).cast(pl.Int64) + DAY // 8,
    ).filter(pl.Series(dice.random(len(tickets)) < 0.3))
    ces = 8 - (1.4 + (pl.col("minutes") / 60).log1p() + 0.8 * pl.col("noise")).round().clip(1, 7)
    return [
        _answers(choice, after.filter(asked < 0.06).with_columns(score=nps), "nps", (6.5, 8.5)),
        _answers(
            choice, after.filter((asked > 0.5) & (asked < 0.58)).with_columns(score=csat), "csat", (2.5, 4.5)
        ),
        _answers(choice, effort.with_columns(score=ces), "ces", (0, 0)),
    ]


def _answers(choice: Choice, answered: pl.DataFrame, survey: str, edges: tuple[float, float]) -> pl.DataFrame:
    """Answers, nearly half with a comment in the mood of the score."""
    dice = choice.dice(f"comments {survey}")
    mood = (pl.col("score") > edges[0]).cast(pl.Int64) + (pl.col("score") > edges[1]).cast(pl.Int64)
    spoken = answered.with_columns(mood=mood, which=pl.Series(dice.integers(0, 9, len(answered))))
    said = _said(spoken, COMMENTS if edges[1] else ())
    key = pl.lit(f"{survey}:") + pl.col("ticket" if survey == "ces" else "order_id").cast(pl.String)
    score = props(survey=pl.lit(survey), score=pl.col("score").cast(pl.Int64), comment=pl.col("said"))
    return moves(said, "Survey Answered", "survey", key, props=score)


def _said(spoken: pl.DataFrame, moods: tuple[tuple[Pair, ...], ...]) -> pl.DataFrame:
    """`said`: a text of this mood and number in the customer's language; null where there is none of that number."""
    table = pl.DataFrame(
        [(mood, index, *words) for mood, texts in enumerate(moods) for index, words in enumerate(texts)],
        schema={"mood": pl.Int64, "which": pl.Int64, "english": pl.String, "text_ar": pl.String},
        orient="row",
    )
    found = spoken.join(table, on=["mood", "which"], how="left", maintain_order="left")
    return found.with_columns(said=pl.when("arabic").then("text_ar").otherwise("english"))


def _reviews(choice: Choice, made: Orders, sent: pl.DataFrame) -> pl.DataFrame:
    """One line in thirty is reviewed, by how it came and how good it is."""
    dice, truths = choice.dice("reviews"), choice.truths
    kept = sent.filter(~pl.col("refused")).select(
        "intent", "visitor_id", "arabic", "order_id", "arrived", "late_days"
    )
    lines = made.lines.join(kept, on="intent", maintain_order="left")
    lines = lines.filter(pl.Series(dice.random(len(lines)) < 0.033))
    poor = (pl.col("product") == PRODUCT_INDEX[truths.returned]).cast(pl.Float64)
    noise = pl.Series(dice.normal(0, 0.7, len(lines)))
    rating = (
        (4.6 - 0.4 * pl.col("late_days").clip(0, 5) - 1.9 * poor + noise).round().clip(1, 5).cast(pl.Int64)
    )
    rated = lines.with_columns(
        rating=rating, which=pl.Series(pick(dice, [1.0] * 5, len(lines)))
    ).with_columns(mood=(pl.col("rating") > 2).cast(pl.Int64) + (pl.col("rating") > 3).cast(pl.Int64))
    told = (
        _said(rated, COMMENTS)
        .with_columns(
            ts=pl.col("arrived") + 4 * DAY,
            product_ids=pl.concat_list("product_id"),
            product_names=pl.concat_list("product_name"),
            product_categories=pl.concat_list("category"),
            product_quantities=pl.concat_list(pl.lit(0.0)),
            product_revenues=pl.concat_list(pl.lit(0.0)),
        )
        .drop("revenue", "discount", "coupon")
    )
    key = pl.col("order_id") + ":" + pl.col("product_id")
    about = props(rating=pl.col("rating"), review_body=pl.col("said"))
    return moves(told, "Product Reviewed", "web", key, props=about)
