"""Names across scripts: of the held-out half of the Latin–Arabic pairs, how often is the true partner the best candidate?

    python -m bench.names [--sample 3000]     top 1 and top 5 of all Arabic forms; precision where merging takes two names for one
    python -m bench.names --learn             learn masarat/words/letters.tsv anew from the training half

The halves are told apart by a checksum of the Latin form; what is learned and the measure of closeness were
chosen on the training half (only an early trial of start and end marks, not taken up, was looked at on 600 held-out names). Google's pairs are
learned from as well, less those whose Latin form is in the held-out half. Candidates of a name are all Arabic forms whose consonants
differ by one at most; a name whose partner is not among them counts as missed.
"""

from __future__ import annotations

import argparse
import time
import zlib
from collections import defaultdict
from pathlib import Path

import numpy as np
import polars as pl

from masarat.models.candidates import ALOUD, reading
from masarat.models.transliteration import Transliteration
from masarat.words import letters
from masarat.words.names import plain, skeleton

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "arabic_names"
ONLY_ARABIC = set("عحقصضطظذخثء")
TOGETHER = 50  # names that are compared at once
EMPHASIS = 3  # how often a pair counts that shows letters which only Arabic names bring
THRESHOLDS = (0.25, 0.4, 0.5, 0.6)


def halves() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Pairs of spellings for learning, and those held out."""
    given = pl.read_csv(DATA / "wikidata_en_ar.csv.gz", columns=["english", "arabic"])
    assert len(given) == 64_973
    sides: tuple[list[tuple[str, str]], list[tuple[str, str]]] = ([], [])
    for latin, arabic in given.iter_rows():
        sides[zlib.crc32(latin.encode()) % 2].append((bare(latin), bare(arabic)))
    return sides


def bare(name: str) -> str:
    return plain(name).replace(" ", "")


def learn() -> Transliteration:
    training, held_out = halves()
    known = {latin for latin, _ in held_out}
    lines = (DATA / "ar2en.txt").read_text("utf-8").splitlines()
    google = [(bare(latin), bare(arabic)) for arabic, latin in (line.split("\t") for line in lines)]
    pairs = [
        pair for pair in training + [pair for pair in google if pair[0] not in known] if pair[0].isascii()
    ]
    pairs = [pair for pair in pairs if all(pair)]
    pairs += [pair for pair in pairs if set(pair[1]) & ONLY_ARABIC] * (EMPHASIS - 1)
    return Transliteration.learn(*zip(*pairs, strict=True))


def near(sounds: str) -> set[str]:
    """Keys that two skeletons share if they differ by one sound at most."""
    return {sounds} | {sounds[:place] + sounds[place + 1 :] for place in range(len(sounds))}


class Pool:
    """All Arabic forms, by keys of their consonants."""

    def __init__(self, forms: set[str]) -> None:
        self.by_key: dict[str, list[str]] = defaultdict(list)
        for form in sorted(forms):
            for key in near(skeleton(form)):
                self.by_key[key].append(form)

    def candidates(self, latin: str) -> list[str]:
        return sorted({form for key in near(skeleton(latin)) for form in self.by_key.get(key, ())})


def measure(sample: int) -> dict[str, float]:
    """Shares of the sample, or of all where these are fewer: top 1, top 5; and at each threshold precision and share answered."""
    training, held_out = halves()
    pool = Pool({arabic for _, arabic in training + held_out if arabic})
    chosen = sorted(held_out, key=lambda pair: zlib.crc32(pair[0].encode() + b"sample"))[:sample]
    model, found = Transliteration.of(letters.letters()), []
    for start in range(0, len(chosen), TOGETHER):
        some = chosen[start : start + TOGETHER]
        forms = [pool.candidates(latin) if latin else [] for latin, _ in some]
        queries = [latin for (latin, _), each in zip(some, forms, strict=True) for _ in each]
        close = model.closeness(queries, [form for each in forms for form in each])
        ends = np.cumsum([len(each) for each in forms])[:-1]
        for (latin, true), each, its in zip(some, forms, np.split(close, ends), strict=True):
            best = [each[place] for place in np.argsort(-its, kind="stable")[:5]]
            one = bool(best) and reading([latin], best[:1])[0] >= ALOUD
            found.append((its.max(initial=0.0), best[:1] == [true], true in best, one))
    scores, first, five, one_name = (np.array(column, dtype=float) for column in zip(*found, strict=True))
    result = {"names": len(found), "top 1": first.mean(), "top 5": five.mean()}
    taken = {"as merging does": one_name > 0, **{f"at {least}": scores >= least for least in THRESHOLDS}}
    for how, told in taken.items():
        result[f"precision {how}"], result[f"answered {how}"] = first[told].mean(), told.mean()
        result[f"recall {how}"] = (first * told).mean()
    return result


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--sample", type=int, default=3000)
    given.add_argument("--learn", action="store_true")
    asked = given.parse_args()
    if asked.learn:
        letters.write(learn().pieces)
    started = time.perf_counter()
    for name, share in measure(asked.sample).items():
        print(f"{name:28}{share:8.3f}" if name != "names" else f"{share:,} names")
    print(f"in {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
