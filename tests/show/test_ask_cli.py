"""masarat ask: one command a question, made from its parameters."""

import json

import pytest
from click.testing import CliRunner

from masarat.analyse import ANALYSES
from masarat.errors import BadParameter, UnknownName
from masarat.shop import Shop
from masarat.show.cli import main
from masarat.show.commands import ask
from tests.support.shop import order, write


@pytest.fixture
def shop(store):
    write(store, [order("a", "2025-01-05", 100), order("[red]=1+1", "2025-02-20", 50)])
    shop = Shop(store.settings)
    shop.__dict__["store"] = store
    return shop


def run(shop, *words):
    return CliRunner().invoke(ask.command, words, obj=shop, catch_exceptions=False)


def test_alone_it_lists_every_question(shop):
    listed = run(shop).output
    assert [line.split()[0] for line in listed.splitlines()] == [kind.name for kind in ANALYSES]
    assert "How much was sold" in listed


@pytest.mark.parametrize("kind", ANALYSES, ids=lambda kind: kind.name)
def test_help_is_the_manual_and_names_every_parameter(kind, shop):
    said = run(shop, kind.name, "--help").output
    assert " ".join(kind.__doc__.split()[:5]) in " ".join(said.split())
    for name in kind.model_fields:
        assert f"--{name.replace('_', '-')}" in said


def test_json_is_the_answer(shop):
    found = json.loads(run(shop, "revenue", "--period", "2025-01", "--json").output)
    assert {"analysis", "parameters", "sentence", "columns", "rows", "view", "notes"} <= found.keys()
    assert found == shop.ask("revenue", period="2025-01").model_dump(mode="json")


def test_csv_is_for_spreadsheets(shop):
    raw = run(shop, "revenue", "--csv").stdout_bytes
    assert raw.startswith(b"\xef\xbb\xbfPeriod,Net revenue")
    assert raw.splitlines()[1].startswith(b"2025-01-01,100,")


def test_explain_prints_steps_and_values_without_running(shop):
    said = run(shop, "revenue", "--segment", "channel=email", "--explain").output
    assert said.index("-- sales\n") < said.index("-- by_time\n") < said.index("-- values")
    assert '--   segment_0 = ["email"]' in said


def test_people_see_the_sentence_the_numbers_and_the_rows(shop):
    said = run(shop, "revenue").output
    assert "Net revenue was SAR 150 from 2 orders" in said
    assert "January 2025" in said
    assert "Only 2 orders" in said


def test_arabic_stands_from_right_to_left(shop):
    said = run(shop, "revenue", "--lang", "ar").output
    head = next(line for line in said.splitlines() if "الفترة" in line and "الطلبات" in line)
    assert head.rstrip().endswith("الفترة"), "the first column stands at the right"
    assert not any(mark in said for mark in "\u2066\u2067\u2068\u2069")


def test_text_of_strangers_is_only_text(shop):
    said = run(shop, "top_customers").output
    assert "[red]=1+1" in said


def test_wrong_names_are_met_with_the_nearest(shop, tmp_path):
    with pytest.raises(UnknownName, match="Did you mean 'revenue'"):
        run(shop, "revenu")
    option = run(shop, "revenue", "--perod", "2025")
    assert option.exit_code == 2
    assert "--period" in option.output
    said = CliRunner().invoke(main, ["--data", str(tmp_path), "ask", "revenu"])
    assert said.exit_code == 1
    assert "Did you mean 'revenue'?" in said.output


def test_a_wrong_value_says_what_is_expected(shop):
    with pytest.raises(BadParameter, match="Choose one of: day, week, month"):
        run(shop, "revenue", "--by", "hour")


def test_users_and_keys(tmp_path):
    def masarat(*words, given=""):
        return CliRunner().invoke(main, ["--data", str(tmp_path), *words], input=given)

    secret = "three small words"
    added = masarat(
        "user", "add", "noura@example.com", "--role", "owner", "--password-stdin", given=secret + "\n"
    )
    assert added.output == "noura@example.com may sign in as owner.\n"
    assert "already" in masarat("user", "add", "noura@example.com", "--password-stdin", given=secret).output
    assert "Did you mean 'owner'?" in masarat("user", "add", "a@b.sa", "--role", "onwer").output
    assert "only owner" in masarat("user", "disable", "noura@example.com").output
    assert masarat("user", "list").output.split()[:2] == ["noura@example.com", "owner"]
    key = masarat("key", "add", "till", "--role", "viewer").stdout.strip()
    listed = masarat("key", "list").output
    assert key.startswith("msr_")
    assert key[:10] in listed
    assert key not in listed
    assert masarat("key", "revoke", "till").output == "Revoked: 1.\n"
