import numpy as np
import pytest

from bench.names import measure
from masarat.errors import BadParameter
from masarat.models.candidates import transliteration
from masarat.models.transliteration import LEAST_BITS, Transliteration
from masarat.words.letters import letters

# Two pieces of equal probability pair letters, and one leaves the Latin side alone.
TINY = Transliteration.of({("b", "ب"): 0.4, ("t", "ت"): 0.4, ("a", ""): 0.2})

LATIN = ["bat", "tab", "baba", "tat", "sab", "bas", "tas", "sat"] * 5
ARABIC = ["بت", "تب", "بب", "تت", "سب", "بس", "تس", "ست"] * 5


def test_a_sum_over_all_ways_by_hand():
    """bat is b-ب, a-nothing, t-ت: .4 · .2 · .4; nothing else."""
    together = TINY.together(["bat", "bt", "bat"], ["بت", "بت", "تب"])
    assert together[0] == pytest.approx(np.log2(0.4 * 0.2 * 0.4))
    assert together[1] == pytest.approx(np.log2(0.4 * 0.4))
    assert together[2] == LEAST_BITS


def test_two_ways_to_cut_a_pair_add_up():
    both = Transliteration.of({("s", "س"): 0.3, ("h", ""): 0.1, ("sh", "س"): 0.6})
    assert both.together(["sh"], ["س"])[0] == pytest.approx(np.log2(0.6 + 0.3 * 0.1))


def test_one_side_alone_sums_over_the_other():
    """بت alone: any number of silent a's before, between and after, .2 each: (1 / .8)³ · .4²."""
    assert TINY.alone(["بت"], arabic=True)[0] == pytest.approx(np.log2(0.4 * 0.4 / 0.8**3))
    assert TINY.alone(["bat"], arabic=False)[0] == pytest.approx(np.log2(0.4 * 0.2 * 0.4))


def test_closeness_is_between_chance_and_certainty():
    close = TINY.closeness(["bat", "bat"], ["بت", "تب"])
    assert 0 < close[0] <= 1
    assert close[1] == 0
    assert TINY.closeness([], []).tolist() == []


def test_unknown_letters_and_empty_words_do_no_harm():
    assert TINY.closeness(["x", "", "bat"], ["بت", "بت", ""]).tolist() == [0, 0, 0]
    assert TINY.together(["b\U0001f600"], ["ب"])[0] == LEAST_BITS


def test_learning_finds_the_letters():
    """From whole words alone: which letter writes which, and that a is not written."""
    learned = Transliteration.learn(LATIN, ARABIC)
    right = learned.together(["bast"], ["بست"])[0]
    assert right > LEAST_BITS
    assert right > learned.together(["bast"], ["تسب"])[0] + 5
    assert sum(learned.pieces.values()) == pytest.approx(1)


def test_a_learned_table_can_be_kept():
    learned = Transliteration.learn(LATIN, ARABIC)
    again = Transliteration.of(learned.pieces)
    assert again.together(["bat"], ["بت"])[0] == pytest.approx(learned.together(["bat"], ["بت"])[0])


def test_too_few_spellings_are_said():
    with pytest.raises(BadParameter, match="too few"):
        Transliteration.learn(["bat"], ["بت"])


def test_the_table_that_comes_with_us_is_small_and_whole():
    table = letters()
    assert 500 < len(table) < 2000
    assert sum(table.values()) == pytest.approx(1)
    assert max(len(latin) + len(arabic) for latin, arabic in table) <= 4


@pytest.mark.parametrize(
    ("latin", "right", "wrong"),
    [
        ("khalid", "خالد", "خليل"),
        ("hussain", "حسين", "حسن"),
        ("saeed", "سعيد", "سعد"),
        ("ghamdi", "غامدي", "حمدي"),
        ("thamer", "ثامر", "تمر"),
        ("yousef", "يوسف", "يونس"),
    ],
)
def test_the_right_name_is_the_likelier(latin, right, wrong):
    close = transliteration().closeness([latin, latin], [right, wrong])
    assert close[0] > close[1]


@pytest.mark.shared
def test_held_out_names(shared_data):
    """A sample of the half that nothing was learned from, against all 50,000 Arabic forms; docs/matching.md has the full measure."""
    measured = measure(150)
    assert measured["top 1"] >= 0.68
    assert measured["top 5"] >= 0.84
    assert measured["precision as merging does"] >= 0.72
