"""Conventions that matter, held by tests whose messages say what to do instead."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message, SelectExpression
from fluent.syntax.visitor import Visitor

from masarat.analyse import ANALYSES
from masarat.words import LANGUAGES, shared, speaker

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "masarat"

# A package may import those to its left, and itself.
ORDER = (
    "errors",
    "settings",
    "version",
    "events",
    "journal",
    "store",
    "words",
    "records",
    "collect",
    "resolve",
    "models",
    "analyse",
    "act",
    "demo",
    "show",
)
BESIDE = {"shop": "show"}  # the shop calls reports, and what shows things calls the shop
SQL_MAY_LIVE_IN = ("store", "analyse", "act")
SQL = re.compile(r"\b(SELECT\s[\s\S]+\sFROM|INSERT\s+INTO|ALTER\s+TABLE|DELETE\s+FROM|CREATE\s+TABLE)\b")
LONGEST_FILE = 400

FILES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def package_of(path: Path) -> str:
    name = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return BESIDE.get(name, name)


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("masarat."):
            yield node.module.split(".")[1]
        elif isinstance(node, ast.ImportFrom) and node.module == "masarat":
            yield from (alias.name for alias in node.names if alias.name in (*ORDER, *BESIDE))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_packages_import_in_the_order_data_flows(path):
    here = package_of(path)
    if here == "__init__":
        return
    assert here in ORDER, f"{here} is new: give it a place in ORDER, where data flows through it"
    late = [name for name in imports(path) if ORDER.index(BESIDE.get(name, name)) > ORDER.index(here)]
    assert not late, (
        f"{path.relative_to(ROOT)} imports {late}, which come after {here}: move the shared part down"
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_sql_lives_beside_its_question(path):
    if package_of(path) in SQL_MAY_LIVE_IN:
        return
    texts = [
        node.value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    found = [text[:60] for text in texts if SQL.search(text)]
    assert not found, f"{path.relative_to(ROOT)} speaks SQL ({found}): move it to store/ or to an analysis"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_has_one_idea(path):
    tree = ast.parse(path.read_text("utf-8"))
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{path.name} has {lines} lines: which part is an idea of its own?"
    if tree.body:
        assert ast.get_docstring(tree), (
            f"{path.relative_to(ROOT)} does not say what it is for: give it a docstring"
        )


@pytest.mark.parametrize("kind", ANALYSES, ids=lambda kind: kind.name)
def test_every_question_is_whole(kind):
    assert kind.__doc__, "an analysis' docstring is its manual page"
    assert len(kind.__doc__) > 200, "say what it answers, for whom, how it is computed, and its caveats"
    assert isinstance(kind.example, kind), "give it an example that runs on the sample shop"
    for name, info in kind.model_fields.items():
        assert info.description, f"{kind.name}.{name} needs a description"
    for language in LANGUAGES:
        says = speaker(kind.words, language)
        for key in ("title", "about", *(f"param-{name}" for name in kind.model_fields)):
            assert says.knows(key), f"{kind.name} has no {key!r} in {language}"
        for column in (*kind.columns, *kind.numbers, *kind.picture):
            assert says.knows(column.name), f"{kind.name} has no title for {column.name!r} in {language}"
        for column in kind.numbers:
            assert says.formula(column.name), (
                f"{kind.name}: define {column.name!r} in {language} ({column.name}.formula)"
            )


def test_question_names_are_different():
    names = [kind.name for kind in ANALYSES]
    assert len(names) == len(set(names))


def texts() -> dict[str, tuple[str, str]]:
    """Where → (English, Arabic) of every set of messages."""
    found = {"words": (shared().en, shared().ar)}
    found |= {kind.name: (kind.words.en, kind.words.ar) for kind in ANALYSES}
    for path in (PACKAGE / "words").glob("*.en.ftl"):
        found[path.name] = (
            path.read_text("utf-8"),
            path.with_name(path.name.replace(".en.", ".ar.")).read_text("utf-8"),
        )
    return found


def messages(text: str) -> dict[str, Message]:
    return {entry.id.name: entry for entry in FluentParser().parse(text).body if isinstance(entry, Message)}


class Plurals(Visitor):
    """Collects the variant names of every selector."""

    def __init__(self) -> None:
        self.found: list[set[str]] = []

    def visit_SelectExpression(self, node: SelectExpression) -> None:  # noqa: N802
        self.found.append({getattr(variant.key, "name", "") for variant in node.variants})
        self.generic_visit(node)


@pytest.mark.parametrize("where", texts())
def test_both_languages_say_the_same_things(where):
    english, arabic = map(messages, texts()[where])
    assert english.keys() == arabic.keys(), f"only in one language: {sorted(english.keys() ^ arabic.keys())}"
    for key, message in english.items():
        formulas = {attribute.id.name for attribute in message.attributes}
        assert formulas == {attribute.id.name for attribute in arabic[key].attributes}, key


@pytest.mark.parametrize("where", texts())
def test_arabic_has_its_plural_forms(where):
    for key, message in messages(texts()[where][1]).items():
        plurals = Plurals()
        plurals.visit(message)
        for forms in plurals.found:
            if forms & {"one", "two", "few", "many"}:
                missing = {"one", "two", "few", "many", "other"} - forms
                assert not missing, f"{where}: {key} lacks the Arabic forms {sorted(missing)}"


def test_no_junk_in_messages():
    for where, (english, arabic) in texts().items():
        for text in (english, arabic):
            junk = [entry for entry in FluentParser().parse(text).body if type(entry).__name__ == "Junk"]
            assert not junk, f"{where}: {junk[0].content[:80]}"
