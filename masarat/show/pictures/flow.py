"""A flow: places as bars, a column for each step, and between them bands as thick as what went that way. Steps run as reading does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from masarat.show.pictures.canvas import Canvas, Said
from masarat.show.pictures.pointed import Attributes
from masarat.show.pictures.scale import width
from masarat.show.pictures.svg import element
from masarat.store import Row

TOP, TALL, BAR, GAP = 54.0, 240.0, 10.0, 38.0  # TALL: what all paths together come to

Node = tuple[float, str]  # step and place


@dataclass(frozen=True, slots=True)
class Band:
    """Paths from one place to the next; `after` is none where they ended."""

    before: Node
    after: Node | None
    paths: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One place: where it stands and how tall it is."""

    x: float
    y: float
    height: float


def draw(canvas: Canvas) -> tuple[float, list[str]]:
    """Columns of the picture: place, next (empty where paths ended), how many, share, step."""
    place, after, count, _, step = (column.name for column in canvas.answer.picture.columns)
    bands = [
        Band((row[step], row[place]), (row[step] + 1, row[after]) if row[after] else None, row[count])
        for row in canvas.answer.picture.rows
    ]
    sizes = _sizes(bands)
    bars, scale = _placed(canvas, sizes)
    joined = [band for band in bands if band.after]
    pieces = [canvas.heading(), *(_legend(canvas) if len(joined) < len(bands) else [])]
    out = _offsets(joined, lambda band: band.before, lambda band: bars[band.after or band.before].y, scale)
    into = _offsets(joined, lambda band: band.after, lambda band: bars[band.before].y, scale)
    numbers = {node: number for number, node in enumerate(bars)}
    rows = dict(zip(bands, canvas.answer.picture.rows, strict=True))
    for band in joined:
        ends = (numbers[band.before], numbers[band.after or band.before])
        pieces.append(_band(canvas, band, bars, scale, (out[band], into[band]), ends, rows[band]))
    for node, bar in bars.items():
        ended = sum(band.paths for band in bands if band.before == node and not band.after)
        own = _bar(canvas, node, bar, sizes[node], ended, ended * scale, canvas.width / len(_steps(sizes)))
        pieces += canvas.together(own, **_told(canvas, node, sizes[node], ended), data_node=numbers[node])
    return max(bar.y + bar.height for bar in bars.values()) + GAP, pieces


def _sizes(bands: list[Band]) -> dict[Node, float]:
    """How many paths came through each place: what went out of it, or into it where that is more."""
    out: dict[Node, float] = defaultdict(float)
    into: dict[Node, float] = defaultdict(float)
    for band in bands:
        out[band.before] += band.paths
        if band.after:
            into[band.after] += band.paths
    return {node: max(out[node], into[node]) for node in [*dict.fromkeys([*out, *into])]}


def _steps(sizes: dict[Node, float]) -> list[float]:
    return sorted({step for step, _ in sizes})


def _placed(canvas: Canvas, sizes: dict[Node, float]) -> tuple[dict[Node, Bar], float]:
    """The bars in their columns, the largest on top, and how tall one path is."""
    steps = _steps(sizes)
    columns = {step: [node for node in sizes if node[0] == step] for step in steps}
    scale = TALL / max(sum(sizes[node] for node in column) for column in columns.values())
    apart = _apart(canvas, columns)
    bars = {}
    for index, step in enumerate(steps):
        y = TOP
        for node in sorted(columns[step], key=lambda node: -sizes[node]):
            bars[node] = Bar(index * apart, y, max(sizes[node] * scale, 1.0))
            y += bars[node].height + GAP
    return bars, scale


def _apart(canvas: Canvas, columns: dict[float, list[Node]]) -> float:
    """From one column to the next: after the last there is room for its names, but no more than between two."""
    names = max(width(canvas.speaker.text(name), 11) for _, name in columns[max(columns)]) + 10
    even = canvas.width / len(columns)
    return max(even, (canvas.width - names) / max(len(columns) - 1, 1)) if len(columns) > 1 else even


def _offsets(
    bands: list[Band], at: Callable[[Band], Any], towards: Callable[[Band], float], scale: float
) -> dict[Band, float]:
    """How far down its bar each band begins, so that those of one bar do not cross at it."""
    used: dict[Any, float] = defaultdict(float)
    found = {}
    for band in sorted(bands, key=towards):
        found[band] = used[at(band)]
        used[at(band)] += band.paths * scale
    return found


def _band(
    canvas: Canvas, band: Band, bars: dict[Node, Bar], scale: float, offsets: tuple[float, float],
    ends: tuple[int, int], row: Row,
) -> str:  # fmt: skip
    """From the end of one bar to the beginning of the next, bent softly."""
    assert band.after is not None
    one, two, thick = bars[band.before], bars[band.after], band.paths * scale
    top, low = one.y + offsets[0], two.y + offsets[1]
    start, end = canvas.along(one.x + BAR), canvas.along(two.x)
    middle = (start + end) / 2
    path = (
        f"M{start:.1f} {top:.1f}C{middle:.1f} {top:.1f} {middle:.1f} {low:.1f} {end:.1f} {low:.1f}"
        f"L{end:.1f} {low + thick:.1f}C{middle:.1f} {low + thick:.1f} {middle:.1f} {top + thick:.1f} {start:.1f} {top + thick:.1f}Z"
    )
    way = canvas.speaker.value("path", [band.before[1], band.after[1]])
    count, share = canvas.answer.picture.columns[2:4]
    values = [(column.title, canvas.value(column, row[column.name])) for column in (count, share)]
    children, said = canvas.said(way, values, f"{way}: {canvas.speaker.count(int(band.paths))}", row)
    between: Attributes = {"data_ends": f"{ends[0]} {ends[1]}"} if canvas.pointed else {}
    return element(
        "path", *children, d=path, fill=canvas.colours["brand"], fill_opacity=0.22, **said, **between
    )


def _told(canvas: Canvas, node: Node, size: float, ended: float) -> Attributes:
    """What a place tells in the app: how many came through it, and how many ended there."""
    count = canvas.answer.picture.columns[2]
    values = [(count.title, canvas.speaker.count(int(size)))]
    values += [(canvas.speaker.say("ends"), canvas.speaker.count(int(ended)))] if ended else []
    return canvas.said(canvas.speaker.text(node[1]), values, "")[1]


def _legend(canvas: Canvas) -> list[str]:
    """What the other colour is, at the end of the heading's line."""
    words = canvas.speaker.say("ends")
    start = canvas.width - width(words, 12) - 18
    return [
        canvas.bar(start, 3, 10, 10, "attention"),
        canvas.write(canvas.along(start + 16), 12, words, canvas.turned("start")),
    ]


def _bar(
    canvas: Canvas, node: Node, bar: Bar, size: float, ended: float, lost: float, column: float
) -> list[str]:
    """The bar with its name over it; its foot is what ended there."""
    name, count = canvas.speaker.text(node[1]), canvas.speaker.count(int(size))
    x, anchor, tip = canvas.along(bar.x), canvas.turned("start"), f"{name}: {count}"
    plain: list[Said | None] = [None, None]
    words = canvas.speaker.say("ended", n=int(ended))
    if not canvas.pointed:
        plain = [canvas.said("", (), tip), canvas.said("", (), f"{tip} · {words}")]
    pieces = [
        canvas.bar(bar.x, bar.y, BAR, bar.height, "brand", plain[0]),
        canvas.write(x, bar.y - 18, name, anchor, size=11, colour="ink", room=column - 10, over=True),
        canvas.write(x, bar.y - 5, count, anchor, size=11, over=True),
    ]
    if ended:
        pieces.append(canvas.bar(bar.x, bar.y + bar.height - lost, BAR, lost, "attention", plain[1]))
    return pieces
