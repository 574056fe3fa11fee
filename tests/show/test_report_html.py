import json
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner

from masarat.errors import BadParameter
from masarat.show.cli import main
from masarat.show.commands.report import save
from masarat.show.reports import html
from masarat.show.reports import json as json_report
from masarat.show.reports.build import REPORT
from tests.support.reports import HOSTILE, small_report

VOID = {"meta", "circle", "path", "line", "rect", "link", "br"}


class Reader(HTMLParser):
    """Tags, texts and attributes; fails where a tag is closed that was not opened."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.open, self.texts, self.attributes = [], [], [], []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


@pytest.fixture(scope="module")
def written(engine):
    return {language: html.write(small_report(engine, language)).decode() for language in ("ar", "en")}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_one_file_that_fetches_and_runs_nothing(written, language):
    page = Reader(written[language])
    assert "script" not in page.tags
    links = [value for name, value in page.attributes if name in ("src", "href", "action")]
    assert all(link.startswith("#") for link in links)
    assert not re.search(r"url\((?!data:)", written[language])
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "style"]


def test_language_and_direction(written):
    assert '<html lang="ar" dir="rtl">' in written["ar"]
    assert '<html lang="en" dir="ltr">' in written["en"]


def test_every_question_has_its_sentence(written, engine):
    for language, page in written.items():
        assert page.count("<article") == len(REPORT)
        texts = "".join(Reader(page).texts).replace("\u00a0", " ")
        for answer in small_report(engine, language).answers:
            assert answer.sentence in texts


def test_somebodys_text_is_shown_not_run(written):
    for page in written.values():
        assert "<script>alert" not in page
        assert HOSTILE in [text.strip("\u2068\u2069") for text in Reader(page).texts]


def test_the_file_is_light(written):
    """Two weights of the typeface are 200 kB of it, and an answer 8 kB, its definitions included."""
    most = 200_000 + 8_000 * len(REPORT)
    assert all(200_000 < len(page.encode()) < most for page in written.values())


def test_json_holds_the_answers(engine):
    found = json.loads(json_report.write(small_report(engine, "ar")))
    assert [answer["analysis"] for answer in found["answers"]] == [each.name for each in REPORT]
    assert found["until"] == "2025-03-11"


LOAD = """
import sys
from pathlib import Path
from masarat.settings import Settings
from masarat.show.cli import main
from masarat.store import Store
from tests.support.shop import order, write

store = Store(Settings(data=Path(sys.argv[1])))
write(store, [order("a", "2025-01-05", 100), order("b", "2025-02-05", 50)])
store.close()
main(["--data", sys.argv[1], "report", *sys.argv[2:]])
"""


def test_the_command_writes_what_the_files_ending_says(tmp_path):
    file = tmp_path / "report.html"
    words = [str(tmp_path), "--lang", "ar", "--question", "revenue", "--period", "2025-02", "-o", str(file)]
    done = subprocess.run([sys.executable, "-c", LOAD, *words], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    page = file.read_text("utf-8")
    assert "بلغ صافي الإيرادات" in page
    assert "50.00" in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "report.docx"], "End it with .pdf, .xlsx, .html, .json"),
        (["-o", "report.pdf", "--lang", "fr"], "'fr' is not one of 'ar', 'en'"),
        ([], "Missing option '-o'"),
    ],
)
def test_the_command_says_what_it_cannot_do(words, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["report", *words])
    assert done.exit_code != 0
    assert said in " ".join(done.output.split())
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_said_so(tmp_path):
    with pytest.raises(BadParameter, match="cannot be written"):
        save(tmp_path / "no such place" / "report.pdf", b"")
