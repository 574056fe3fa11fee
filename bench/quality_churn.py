"""How well `at_risk` foresees who will not order, on real shops, beside simple baselines and BG/NBD: writes docs/quality/churn.md.

    python -m bench.quality_churn [--peer-python /path/to/python]

The peer's Python needs lifetimes and pandas (BG/NBD); without them that line says so. Every model, ours and theirs, learns from what was known before
the cut-off alone and is judged on the days after it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from masarat.analyse import explain
from masarat.analyse.at_risk import AtRisk
from masarat.analyse.habits import GIVEN, known
from masarat.models.churn import Known, learn
from masarat.models.forecasts import auc, brier
from masarat.settings import Settings
from masarat.store import Store
from tests.support.cdnow import write_cdnow
from tests.support.online_retail import write_online_retail
from tests.support.shop import SHARED

PAGE = Path(__file__).parents[1] / "docs" / "quality" / "churn.md"
LINES = {
    "recency": "days since the last order alone",
    "rhythm": "own rhythm",
    "buying": "purchases and leaving (BG/NBD)",
    "weights": "logistic regression",
    "trees": "boosted trees (LightGBM)",
}
PEER = """
import json, sys, warnings
warnings.filterwarnings("ignore")
import pandas
from lifetimes import BetaGeoFitter
given = json.load(sys.stdin)
frame = pandas.DataFrame(given["customers"])
fitted = BetaGeoFitter(penalizer_coef=0.0).fit(frame.frequency, frame.recency, frame["T"])
orders = fitted.conditional_expected_number_of_purchases_up_to_time(given["days"], frame.frequency, frame.recency, frame["T"])
alive = fitted.conditional_probability_alive(frame.frequency, frame.recency, frame["T"])
print(json.dumps({"orders": [float(one) for one in orders], "alive": [float(one) for one in alive]}))
"""
SHOPS: dict[str, tuple[str, Callable[[Store, Path], None], date, int]] = {
    "Online Retail": ("the last three months", write_online_retail, date(2011, 12, 9), 90),
    "CDNOW": ("the last 30 weeks and a half", write_cdnow, date(1998, 6, 30), 180),
}


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--peer-python", default=sys.executable)
    peer = given.parse_args().peer_python
    if not SHARED.exists():
        print(f"The real data sets are not there ({SHARED}).")
        return
    text = "\n".join([HEAD, *(_shop(name, peer) for name in SHOPS)])
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(text)
    print(text)


HEAD = """# Who will not order: on real shops

Written by `python -m bench.quality_churn`. Foreseen is whether a customer orders within the days held out, from what was known before them
alone; everybody who had bought by then counts, one-time buyers too. AUC is how often, of one who did not order and one who did, the
first was given the higher chance (0.5 is blind); Brier is the mean square of the misses of the calibrated chances (less is better). The models
learn from earlier dates as far apart as the days held out, the last of which calibrates. `at_risk` uses the one that misses
least, of nearly equal ones the simplest.
"""


def _shop(name: str, peer: str) -> str:
    said, write, last, days = SHOPS[name]
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Settings(data=Path(folder), timezone="UTC"))
        write(store, SHARED)
        question = AtRisk(days=days, period=f"1990-01-01..{last}")
        earlier, now = known(store.rows(explain(store, question, today=last + timedelta(days=1))))
        store.close()
    found, held = learn(earlier, now, GIVEN, days), earlier[-1]
    lines = [f"\n## {name}: {said} ({days} days) held out\n"]
    share = float((~held.silent).mean())
    lines.append(
        f"{len(held):,} customers, of whom {share:.1%} ordered; learnt from {sum(map(len, earlier[:-1])):,} at {len(earlier) - 1} earlier dates.\n"
    )
    lines += ["| foreseen by | AUC | Brier |", "|---|---|---|"]
    for model, words in LINES.items():
        if found and model in found.judged:
            one = found.judged[model]
            used = " — used" if model == found.used else ""
            lines.append(f"| {words}{used} | {one.auc:.4f} | {one.brier:.4f} |")
    lines.append(
        f"| always the share of the earlier dates | 0.5000 | {found.brier_base if found else brier(np.full(len(held), share), ~held.silent):.4f} |"
    )
    lines.append(f"| RFM (sum of three ranks, uncalibrated) | {auc(-_rfm(held), held.silent):.4f} | |")
    lines += _bg_nbd(held, days, peer)
    if found:
        groups = found.judged[found.used].groups
        outside = sum(not group.holds for group in groups)
        lines.append(
            f"\nCalibration of the one used: in {outside} of {len(groups)} groups of customers by chance what came lies outside its 95 % interval; "
            f"the furthest is off by {max(abs(group.said - group.share) for group in groups):.3f}."
        )
    return "\n".join(lines) + "\n"


def _rfm(held: Known) -> np.ndarray:
    """Who bought lately, often and for much has the highest sum of ranks."""
    ranks = [
        np.searchsorted(np.sort(one), one) / len(one)
        for one in (-held.numbers["recency"], held.numbers["orders"], held.numbers["money"])
    ]
    return np.sum(ranks, axis=0)


def _bg_nbd(held: Known, days: int, peer: str) -> list[str]:
    numbers = held.numbers
    customers = {
        "frequency": numbers["gaps"].tolist(),
        "recency": (numbers["tenure"] - numbers["recency"]).tolist(),
        "T": numbers["tenure"].tolist(),
    }
    done = subprocess.run(
        [peer, "-c", PEER],
        input=json.dumps({"customers": customers, "days": days}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return ["| BG/NBD (lifetimes) | not asked: no lifetimes there | |"]
    told = json.loads(done.stdout)
    return [
        f"| BG/NBD, expected orders (lifetimes) | {auc(-np.array(told['orders']), held.silent):.4f} | |",
        f"| BG/NBD, P(alive) (lifetimes) | {auc(-np.array(told['alive']), held.silent):.4f} | |",
    ]


if __name__ == "__main__":
    main()
