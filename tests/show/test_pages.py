"""Pages for people: both languages, everything in the URL, strangers' text only ever text, nothing from elsewhere."""

import re

import pytest

from masarat.analyse import ANALYSES
from masarat.analyse.funnel import Funnel
from masarat.analyse.revenue import Revenue
from masarat.show.fields import from_texts, inputs, to_text
from masarat.show.http.form import choice_words, controls
from masarat.show.http.render import page_words
from masarat.words import speaker
from tests.support.inside import inside
from tests.support.served import EVENTS, HOSTILE
from tests.support.shop import write

PASSWORD = "three small words"


@pytest.fixture(scope="module")
def reader(engine, tmp_path_factory):
    """Somebody signed in, as an owner."""
    store = engine.store()
    write(store, EVENTS)
    with inside(store, tmp_path_factory.mktemp("pages")) as server:
        server.accounts.add("noura@example.com", "owner", PASSWORD, name="<b>نورة</b>")
        with server.client() as client:
            client.post("/signin", data={"email": "noura@example.com", "password": PASSWORD})
            yield client


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("kind", ANALYSES, ids=lambda kind: kind.name)
def test_every_question_has_its_page(kind, language, reader):
    page = reader.get(f"/ask/{kind.name}", params={"lang": language})
    assert page.status_code == 200
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page.text
    says = speaker(kind.words, language)
    assert f"<h1>{says.say('title')}</h1>" in page.text
    assert 'class="sentence large"' in page.text
    for name in kind.model_fields:
        shown = name not in ("language", "currency") and (name != "breakdown" or kind.breaks_down)
        assert (f'name="{name}"' in page.text) == shown, name


def test_the_control_bar_keeps_what_was_asked(reader):
    page = reader.get("/ask/revenue?by=week&period=2025-03&segment=channel%3Demail&lang=en").text
    assert '<option value="week" selected>week</option>' in page
    assert '<option value="2025-03" selected>2025 03</option>' in page or ">2025-03</option>" in page
    assert 'value="channel=email"' in page
    assert (
        "/v1/ask/revenue.csv?by=week&amp;period=2025-03&amp;segment=channel%3Demail&amp;language=en" in page
    )


def test_two_dates_become_a_period_in_the_url(reader):
    moved = reader.get("/ask/revenue?period=all&by=week&from=2025-01-01&to=2025-01-31")
    assert moved.headers["location"] == "/ask/revenue?period=2025-01-01..2025-01-31&by=week"
    assert "from 2 orders" in reader.get(moved.headers["location"] + "&lang=en").text


def test_a_mistake_is_said_on_the_page_with_the_form_at_hand(reader):
    page = reader.get("/ask/revenue?period=sometime&lang=en")
    assert page.status_code == 422
    assert "&#39;sometime&#39; is not a period." in page.text
    assert 'class="controls"' in page.text
    lost = reader.get("/ask/revenu")
    assert lost.status_code == 404
    assert "Did you mean &#39;revenue&#39;?" in lost.text


def test_home_shows_sentences_numbers_and_pictures(reader):
    page = reader.get("/?lang=en").text
    assert "Net revenue was SAR 790" in page
    assert page.count("<svg") > 3
    assert "14 Jumada" in page or re.search(r"\d+ [\w' -]+ 14\d\d", page), "today in the Hijri calendar"
    assert "&lt;b&gt;نورة&lt;/b&gt;" in page


def test_an_empty_shop_is_told_how_to_begin(engine, tmp_path):
    with inside(engine.store(), tmp_path) as server, server.client() as client:
        server.accounts.add("noura@example.com", "owner", PASSWORD)
        client.post("/signin", data={"email": "noura@example.com", "password": PASSWORD})
        assert "one file away" in client.get("/?lang=en").text
        assert "no data yet" in client.get("/ask/revenue?lang=en").text


@pytest.mark.parametrize(
    "path", ["/", "/ask/top_customers", "/ask/products", "/ask/revenue?segment=<script>alert(1)"]
)
def test_text_of_strangers_never_becomes_markup(reader, path):
    page = reader.get(path).text
    assert "<script" not in page
    if "products" in path or "customers" in path:
        assert "&lt;script&gt;alert(" in page, "it is there, as text"
    assert HOSTILE[-4:] not in page, "marks that turn text around are taken off"


@pytest.mark.parametrize(
    "path", ["/", "/live", "/questions", "/ask/revenue", "/sources", "/docs", "/signin", "/nothing"]
)
def test_nothing_comes_from_elsewhere(reader, path):
    page = reader.get(path).text
    for address in re.findall(r'(?:src|href|action)="([^"]*)"', page):
        assert address.startswith(("/", "?", "#")), address
    assert " style=" not in page, "the policy allows no inline style"
    assert not re.search(r"\son\w+=", page.replace("&lt;", ""))


def test_the_language_is_remembered(reader):
    reader.get("/questions?lang=ar")
    assert '<html lang="ar"' in reader.get("/questions").text
    reader.get("/questions?lang=en")
    assert '<html lang="en"' in reader.get("/questions").text
    assert '<html lang="en"' in reader.get("/questions?lang=xx").text


def test_strangers_get_their_browsers_language(engine, tmp_path):
    with (
        inside(engine.store(), tmp_path) as server,
        server.client(**{"Accept-Language": "ar-SA,en;q=0.5"}) as client,
    ):
        assert "تسجيل الدخول" in client.get("/signin").text


def test_every_word_of_the_templates_is_known():
    from masarat.show.http.drawn import app_words
    from masarat.show.http.render import HERE

    for template in HERE.glob("*.html"):
        words = app_words() if template.name == "drawn.html" else page_words()
        for key in re.findall(r'say\("([\w-]+)"[,)]', template.read_text("utf-8")):
            for language in ("ar", "en"):
                assert speaker(words, language).knows(key), f"{template.name}: {key} in {language}"


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("kind", ANALYSES, ids=lambda kind: kind.name)
def test_every_choice_is_in_words(kind, language):
    own, page = speaker(kind.words, language), speaker(page_words(), language)
    for item in inputs(kind):
        for choice in item.choices if item.name != "language" else ():
            said = choice_words(item.name, choice, own, page)
            raw = said == choice.replace("_", " ")
            keys = (f"{item.name}-{choice}", f"choice-{item.name}-{choice}", f"choice-{choice}")
            known = any(
                speak.knows(key) for key in keys for speak in (own, page)
            )  # an English word may be the choice itself
            assert not raw or known, (
                f"{kind.name}: {item.name}={choice} has no word: add choice-{choice} to pages.ftl"
            )


def test_inputs_are_made_from_the_parameters():
    by = next(item for item in inputs(Revenue) if item.name == "by")
    assert (by.type, by.choices, by.default) == ("choice", ("day", "week", "month"), "month")
    assert inputs(Revenue)[0].name == "by", "a question's own come first"
    assert from_texts(Revenue, {"by": "week", "segment": " "}) == {"by": "week"}


def test_a_step_with_commas_stands_on_its_line():
    cup = "Product Viewed where product=كوب، كبير, أزرق"
    for steps in (["A", "B"], [cup, "Order Completed"], [cup]):
        assert from_texts(Funnel, {"steps": to_text(steps), "optional": "2,3"}) == {
            "steps": steps,
            "optional": ["2", "3"],
        }
    assert from_texts(Funnel, {"steps": f"{cup}\r\n\r\nOrder Completed\r\n"})["steps"] == [
        cup,
        "Order Completed",
    ]
    page, own = speaker(page_words(), "en"), speaker(Funnel.words, "en")
    fields = {each.input.name: each for each in controls(Funnel, {"steps": "A,B"}, own, page)}
    assert (fields["steps"].type, fields["steps"].value) == ("lines", "A\nB")
    assert fields["optional"].type == "text"
    assert dict(fields["credit"].options)["3"] == "that of step 3"
