"""What lifetimes 0.11.3 says of the two hundred populations: `python tests/oracles/lifetimes.py`, into tests/reference/lifetimes.json.

BG/NBD for all of them: parameters, or that it did not converge. Run it with a Python that has lifetimes, from the root.
"""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[2])


def main() -> None:
    from lifetimes import BetaGeoFitter, __version__

    from tests.oracles.populations import COUNT, population

    warnings.simplefilter("ignore")
    told = []
    for number in range(COUNT):
        x, tx, age = population(number)
        model = BetaGeoFitter()
        try:
            model.fit(x, tx, age)
        except Exception as error:
            told.append([type(error).__name__])
            continue
        told.append([float(f"{model.params_[name]:.7g}") for name in ("r", "alpha", "a", "b")])
    Path("tests/reference/lifetimes.json").write_text(
        json.dumps({"library": f"lifetimes {__version__}", "bgnbd": told}, separators=(",", ":")).replace(
            "],[", "],\n["
        )
        + "\n"
    )


main()
