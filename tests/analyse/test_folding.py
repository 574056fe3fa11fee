import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masarat.analyse.folding import folded
from masarat.words.folding import fold

ARABIC_AND_LATIN = st.text(
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآٱىةؤئءکیگـًٌٍَُِّْٰ٠١٢٣٤٥٦٧٨٩۰۱۲۳ aBcDéÉ0123456789@.-_\t\u200f\u2066\u2069'\"\\ﻻ",
    max_size=30,
)


@pytest.fixture(scope="module")
def empty(engine):
    return engine.store()


@settings(max_examples=100)
@given(texts=st.lists(ARABIC_AND_LATIN, min_size=1, max_size=20))
def test_the_engine_folds_as_python_does(empty, texts):
    rows = empty.select(
        f"SELECT {folded('text')} AS key FROM (SELECT arrayJoin({{texts:Array(String)}}) AS text)",
        {"texts": texts},
    )
    assert [row["key"] for row in rows] == [fold(text) for text in texts]
