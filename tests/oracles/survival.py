"""Survival as lifelines 0.30.3 has it, with its data sets (MIT): python tests/oracles/survival.py, with a Python that has lifelines."""

import json
from pathlib import Path

import lifelines
from lifelines.datasets import load_rossi, load_waltons
from lifelines.statistics import logrank_test, multivariate_logrank_test

REFERENCE = Path(__file__).parents[1] / "reference" / "survival.json"


def main():
    rossi, waltons = load_rossi(), load_waltons()
    numbers = ["fin", "age", "race", "wexp", "mar", "paro", "prio"]
    fitted = lifelines.CoxPHFitter().fit(rossi, "week", "arrest")
    curve = lifelines.KaplanMeierFitter().fit(waltons["T"], waltons["E"])
    between = lifelines.utils.median_survival_times(curve.confidence_interval_)
    one = waltons["group"] == "miR-137"
    test = logrank_test(waltons["T"][one], waltons["T"][~one], waltons["E"][one], waltons["E"][~one])
    several = multivariate_logrank_test(rossi["week"], rossi["prio"].clip(upper=3), rossi["arrest"])
    grouped = rossi.groupby(["week", "arrest", *numbers]).size().reset_index()
    found = {
        "said_by": f"lifelines {lifelines.__version__}",
        "rossi": {
            "numbers": numbers,
            "rows": grouped.values.tolist(),  # week, arrest, the numbers, how many
            "weights": fitted.params_.tolist(),
            "errors": fitted.standard_errors_.tolist(),
            "likelihood": fitted.log_likelihood_,
            "concordance": fitted.concordance_index_,
            "log_rank_prio": several.p_value,
        },
        "waltons": {
            "rows": waltons.groupby(["T", "E", one]).size().reset_index().astype(int).values.tolist(),
            "median": curve.median_survival_time_,
            "median_between": between.values[0].tolist(),
            "curve": [
                [float(time), float(curve.predict(time)), *map(float, curve.confidence_interval_.loc[time])]
                for time in (10.0, 33.0, 50.0, 60.0, 68.0)
                if time in curve.confidence_interval_.index
            ],
            "share_50": float(curve.predict(50)),
            "log_rank": test.p_value,
        },
    }
    REFERENCE.write_text(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
