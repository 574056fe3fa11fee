"""How likely it is that a Latin and an Arabic spelling are one name.

A piece pairs up to three Latin letters with up to two Arabic ones (sh–ش, x–كس, a with nothing) and has a probability. How probable two
spellings are as one name is the sum over all ways to cut both into pieces; how probable each is alone, the same over one side.
Pieces are learned from pairs of spellings by expectation–maximisation (Ristad and Yianilos, "Learning String-Edit
Distance", IEEE PAMI 20, 1998; pieces of several letters after Bisani and Ney, Speech Communication 50, 2008).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from masarat.errors import BadParameter

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Texts = NDArray[np.str_]
Piece = tuple[str, str]

# The first letter of each alphabet stands for all that are in none.
LATIN = "?abcdefghijklmnopqrstuvwxyz"
ARABIC = "?ءابتةثجحخدذرزسشصضطظعغفقكلمنهوي"
SHAPES = ((1, 1), (2, 1), (3, 1), (1, 2), (2, 2), (1, 0), (2, 0), (0, 1))  # letters of a piece: Latin, Arabic
HIGHEST = 0x6FF  # the last character that is looked at: the end of the Arabic block
TOGETHER = 4096
LEAST_BITS = -300.0


class Spellings:
    """Words of one script as numbers: `runs[k][word, end]` is the number of the k letters before `end`."""

    def __init__(self, words: Texts, letters: str, longest: int) -> None:
        numbers = np.zeros(HIGHEST + 1, dtype=np.int64)
        numbers[[ord(letter) for letter in letters]] = np.arange(len(letters))
        points = words.view(np.uint32).reshape(len(words), words.itemsize // 4)
        self.lengths: Whole = (points > 0).sum(axis=1)
        runs = np.zeros((len(words), int(self.lengths.max(initial=0)) + 1), dtype=np.int64)
        runs[:, 1:] = numbers[np.minimum(points, HIGHEST)][:, : runs.shape[1] - 1]
        self.runs = [np.zeros_like(runs), runs]
        for _ in range(longest - 1):
            self.runs.append(np.roll(self.runs[-1], 1, axis=1) * len(letters) + runs)


@dataclass(frozen=True)
class Transliteration:
    """Pieces and their probabilities: one table for each shape, a row for each run of Latin letters."""

    tables: Mapping[tuple[int, int], Floats]

    @classmethod
    def of(cls, pieces: Mapping[Piece, float]) -> Transliteration:
        tables = _empty()
        for (latin, arabic), probability in pieces.items():
            tables[len(latin), len(arabic)][_number(latin, LATIN), _number(arabic, ARABIC)] = probability
        return cls(tables)

    @classmethod
    def learn(
        cls, latin: Sequence[str], arabic: Sequence[str], rounds: int = 8, least: float = 3.0
    ) -> Transliteration:
        """From pairs of spellings. From the third round on, pieces seen fewer than `least` times are let go."""
        tables = _empty()
        model = cls({shape: np.full_like(table, 1 / table.size) for shape, table in tables.items()})
        for turn in range(rounds):
            counts = model._expected(latin, arabic)
            kept = {
                shape: np.where(count < least, 0.0, count) if turn > 1 else count
                for shape, count in counts.items()
            }
            everything = sum(float(count.sum()) for count in kept.values())
            if not everything:
                raise BadParameter(
                    "These are too few spellings to learn letters from.", "Give some thousands of pairs."
                )
            model = cls({shape: count / everything for shape, count in kept.items()})
        return model

    @property
    def pieces(self) -> dict[Piece, float]:
        """Every piece with its probability, the most probable first."""
        found = {
            (_letters(row, a, LATIN), _letters(column, b, ARABIC)): float(table[row, column])
            for (a, b), table in self.tables.items()
            for row, column in zip(*np.nonzero(table), strict=True)
        }
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    def together(self, latin: Sequence[str], arabic: Sequence[str]) -> Floats:
        """log₂ of the probability of each pair as one name."""
        bits = np.full(len(latin), LEAST_BITS)
        for rows, left, right in _batches(latin, arabic):
            sums, _ = self._forward(left, right)
            bits[rows] = _log(sums[left.lengths, right.lengths, np.arange(len(rows))])
        return bits

    def alone(self, words: Sequence[str], *, arabic: bool) -> Floats:
        """log₂ of the probability of each word, whatever the other side."""
        texts = np.array(words, dtype=np.str_)
        side = Spellings(texts, ARABIC, 2) if arabic else Spellings(texts, LATIN, 3)
        tables, silent = self._sides[arabic]
        sums = np.zeros((side.runs[1].shape[1], len(words)))
        sums[0] = 1 / (1 - silent)
        for end in range(1, len(sums)):
            for length, table in tables.items():
                if length <= end:
                    sums[end] += sums[end - length] * table[side.runs[length][:, end]] / (1 - silent)
        return _log(sums[side.lengths, np.arange(len(words))])

    def closeness(self, latin: Sequence[str], arabic: Sequence[str]) -> Floats:
        """Normalised pointwise mutual information: 1 where each spelling calls for the other, 0 where they meet by chance."""
        pair = self.together(latin, arabic)
        alone = self.alone(latin, arabic=False) + self.alone(arabic, arabic=True)
        return np.clip(np.where(pair > LEAST_BITS, (alone - pair) / np.minimum(pair, -1), 0.0), 0.0, 1.0)

    @cached_property
    def _sides(self) -> tuple[tuple[dict[int, Floats], float], tuple[dict[int, Floats], float]]:
        """For each script: the probability of each run of its letters by length, and of pieces that leave it silent."""
        return self._side(0), self._side(1)

    def _side(self, side: int) -> tuple[dict[int, Floats], float]:
        tables: dict[int, Floats] = {}
        for shape, table in self.tables.items():
            runs = table.sum(axis=1 - side)
            tables[shape[side]] = tables.get(shape[side], np.zeros_like(runs)) + runs
        return tables, float(tables.pop(0).sum())

    def _forward(self, left: Spellings, right: Spellings) -> tuple[Floats, dict[tuple[int, int], Floats]]:
        """`sums[i, j, pair]`: the probability of the first i and j letters; and of each shape of piece that ends there."""
        ends = {
            (a, b): self.tables[a, b][left.runs[a].T[:, None, :], right.runs[b].T[None, :, :]]
            for a, b in SHAPES
        }
        sums = np.zeros(ends[1, 1].shape)
        sums[0, 0] = 1
        for i, j in np.ndindex(sums.shape[:2]):
            for (a, b), ending in ends.items():
                if a <= i and b <= j:
                    sums[i, j] += sums[i - a, j - b] * ending[i, j]
        return sums, ends

    def _expected(self, latin: Sequence[str], arabic: Sequence[str]) -> dict[tuple[int, int], Floats]:
        """How often each piece is expected in the pairs (the forward–backward sums)."""
        counts = _empty()
        for rows, left, right in _batches(latin, arabic):
            before, ends = self._forward(left, right)
            after = _backward(before, ends, left, right, np.arange(len(rows)))
            height, width = before.shape[:2]
            for (a, b), ending in ends.items():
                likely = before[: height - a, : width - b] * ending[a:, b:] * after[a:, b:]
                cells = left.runs[a].T[a:, None, :] * len(ARABIC) ** b + right.runs[b].T[None, b:, :]
                table = counts[a, b]
                table += np.bincount(cells.ravel(), likely.ravel(), table.size).reshape(table.shape)
        return counts


def _backward(
    before: Floats, ends: Mapping[tuple[int, int], Floats], left: Spellings, right: Spellings, pairs: Whole
) -> Floats:
    """What follows each place, as a share of the whole pair."""
    whole = before[left.lengths, right.lengths, pairs]
    after = np.zeros_like(before)
    after[left.lengths, right.lengths, pairs] = np.divide(1, whole, out=np.zeros_like(whole), where=whole > 0)
    height, width = before.shape[:2]
    for i, j in reversed(list(np.ndindex(height, width))):
        for (a, b), ending in ends.items():
            if i + a < height and j + b < width:
                after[i, j] += after[i + a, j + b] * ending[i + a, j + b]
    return after


def _empty() -> dict[tuple[int, int], Floats]:
    return {(a, b): np.zeros((len(LATIN) ** a, len(ARABIC) ** b)) for a, b in SHAPES}


def _batches(latin: Sequence[str], arabic: Sequence[str]) -> Iterator[tuple[Whole, Spellings, Spellings]]:
    """Pairs of about the same lengths together."""
    left, right = np.array(latin, dtype=np.str_), np.array(arabic, dtype=np.str_)
    order = np.lexsort((np.char.str_len(right), np.char.str_len(left)))
    for start in range(0, len(order), TOGETHER):
        rows = order[start : start + TOGETHER]
        yield rows, Spellings(left[rows], LATIN, 3), Spellings(right[rows], ARABIC, 2)


def _log(probability: Floats) -> Floats:
    return np.maximum(np.log2(np.maximum(probability, 1e-320)), LEAST_BITS)


def _number(letters: str, alphabet: str) -> int:
    number = 0
    for letter in letters:
        number = number * len(alphabet) + alphabet.index(letter)
    return number


def _letters(number: int, length: int, alphabet: str) -> str:
    letters = ""
    for _ in range(length):
        number, last = divmod(number, len(alphabet))
        letters = alphabet[last] + letters
    return letters
