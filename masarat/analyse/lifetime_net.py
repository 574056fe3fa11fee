"""What of a customer's money counts in lifetime value: revenue, margin or contribution, each as `profitability` takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from masarat.analyse.base import Found
from masarat.analyse.frame import SALES, Frame
from masarat.analyse.period import Period
from masarat.analyse.profit_reading import COSTLY, DEDUCTIONS, Costed, reading, summed, sums
from masarat.analyse.profit_words import not_known
from masarat.store import Row

Net = Literal["revenue", "margin", "contribution"]
OF_GOODS = ("refused", "returned", "vat", "cost")  # what goes off for a margin
ALL = 100  # percent


@dataclass(frozen=True, slots=True)
class Shares:
    """What part of a sum of money counts: of what was brought (as the steps tell it), and of revenue to come."""

    so_far: float
    to_come: float


class Netted(Costed):
    """What questions about lifetime value share: which money counts, and the rates of what goes off it."""

    net: Net = Field(
        "revenue",
        description="What counts: revenue net of returns, margin (less VAT and cost of goods) or contribution (less delivery, fees, service and points, too).",
    )
    margin: float = Field(
        ALL, gt=0, le=ALL, description="Percent of revenue that is left after the cost of goods; of net=revenue only."
    )  # fmt: skip

    @model_validator(mode="after")
    def _goods_once(self) -> Self:
        if self.net != "revenue" and self.margin != ALL:
            raise ValueError(f"net={self.net} takes the cost of goods off already: leave margin out")
        return self

    def takes(self, rate: str) -> bool:
        """Of revenue nothing goes off; of a margin VAT alone."""
        return {"revenue": False, "margin": rate == "vat_percent"}.get(self.net, super().takes(rate))

    def customers_steps(self, frame: Frame, customers: str) -> dict[str, str]:
        """The steps up to `customers`, each with `kept`: what of their money counts. `customers` is the step without it."""
        if self.net == "revenue":
            return {"customers": f"SELECT *, brought AS kept FROM ({customers})"}
        taken = DEDUCTIONS if self.net == "contribution" else OF_GOODS
        return {
            **reading(_whole(frame)),
            "kept_by": f"""
SELECT customer_id, sum(gross) - {" - ".join(f"sum({name})" for name in taken)} AS kept FROM orders WHERE customer_id != 0 GROUP BY customer_id""",
            "bought_by": customers,
            "left": f"SELECT {sums()} FROM orders WHERE customer_id GLOBAL IN (SELECT customer_id FROM bought_by)",
            "customers": "SELECT * FROM bought_by GLOBAL LEFT JOIN kept_by USING (customer_id)",
        }

    def net_values(self, frame: Frame) -> dict[str, Any]:
        """What these steps bind."""
        if self.net == "revenue":
            return frame.values
        return _whole(frame).values | self.rates() | {"costly": list(COSTLY)}

    @property
    def left(self) -> str:
        """The step that tells what is not known of the costs; empty where none are taken off."""
        return "" if self.net == "revenue" else "left"

    def shares(self, cells: Sequence[Row]) -> Shares:
        """Of money to come that part counts which counted so far of all customers together, so that no grouping changes it."""
        if self.net == "revenue":
            return Shares(self.margin / ALL, self.margin / ALL)
        kept = sum(row["net"] for row in cells)
        revenue = sum(row["value"] * (row["x"] + 1) for row in cells)  # of those whom refunds have left any
        return Shares(1.0, kept / revenue if revenue > 0 else 0.0)

    def notes_on_net(self, found: Found, left: Row, to_come: float | None) -> list[str]:
        """Which money counts, and what of its costs is not known; `left` is the row of the step of that name."""
        if self.net == "revenue" or not left:
            return []
        share = "none" if to_come is None else found.speaker.percent(to_come)
        known = replace(found, totals=self.known(summed(left)))
        return [
            found.say("note-net", net=self.net, share=share),
            *not_known(self, known, goods_only=self.net == "margin"),
        ]


def _whole(frame: Frame) -> Frame:
    """The same over all sales up to the last day of its period."""
    first, _ = frame.facts.span(SALES) or (frame.period.first, frame.period.last)
    period = Period(min(first, frame.period.first), frame.period.last, frame.period.bounded)
    return replace(frame, period=period, breakdown="")
