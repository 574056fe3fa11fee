"""Rates of the shop that no event tells: what a payment, a parcel, a minute of service and a point cost it, and the VAT in its prices."""

from __future__ import annotations

import re

from masarat.errors import BadParameter
from masarat.words.folding import fold

RATES = (
    "payment_fees",
    "parcel_cost",
    "minute_cost",
    "point_value",
    "vat_percent",
)  # settings, and parameters of questions

NUMBER = r"(\d+(?:\.\d+)?)"
FEE = re.compile(rf"(.+?)\s*=\s*(?:{NUMBER}\s*[%٪](?:\s*\+\s*{NUMBER})?|\+?\s*{NUMBER})")
HOW = "Write it as: mada=0.8%, card=2.7%+1, cash=0, *=1%."


def read_fees(text: str) -> dict[str, tuple[float, float]]:
    """'mada=0.8%, card=2.7%+1' → by the folded name of the method: percent and fixed fee. BadParameter for what cannot be read."""
    fees = {}
    for part in filter(None, (piece.strip() for piece in re.split(r"[,،;؛\n]", text))):
        match = FEE.fullmatch(part)
        if not match:
            raise BadParameter(f"{part!r} is no fee of a payment method.", HOW)
        fees[fold(match[1])] = (float(match[2] or 0), float(match[3] or match[4] or 0))
    return fees
