"""What a customer thinks and likes, as far as they let us know: answers, stars, what they look at, whether a coupon moves them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from masarat.models.customer.move import Move, favourites, mean

SURVEYS = ("nps", "csat", "ces")
Mood = Literal["positive", "neutral", "negative"]
GLAD, SORRY = 4.0, 3.0  # stars of five: from here on glad, below that sorry


def mind(moves: Sequence[Move]) -> dict[str, Any]:
    """The newest answer to each survey, the mean of stars, the mood these show, interests, and how often coupons were used."""
    stars = [move.rating for move in moves if move.name == "Product Reviewed" and move.rating is not None]
    answers = {survey: _answer(moves, survey) for survey in SURVEYS}
    orders = [move for move in moves if move.name == "Order Completed" and move.revenue > 0]
    about = [
        move
        for move in moves
        if move.name.startswith("Product ") or (move.name == "Order Completed" and move.revenue > 0)
    ]
    return {
        **answers,
        "rating": mean(stars),
        "sentiment": mood(mean(stars), answers["csat"], answers["nps"]),
        "interests": favourites(group for move in about for group in dict.fromkeys(move.categories)),
        "coupon_use": mean([bool(order.coupon) or order.discount > 0 for order in orders]),
    }


def mood(stars: float | None, satisfaction: float | None, recommends: float | None) -> Mood | None:
    """From the mean of what they gave, each brought to five: stars, satisfaction (of 5), recommendation (of 10). None where they gave nothing."""
    given = [
        each
        for each in (stars, satisfaction, recommends / 2 if recommends is not None else None)
        if each is not None
    ]
    if (middle := mean(given)) is None:
        return None
    return "positive" if middle >= GLAD else "negative" if middle < SORRY else "neutral"


def _answer(moves: Sequence[Move], survey: str) -> float | None:
    """The newest score of a survey of this method; a survey may carry it in its name: nps, nps-after-delivery."""
    given = [
        move
        for move in moves
        if move.name == "Survey Answered" and survey in move.survey.casefold().split("-")
    ]
    return next((move.score for move in reversed(given) if move.score is not None), None)
