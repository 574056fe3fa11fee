"""One statement that somebody wrote, read closely enough to know that it only reads, and only what it may.

Nothing is passed on that is not known: the engine's own parser takes the text apart (`EXPLAIN AST`, which runs nothing), and every node, function
and table in it must be one that is allowed here. What the engine's read-only mode lets through all the same (the function `file()`, INTO OUTFILE,
tables of the system) is stopped by this.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from masarat.errors import MasaratError

LONGEST = 32_000  # letters of one statement
ALLOWED = "Write one SELECT, WITH … SELECT, EXPLAIN, DESCRIBE or SHOW TABLES."

TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    |(?P<comment>--[^\n]*|/\*.*?\*/)
    |(?P<text>'(?:[^'\\]|\\.|'')*')
    |(?P<quoted>`(?:[^`\\\x00-\x1f]|``)+`|"(?:[^"\\\x00-\x1f]|"")+")
    |(?P<word>[A-Za-z_][A-Za-z0-9_]*)
    |(?P<number>[0-9](?:[0-9a-zA-Z_]|[eEpP][+-]|\.(?=[0-9]))*)
    |(?P<sign>->|::|\|\||<=>|[<>!=]=|<>|[-+*/%=<>(),.\[\]?:^;])""",
    re.X | re.S,
)
EXPLAINED = re.compile(r"(EXPLAIN(?: (?:AST|SYNTAX|QUERY TREE|PLAN|PIPELINE|ESTIMATE))?) (?=SELECT|WITH|\()")

# What a question may consist of, as the engine calls it.
NODES = frozenset(
    [
        "SelectWithUnionQuery",
        "SelectIntersectExceptQuery",
        "SelectQuery",
        "ExpressionList",
        "TablesInSelectQuery",
        "TablesInSelectQueryElement",
        "TableExpression",
        "TableIdentifier",
        "TableJoin",
        "ArrayJoin",
        "Subquery",
        "WithElement",
        "Function",
        "Identifier",
        "Literal",
        "Asterisk",
        "QualifiedAsterisk",
        "ColumnsTransformerList",
        "ColumnsExceptTransformer",
        "ColumnsRegexpMatcher",
        "ColumnsListMatcher",
        "OrderByElement",
        "SampleRatio",
        "WindowDefinition",
        "WindowListElement",
        "InterpolateElement",
    ]
)
# Kinds of functions that only compute, and some of the kind "Other" that do.
KINDS = frozenset(
    [
        "Arithmetic",
        "Arrays",
        "Bit",
        "Bitmap",
        "Comparison",
        "Conditional",
        "Dates and Times",
        "Distance",
        "Encoding",
        "Financial",
        "Geo",
        "Geo Polygon",
        "Hash",
        "IP Address",
        "JSON",
        "Logical",
        "Map",
        "Mathematical",
        "Null",
        "Random Number",
        "Rounding",
        "String",
        "String Replacement",
        "String Search",
        "String Splitting",
        "Time Window",
        "Tuple",
        "Type Conversion",
        "URL",
        "UUID",
    ]
)
FURTHER = frozenset(
    [
        "bar",
        "byteSize",
        "caseWithExpression",
        "countDigits",
        "exists",
        "finalizeAggregation",
        "formatReadableDecimalSize",
        "formatReadableQuantity",
        "formatReadableSize",
        "formatReadableTimeDelta",
        "getSubcolumn",
        "grouping",
        "identity",
        "ignore",
        "initializeAggregation",
        "isConstant",
        "lambda",
        "materialize",
        "neighbor",
        "parseReadableSize",
        "parseReadableSizeOrNull",
        "parseTimeDelta",
        "rowNumberInAllBlocks",
        "rowNumberInBlock",
        "runningDifference",
        "runningDifferenceStartingWithFirstValue",
        "toColumnTypeName",
        "toTypeName",
        "transform",
        "variantElement",
        "variantType",
        "visibleWidth",
    ]
)
NEVER = frozenset({"chdb", "formatRow", "formatRowNoNewline", "kqlParameterCast"})
TABLE_FUNCTIONS = frozenset({"numbers", "generate_series", "generateSeries", "values"})
COMBINATORS = re.compile(
    "(?:If|Array|Map|State|Merge|ForEach|Distinct|OrDefault|OrNull|Resample|ArgMin|ArgMax|SimpleState|MergeState)*"
)
MEMBER = re.compile(r"(global)?(not)?(null)?in(ignoreset)?", re.I)
LINE = re.compile(r"( *)([A-Za-z]+)(?:::[A-Za-z]+)?(?: (.*))?")
NAME = re.compile(r"([^\s(]+)(?: \(.*)?", re.S)


class BadStatement(MasaratError):
    """SQL that cannot be read, that the engine refuses, or that would do more than read what the shop's tables hold."""

    status = 422
    code = "bad_statement"


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    at: int

    @property
    def word(self) -> str:
        return self.text.upper() if self.kind == "word" else ""

    @property
    def name(self) -> str:
        return self.text[1:-1] if self.kind == "quoted" else self.text if self.kind == "word" else ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What was written: `verb` is SELECT, EXPLAIN…, DESCRIBE or SHOW; `sql` the text without comments, its letters where they were."""

    verb: str
    sql: str
    tokens: tuple[Token, ...]
    asked: str = ""  # of EXPLAIN the question explained, of DESCRIBE the table


@dataclass(slots=True)
class Node:
    kind: str
    rest: str
    children: list[Node] = field(default_factory=list)

    @property
    def name(self) -> str:
        found = NAME.fullmatch(self.rest)
        return found[1] if found else self.rest


@dataclass(frozen=True)
class Rules:
    """What may be read: tables and dictionaries of one database, and the engine's functions by name, each with whether it may be used."""

    database: str
    tables: Collection[str]
    dictionaries: Collection[str]
    functions: dict[str, bool]
    loose: frozenset[str]  # those among them whose letters may be large or small, in small letters
    aggregates: frozenset[str]

    def allows(self, name: str) -> bool:
        if name in self.functions:
            return self.functions[name]
        if name.lower() in self.loose:
            return self.functions[name.lower()]
        return name in FURTHER or any(
            name.startswith(one) and COMBINATORS.fullmatch(name, len(one)) for one in self.aggregates
        )


def place(text: str, at: int) -> str:
    """Where a letter stands, as people count."""
    before = text[:at]
    return f"line {before.count(chr(10)) + 1}, column {at - before.rfind(chr(10))}"


def read(text: str) -> Statement:
    """The statement in a text, as yet unjudged. Raises BadStatement where there is none, or more than one, or another kind."""
    if len(text) > LONGEST:
        raise BadStatement(f"The statement is longer than {LONGEST:,} letters.", "Write a shorter one.")
    tokens, bare = _tokens(text)
    if not tokens:
        raise BadStatement("There is no statement.", ALLOWED)
    words = " ".join(token.word or token.text for token in tokens[:6])
    first = tokens[0].word
    if first in ("SELECT", "WITH") or tokens[0].text == "(":
        return Statement("SELECT", bare, tokens)
    if first == "SHOW" and words == "SHOW TABLES":
        return Statement("SHOW", bare, tokens)
    if first in ("DESCRIBE", "DESC"):
        named = tokens[2:] if tokens[1:2] and tokens[1].word == "TABLE" else tokens[1:]
        if len(named) in (1, 3) and named[-1].name:
            return Statement("DESCRIBE", bare, tokens, "".join(token.name or token.text for token in named))
    elif first == "EXPLAIN" and (found := EXPLAINED.match(words)):
        rest = tokens[len(found[1].split()) :]
        start = rest[0].at
        return Statement(found[1], bare, rest, re.sub(r"[^\n]", " ", bare[:start]) + bare[start:])
    raise BadStatement(f"{tokens[0].text[:40]!r} cannot be run here.", ALLOWED)


def _tokens(text: str) -> tuple[tuple[Token, ...], str]:
    """The words of a text, and the text with its comments blanked out and without a semicolon at its end."""
    found: list[Token] = []
    bare, at, open_ = list(text), 0, 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match or match.lastgroup is None:
            raise BadStatement(
                f"{text[at]!r} at {place(text, at)} cannot be read.", "Close quotes, or leave it out."
            )
        if match.lastgroup == "comment":
            bare[at : match.end()] = [letter if letter == "\n" else " " for letter in match[0]]
        elif match.lastgroup != "space":
            found.append(Token(match.lastgroup, match[0], at))
            open_ += {"(": 1, ")": -1}.get(match[0], 0) if match.lastgroup == "sign" else 0
            if open_ < 0:
                raise BadStatement(f"The bracket at {place(text, at)} closes nothing.", "Leave it out.")
        at = match.end()
    if found and found[-1].text == ";":
        bare[found.pop().at] = " "
    if open_:
        raise BadStatement("A bracket is not closed.", "Close it.")
    for token in found:
        if token.text == ";":
            raise BadStatement(
                f"A second statement begins after {place(text, token.at)}.", "Run one at a time."
            )
    return tuple(found), "".join(bare)


def tree(lines: Iterable[str]) -> Node:
    """The engine's `EXPLAIN AST` as nodes. Raises BadStatement for a node that no question needs."""
    root = Node("", "")
    way = [root]
    for line in lines:
        found = LINE.fullmatch(line)
        if not found or found[2] not in NODES or len(found[1]) >= len(way):
            raise BadStatement(f"{line.strip().split(' ')[0][:60]} is not allowed here.", ALLOWED)
        node = Node(found[2], found[3] or "")
        del way[len(found[1]) + 1 :]
        way[-1].children.append(node)
        way.append(node)
    return root


def judge(statement: Statement, root: Node, rules: Rules) -> None:
    """Raises BadStatement where a question reads anything but the shop's tables, or uses a function that does more than compute."""
    named = _named_within(statement.tokens)
    for token, after in zip(statement.tokens, statement.tokens[1:], strict=False):
        known = token.name in rules.functions or token.name.lower() in rules.loose
        if after.text == "(" and known and not rules.allows(token.name):
            raise _function(token.name)
    waiting = list(root.children)
    while waiting:
        node = waiting.pop()
        waiting += node.children
        if node.kind == "TableIdentifier":
            _table(node.name, rules, named)
        elif node.kind == "TableExpression":
            for inner in node.children:
                if inner.kind == "Function":
                    if inner.name not in TABLE_FUNCTIONS:
                        raise BadStatement(
                            f"The table function {inner.name}() is not allowed here.",
                            f"Read the shop's tables; allowed are {', '.join(sorted(TABLE_FUNCTIONS))}.",
                        )
                    waiting.remove(inner)
                    waiting += inner.children
        elif node.kind == "Function":
            _function_node(node, rules, named)


def _function_node(node: Node, rules: Rules, named: frozenset[str]) -> None:
    given = node.children[0].children if node.children else []
    if not rules.allows(node.name):
        raise _function(node.name)
    if node.name.lower().startswith("dict"):
        literal = given[0].rest if given and given[0].kind == "Literal" else ""
        dictionary = literal.strip("'").removeprefix(f"{rules.database}.")
        if f"'{dictionary}'" != literal and f"'{rules.database}.{dictionary}'" != literal:
            dictionary = ""
        if dictionary not in rules.dictionaries:
            raise BadStatement(
                f"{node.name}() reads another dictionary than the shop's.",
                f"Known: {', '.join(rules.dictionaries)}.",
            )
    elif MEMBER.fullmatch(node.name) and len(given) > 1 and given[1].kind == "Identifier":
        name = given[1].name
        if "." in name or name in rules.tables:
            _table(name, rules, named)


def _table(name: str, rules: Rules, named: frozenset[str]) -> None:
    database, dot, table = name.rpartition(".")
    if dot and database == rules.database and table in rules.tables:
        return
    if not dot and (table in rules.tables or table in named):
        return
    raise BadStatement(f"The table {name} cannot be read here.", f"Known: {', '.join(rules.tables)}.")


def _function(name: str) -> BadStatement:
    return BadStatement(
        f"The function {name[:60]}() is not allowed here.",
        "Functions that compute are; those that look outside are not.",
    )


def _named_within(tokens: tuple[Token, ...]) -> frozenset[str]:
    """The names of a question's own steps: WITH name AS (…), WITH name (columns) AS (…)."""
    found = set()
    for number, token in enumerate(tokens[:-2]):
        if not token.name:
            continue
        rest = number + 1
        if tokens[rest].text == "(":
            while rest < len(tokens) and tokens[rest].text != ")":
                rest += 1
            rest += 1
        if [each.text.upper() for each in tokens[rest : rest + 2]] == ["AS", "("]:
            found.add(token.name)
    return frozenset(found)
