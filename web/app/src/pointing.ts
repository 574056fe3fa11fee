/** Pictures that answer the pointer, the finger and the keys: what stands there is lit and read in a card, names hide and show their lines.
 *  The server writes what is read as data on the marks (`masarat/show/pictures/pointed.py`); here it is only ever text. */
import "./pointing.css";
import { direction, say } from "./words";

export type Told = {
  hidden: Set<string>; // names whose lines are hidden, kept while the answer is renewed
  behind: (row: number) => string | null; // what the way behind a row is called
  go: (row: number) => void;
  over: [string, string] | null;
  narrow: ((from: string, to: string) => void) | null;
};
type Value = { title: string; value: string; colour?: string; lit?: boolean };
type Read = { name: string; values: Value[]; row: number | null; at: DOMRect };
type Line = { title: string; values: (string | null)[]; node: SVGGElement; colour: string; row: number | null; before: boolean; spots: Map<number, number> };
/** What can be read in one picture: so many stops, the one at a point, the one that an arrow leads to. */
type Reader = { count: number; at: (x: number, y: number, target: Element | null) => number | null; on: (key: string, from: number) => number | null; read: (stop: number) => Read; dark: () => void };

const NEAR = 16; // pixels: how far from a mark a finger may be
const DRAGGED = 8; // pixels: less is a press
const EDGE = 8; // pixels between a card and the edge of the screen
const SVG = "http://www.w3.org/2000/svg";

/** Makes the pictures within answer, with a card in `place`; gives back what undoes it. */
export function point(figure: HTMLElement, place: HTMLElement, told: Told): () => void {
  const card = new Card(place);
  const ends = [...figure.querySelectorAll<SVGSVGElement>("svg[data-view]")].map((svg) => answers(svg, card, told));
  return () => {
    ends.forEach((end) => end());
    card.away();
  };
}

class Card {
  readonly box = document.createElement("div");
  private readonly aloud = document.createElement("p");
  end = () => {}; // what else is to be put away with it

  constructor(place: HTMLElement) {
    this.box.className = "reading";
    this.box.hidden = true;
    this.box.onmousedown = (event) => event.preventDefault(); // the picture keeps the focus, else the card would go before it is pressed
    this.aloud.className = "unseen";
    this.aloud.setAttribute("aria-live", "polite");
    place.replaceChildren(this.box, this.aloud);
  }

  show(read: Read, from: "mouse" | "touch" | "keys", way: { title: string; go: () => void } | null) {
    const name = made("strong", made("bdi", read.name));
    const values = made("dl");
    for (const one of read.values) {
      const title = made("dt");
      if (one.colour) {
        const dot = made("i");
        dot.style.background = one.colour;
        title.append(dot);
      }
      title.append(made("bdi", one.title));
      const row = made("div", title, made("dd", made("bdi", one.value)));
      row.classList.toggle("lit", Boolean(one.lit));
      values.append(row);
    }
    this.box.replaceChildren(name, values);
    if (way) {
      const button = made("button", way.title);
      button.type = "button";
      button.tabIndex = -1; // the keys have Enter
      button.onclick = way.go;
      this.box.append(button);
    }
    this.box.classList.toggle("touched", from === "touch");
    this.box.hidden = false;
    this.put(read.at);
    if (from === "keys") this.aloud.textContent = [read.name, ...read.values.map((one) => `${one.title}: ${one.value}`)].join(". ");
  }

  /** Over what is read where there is room, else beside it or under it; never beyond the edge of the screen. */
  private put(at: DOMRect) {
    const { width, height } = this.box.getBoundingClientRect();
    const [wide, tall] = [document.documentElement.clientWidth, document.documentElement.clientHeight];
    let left = (at.left + at.right - width) / 2;
    let top = at.top - height - EDGE;
    if (top < EDGE) {
      const beside = direction === "rtl" ? [at.left - width - EDGE, at.right + EDGE] : [at.right + EDGE, at.left - width - EDGE];
      const room = beside.find((x) => x >= EDGE && x + width <= wide - EDGE);
      if (room !== undefined) left = room;
      top = room === undefined ? at.bottom + EDGE : at.top;
    }
    this.box.style.left = `${Math.max(EDGE, Math.min(left, wide - width - EDGE))}px`;
    this.box.style.top = `${Math.max(EDGE, Math.min(top, tall - height - EDGE))}px`;
  }

  away() {
    this.box.hidden = true;
    this.aloud.textContent = "";
    this.end();
    this.end = () => {};
  }
}

function answers(svg: SVGSVGElement, card: Card, told: Told): () => void {
  const lines = [...svg.querySelectorAll<SVGGElement>("[data-line]")].map(line);
  const ground = svg.querySelector<SVGRectElement>("[data-places]");
  const reader = ground ? overLines(svg, ground, lines, told) : overMarks(svg);
  if (!reader.count) return () => {};
  const off = new AbortController();
  const listen = { signal: off.signal };
  let stop: number | null = null;
  let stood = 0; // where the picture was on the screen when the card was put over it

  svg.querySelector(":scope > title")?.remove(); // its tooltip would stand over the card; its words are the label
  svg.setAttribute("role", "application");
  svg.setAttribute("aria-description", [svg.querySelector(":scope > desc")?.textContent, say("pointing-keys")].join(" "));
  svg.tabIndex = 0;

  const leave = () => { if (card.end === dark) card.away(); }; // the card may be the other picture's, the wide or the narrow one
  const way = (row: number | null) => {
    const title = row === null ? null : told.behind(row);
    return row === null || title === null ? null : { title, go: () => told.go(row) };
  };
  const show = (to: number, from: "mouse" | "touch" | "keys") => {
    if (card.end !== dark) card.away();
    card.end = dark;
    stop = to;
    stood = svg.getBoundingClientRect().top;
    const read = reader.read(to);
    const behind = way(read.row);
    svg.classList.toggle("leads", behind !== null);
    card.show(read, from, behind);
  };
  const dark = () => {
    stop = null;
    reader.dark();
    svg.classList.remove("leads");
  };
  const seek = (event: PointerEvent) => {
    const target = event.target as Element;
    const found = target.closest("[data-name]") ? null : reader.at(event.clientX, event.clientY, target);
    if (found === null) leave();
    else show(found, event.pointerType === "mouse" ? "mouse" : "touch");
  };

  const dragged = ground && told.narrow ? drag(svg, ground, told, leave) : null;
  let pressed = "mouse";
  svg.addEventListener("pointermove", (event) => { if (!dragged?.move(event)) seek(event); }, listen);
  svg.addEventListener("pointerdown", (event) => { pressed = event.pointerType; if (pressed === "mouse") dragged?.down(event); else seek(event); }, listen);
  svg.addEventListener("pointerup", () => dragged?.up(), listen);
  svg.addEventListener("pointercancel", () => { dragged?.cancel(); leave(); }, listen);
  svg.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse" && !dragged?.going()) leave(); }, listen);
  svg.addEventListener("click", (event) => {
    if (dragged?.was() || pressed !== "mouse" || (event.target as Element).closest("[data-name]") || stop === null) return;
    way(reader.read(stop).row)?.go();
  }, listen);
  svg.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      dragged?.cancel();
      leave();
    }
    if (event.target !== svg || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" && stop !== null) way(reader.read(stop).row)?.go();
    const last = reader.count - 1;
    const to = event.key === "Home" ? 0 : event.key === "End" ? last : event.key.startsWith("Arrow") ? (stop === null ? 0 : reader.on(event.key, stop)) : null;
    if (to === null) return;
    event.preventDefault();
    show(Math.max(0, Math.min(to, last)), "keys");
  }, listen);
  svg.addEventListener("blur", leave, listen);
  document.addEventListener("pointerdown", (event) => { if (!svg.contains(event.target as Node) && !card.box.contains(event.target as Node)) leave(); }, listen);
  addEventListener("scroll", () => { if (Math.abs(svg.getBoundingClientRect().top - stood) > 4) leave(); }, { ...listen, passive: true, capture: true });
  addEventListener("resize", leave, listen);
  const named = names(svg, lines.filter((one) => !one.before), told, leave, listen);
  return () => {
    off.abort();
    named();
  };
}

// What is read

function line(node: SVGGElement): Line {
  const { line: title, values, around, row, before } = node.dataset;
  const [start, end] = (around ?? "|").split("|");
  const path = node.querySelector("path");
  return {
    title: title ?? "",
    values: (values ?? "").split("|").map((value) => (value === "~" ? null : `${start}${value}${end}`)),
    node,
    colour: (path?.getAttribute("stroke") || node.getAttribute("fill")) ?? "",
    row: row === undefined ? null : Number(row),
    before: before !== undefined,
    spots: new Map(),
  };
}

/** `1 May 2025|2|3` as it was: a single word ends like the name before it. */
export function unpacked(names: string): string[] {
  let rest = "";
  return names.split("|").map((name) => {
    const space = name.indexOf(" ");
    if (space >= 0) rest = name.slice(space + 1);
    return `${space < 0 ? name : name.slice(0, space)} ${rest}`.trim();
  });
}

function spots(of: Line): [number, number][] {
  const paths = [...of.node.querySelectorAll("path")].map((path) => path.getAttribute("d") ?? "");
  return paths.flatMap((path) => [...path.matchAll(/[ML]([\d.-]+) ([\d.-]+)/g)].map((found): [number, number] => [Number(found[1]), Number(found[2])]));
}

/** Lines over places from the left to the right. */
function overLines(svg: SVGSVGElement, ground: SVGRectElement, lines: Line[], told: Told): Reader {
  const places = unpacked(ground.dataset.places!);
  const [left, top, tall] = ["x", "y", "height"].map((name) => Number(ground.getAttribute(name))) as [number, number, number];
  const [first, step] = [Number(ground.dataset.first), Number(ground.dataset.step)];
  let at = places.map((_, place) => first + place * step);
  if (ground.dataset.axis) {
    const found = spots(lines[0]!);
    at = found.map(([x]) => x);
    found.forEach(([, y], place) => lines[0]!.spots.set(place, y));
  } else for (const one of lines) for (const [x, y] of spots(one)) one.spots.set(Math.round((x - first) / step), y);
  const drawn = () => lines.filter((one) => !told.hidden.has(one.title));
  const light = svg.appendChild(document.createElementNS(SVG, "g"));
  light.setAttribute("class", "light");
  let lit: Line | null = null;
  const scale = () => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  return {
    count: at.length,
    at: (x, y) => {
      const box = svg.getBoundingClientRect();
      const [own, high] = [(x - box.left) / scale(), (y - box.top) / scale()];
      if (high < top || high > top + tall + 40 || own < left - NEAR) return null;
      const stop = at.reduce((best, one, place) => (Math.abs(one - own) < Math.abs(at[best]! - own) ? place : best), 0);
      const near = drawn().filter((one) => one.spots.has(stop) && !one.before);
      const away = (one: Line) => Math.abs(one.spots.get(stop)! - high);
      lit = near.reduce<Line | null>((best, one) => (best === null || away(one) < away(best) ? one : best), null);
      return stop;
    },
    on: (key, from) => {
      if (key === "ArrowRight" || key === "ArrowLeft") return from + (key === "ArrowRight" ? 1 : -1); // time runs from the left in every language
      const tall = drawn().filter((one) => one.spots.has(from) && !one.before).sort((one, other) => one.spots.get(from)! - other.spots.get(from)!);
      const next = tall.indexOf(lit!) + (key === "ArrowDown" ? 1 : -1);
      lit = tall[Math.max(0, Math.min(next, tall.length - 1))] ?? null;
      return from;
    },
    read: (stop) => {
      const shown = drawn().filter((one) => one.values[stop] != null);
      if (lit && !shown.includes(lit)) lit = null;
      const x = at[stop]!;
      const rule = document.createElementNS(SVG, "line");
      for (const [name, value] of Object.entries({ x1: x, x2: x, y1: top, y2: top + tall })) rule.setAttribute(name, String(value));
      const dots = shown.filter((one) => one.spots.has(stop)).map((one) => {
        const dot = document.createElementNS(SVG, "circle");
        for (const [name, value] of Object.entries({ cx: x, cy: one.spots.get(stop)!, r: one === lit ? 5.5 : 4 })) dot.setAttribute(name, String(value));
        dot.setAttribute("fill", one.colour);
        return dot;
      });
      light.replaceChildren(rule, ...dots);
      const box = svg.getBoundingClientRect();
      const own = x * scale() + box.left;
      const highest = Math.min(top + tall, ...shown.flatMap((one) => one.spots.get(stop) ?? []));
      const name = ground.dataset.axis ? `${ground.dataset.axis}: ${places[stop]!}` : places[stop]!;
      const values = [...shown].sort((one, other) => Number(one.before) - Number(other.before)).map((one) => ({ title: one.title, value: one.values[stop]!, colour: one.colour, lit: one === lit && shown.length > 1 }));
      return { name, values, row: (lit ?? (shown.length === 1 ? shown[0]! : null))?.row ?? null, at: new DOMRect(own - 6, highest * scale() + box.top - 6, 12, 12) };
    },
    dark: () => light.replaceChildren(),
  };
}

/** Marks that each have their own words: bars, cells, steps, places and the ways between them. */
function overMarks(svg: SVGSVGElement): Reader {
  const marks = [...svg.querySelectorAll<SVGGraphicsElement>("[data-tip]")];
  const view = svg.dataset.view!;
  const run = view === "ranking" || view === "steps" || (view === "bars" && marks[0]?.tagName === "g") ? "down" : view === "bars" ? "along" : "free";
  const middle = (mark: Element) => { const box = mark.getBoundingClientRect(); return [(box.left + box.right) / 2, (box.top + box.bottom) / 2] as const; };
  const away = (mark: Element, x: number, y: number) => {
    const box = mark.getBoundingClientRect();
    const [dx, dy] = [Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom)];
    return run === "down" ? dy : run === "along" ? dx : Math.hypot(dx, dy);
  };
  const dark = () => {
    svg.classList.remove("dimming");
    marks.forEach((mark) => mark.classList.remove("lit", "near"));
  };
  return {
    count: marks.length,
    at: (x, y, target) => {
      const own = marks.indexOf(target?.closest("[data-tip]") as SVGGraphicsElement);
      if (own >= 0) return own;
      const far = marks.map((mark) => (view === "flow" && mark.dataset.ends ? Infinity : away(mark, x, y))); // a bent way is wide of its box
      const best = far.reduce((found, one, place) => (one < far[found]! ? place : found), 0);
      return far[best]! <= NEAR ? best : null;
    },
    on: (key, from) => {
      const [dx, dy] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[key] as [number, number];
      if (run === "down") return from + (dy || (direction === "rtl" ? -dx : dx));
      if (run === "along") return from + (dx * Math.sign(middle(marks.at(-1)!)[0] - middle(marks[0]!)[0]) || dy);
      const [x, y] = middle(marks[from]!);
      const far = marks.map((mark) => {
        const [ox, oy] = middle(mark);
        const onward = (ox - x) * dx + (oy - y) * dy;
        return onward > 2 ? onward + 3 * Math.abs((ox - x) * dy) + 3 * Math.abs((oy - y) * dx) : Infinity;
      });
      const best = far.reduce((found, one, place) => (one < far[found]! ? place : found), from);
      return far[best] === Infinity ? from : best;
    },
    read: (stop) => {
      dark();
      const mark = marks[stop]!;
      mark.classList.add("lit");
      if (view === "flow") {
        svg.classList.add("dimming");
        near(mark, marks).forEach((one) => one.classList.add("near"));
      }
      const [name, ...values] = mark.dataset.tip!.split("\n");
      const row = mark.dataset.row;
      const told = values.map((one) => { const [title, value] = one.split("\t"); return { title: title!, value: value ?? "" }; });
      return { name: name!, values: told, row: row === undefined ? null : Number(row), at: mark.getBoundingClientRect() };
    },
    dark,
  };
}

/** Of a place its ways and where they lead; of a way its two ends. */
function near(mark: SVGGraphicsElement, marks: SVGGraphicsElement[]): SVGGraphicsElement[] {
  const ends = (one: SVGGraphicsElement) => one.dataset.ends?.split(" ") ?? [];
  const ways = mark.dataset.ends ? [mark] : marks.filter((one) => ends(one).includes(mark.dataset.node!));
  const nodes = new Set(ways.flatMap(ends));
  return [mark, ...ways, ...marks.filter((one) => nodes.has(one.dataset.node ?? ""))];
}

// Names that hide and show

function names(svg: SVGSVGElement, lines: Line[], told: Told, leave: () => void, listen: { signal: AbortSignal }): () => void {
  const labels = [...svg.querySelectorAll<SVGGElement>("[data-name]")];
  if (labels.length < 2) return () => {};
  const own = (label: SVGGElement) => lines[Number(label.dataset.name)]!.title;
  const all = lines.map((one) => one.title);
  const pile = piled(svg, lines);
  const draw = () => {
    if (all.every((name) => told.hidden.has(name))) told.hidden.clear();
    for (const one of lines) one.node.style.display = told.hidden.has(one.title) ? "none" : "";
    for (const label of labels) label.setAttribute("aria-pressed", String(!told.hidden.has(own(label))));
    pile(told.hidden);
    leave();
  };
  const turn = (name: string) => {
    const shown = all.filter((one) => !told.hidden.has(one));
    if (told.hidden.has(name)) told.hidden.delete(name);
    else if (shown.length > 1) told.hidden.add(name);
    renew();
  };
  const alone = (name: string) => {
    const others = all.filter((one) => one !== name);
    const was = others.every((one) => told.hidden.has(one)) && !told.hidden.has(name);
    told.hidden.clear();
    if (!was) others.forEach((one) => told.hidden.add(one));
    renew();
  };
  const renew = () => svg.closest("figure")!.dispatchEvent(new Event("names")); // the wide picture and the narrow one
  svg.closest("figure")!.addEventListener("names", draw, listen);
  for (const label of labels) {
    label.setAttribute("role", "button");
    label.setAttribute("aria-label", own(label));
    label.tabIndex = 0;
    label.addEventListener("click", () => turn(own(label)), listen);
    label.addEventListener("dblclick", () => alone(own(label)), listen);
    label.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      (event.shiftKey ? alone : turn)(own(label));
    }, listen);
  }
  draw();
  return () => labels.forEach((label) => { label.removeAttribute("role"); label.removeAttribute("aria-pressed"); label.removeAttribute("tabindex"); });
}

/** Piles the parts of each column anew without those that are hidden, gains up and losses down. */
function piled(svg: SVGSVGElement, lines: Line[]): (hidden: Set<string>) => void {
  const zero = Number(lines[0]?.node.dataset.zero);
  const parts = [...svg.querySelectorAll<SVGRectElement>("[data-of]")].map((rect) => {
    const [x, y, tall] = ["x", "y", "height"].map((name) => Number(rect.getAttribute(name))) as [number, number, number];
    return { rect, x, tall, up: y + tall / 2 < zero, name: lines[Number(rect.dataset.of)]!.title };
  });
  return (hidden) => {
    const ends = new Map<string, number>();
    for (const { rect, x, tall, up, name } of parts) {
      rect.style.display = hidden.has(name) ? "none" : "";
      if (hidden.has(name)) continue;
      const key = `${x} ${up}`;
      const end = ends.get(key) ?? zero;
      rect.setAttribute("y", String(up ? end - tall : end));
      ends.set(key, up ? end - tall : end + tall);
    }
  };
}

// Days that are dragged over

function drag(svg: SVGSVGElement, ground: SVGRectElement, told: Told, leave: () => void) {
  const days = stretches(ground, told.over);
  const band = svg.appendChild(document.createElementNS(SVG, "rect"));
  band.setAttribute("class", "dragged");
  let from: number | null = null, to: number | null = null, was = false;
  const clear = () => { from = to = null; band.removeAttribute("width"); };
  const [start, step] = [Number(ground.dataset.first), Number(ground.dataset.step)];
  const slot = (x: number) => {
    const box = svg.getBoundingClientRect();
    const own = ((x - box.left) / box.width) * svg.viewBox.baseVal.width;
    return Math.max(0, Math.min(Math.round((own - start) / step), days.length - 1));
  };
  return {
    down: (event: PointerEvent) => {
      was = false;
      if (event.button || !days.length || (event.target as Element).closest("[data-name]")) return;
      from = event.clientX;
      svg.setPointerCapture(event.pointerId);
      event.preventDefault(); // no text is marked
      svg.focus({ preventScroll: true });
    },
    move: (event: PointerEvent) => {
      if (from === null || Math.abs(event.clientX - from) < DRAGGED) return false;
      to = event.clientX;
      leave();
      const [first, last] = [slot(from), slot(to)].sort((one, other) => one - other) as [number, number];
      const [x, y, wide, tall] = ["x", "y", "width", "height"].map((name) => Number(ground.getAttribute(name))) as [number, number, number, number];
      const [begin, end] = [Math.max(x, start + (first - 0.5) * step), Math.min(x + wide, start + (last + 0.5) * step)];
      for (const [name, value] of Object.entries({ x: begin, y, width: end - begin, height: tall })) band.setAttribute(name, String(value));
      return true;
    },
    up: () => {
      was = to !== null;
      const [first, last] = from === null || to === null ? [0, 0] : ([slot(from), slot(to)].sort((one, other) => one - other) as [number, number]);
      clear();
      if (first < last) told.narrow!(days[first]![0], days[last]![1]);
    },
    cancel: clear,
    going: () => from !== null,
    was: () => was,
  };
}

/** The first and the last day of each place. */
function stretches(ground: SVGRectElement, over: [string, string] | null): [string, string][] {
  if (!ground.dataset.days) return [];
  const [start, ...long] = ground.dataset.days.split(" ");
  const count = unpacked(ground.dataset.places!).length;
  const day = new Date(`${start}T00:00Z`);
  const text = () => day.toISOString().slice(0, 10);
  return Array.from({ length: count }, (_, place): [string, string] => {
    const first = text(), length = Number(long[place] ?? long[0]);
    day.setUTCDate(day.getUTCDate() + length - 1);
    const last = text();
    day.setUTCDate(day.getUTCDate() + 1);
    return [over && first < over[0] ? over[0] : first, over && last > over[1] ? over[1] : last];
  });
}

function made<Name extends keyof HTMLElementTagNameMap>(name: Name, ...within: (Node | string)[]): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.append(...within);
  return element;
}
