"""What the first page asks (web/app/src/pages/pulse.tsx): made ready while the server is idle, and begun before the page's scripts are read."""

from __future__ import annotations

from urllib.parse import urlencode

from masarat.settings import Language

STEPS = {"last_7_days": "day", "last_30_days": "day", "last_90_days": "week", "last_365_days": "month"}
USUAL = "last_30_days"
FIRST = (
    "insights",
    "revenue",
    "journey",
    "pain_points",
    "abandoned_carts",
    "rfm",
    "products",
    "new_and_returning",
)
ROWS = {"insights": 4}  # of the others the picture and the figures alone
PEOPLE = 40  # rows of those that name people, which the page asks once it knows who may see them

Asked = tuple[str, dict[str, str], int]  # a question, its parameters and how many rows


def asked(period: str = USUAL) -> list[Asked]:
    """What the page asks, in its order."""
    steps = {"revenue": {"by": STEPS[period]}}
    return [
        ("journey", {"period": "all"}, 0),
        *((name, {"period": period} | steps.get(name, {}), ROWS.get(name, 0)) for name in FIRST),
        ("at_risk", {}, PEOPLE),
        ("abandoned_carts", {"period": "last_7_days"}, PEOPLE),
    ]


def addresses(language: Language, period: str) -> list[str]:
    """Where the page asks what it asks at once, as the page writes it; nothing for a period that it does not offer."""
    if (period or USUAL) not in STEPS:
        return []
    looks = [one for one in asked(period or USUAL) if one[2] != PEOPLE]
    spoken: dict[str, str] = {"lang": language}
    found = [(f"/v1/look/{name}", given | spoken | {"rows": str(rows)}) for name, given, rows in looks]
    return ["/v1/sample", *(f"{path}?{urlencode(query)}" for path, query in [("/v1/start", spoken), *found])]
