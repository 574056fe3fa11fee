import csv
import io
from datetime import date

import numpy as np

from masarat.analyse.answer import AnswerColumn
from masarat.analyse.revenue import Revenue
from masarat.show.tables import cell, disarmed, heading, to_csv
from tests.support.shop import answer, order, write


def test_csv_is_plain_and_marked_as_utf8(store):
    write(store, [order("a", "2025-01-05", 1234.5), order("b", "2025-03-05", 100)])
    text = to_csv(answer(store, Revenue()))
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    assert rows[0][:3] == ["Period", "Net revenue", "Gross revenue"]
    assert rows[1] == ["2025-01-01", "1234.5", "1234.5", "0", "1", "1", "1234.5"]
    assert rows[2][-1] == ""  # no orders in February: no average
    assert [row[0] for row in rows[1:]] == ["2025-01-01", "2025-02-01", "2025-03-01"]


def test_texts_that_a_spreadsheet_would_run_are_disarmed(store):
    for start in ("=", "+", "-", "@", "\t", "\r"):
        assert disarmed(f"{start}1") == f"'{start}1"
    assert disarmed("قهوة = لذيذة") == "قهوة = لذيذة"
    write(store, [order("a", "2025-01-05", 1, channel="=cmd|' /C calc'!A0"), order("a", "2025-01-06", -0.0)])
    text = to_csv(answer(store, Revenue(breakdown="channel")))
    assert "'=cmd" in text
    assert ",=cmd" not in text


def test_cells_in_words(store):
    write(store, [order("a", "2025-01-05", 1234.5)])
    english, arabic = (answer(store, Revenue(language=language)) for language in ("en", "ar"))
    start, net = english.columns[0], english.columns[1]
    assert heading(english, net) == "Net revenue (SAR)"
    assert heading(arabic, arabic.columns[1]) == "صافي الإيرادات (ر.س)"
    assert cell(english, net, 1234.5) == "1,234.50"
    assert cell(arabic, net, 1234.5) == "\u20661,234.50\u2069"
    assert cell(english, start, date(2025, 1, 1)) == "January 2025"
    assert cell(english, net, np.float64(1234.5)) == "1,234.50"  # what is compared with [] as an array
    assert cell(english, AnswerColumn(name="x", kind="list", title=""), []) == "—"
