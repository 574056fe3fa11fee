/** One board: its cards, one period over all of them, and putting it in order. */
import { ActionIcon, Button, Card as Sheet, Group, Select, Stack, Text, TextInput, Title, Tooltip, VisuallyHidden } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { Refused, type Look, type Parameters } from "../api";
import { useLook, useStart } from "../asking";
import { gone, keyOf, made, useBoard, useChange, type Board, type Card } from "../boards";
import { Icon, type IconName } from "../icons";
import { Glance, Picture, Sentence, Tiles, Waiting } from "../look";
import { Oops } from "../oops";
import { say } from "../words";
import "./board.css";

const PERIODS = ["last_7_days", "last_30_days", "last_90_days", "last_365_days"];

const complain = (error: Error) =>
  notifications.show({ color: "orange", message: error instanceof Refused && error.status === 409 ? say("board-changed") : error.message });

/** Says what was removed, with the way back. */
function offerUndo(message: string, undo: () => void) {
  const id = notifications.show({
    message: <Group justify="space-between">{message}<Button size="compact-xs" variant="light" onClick={() => { notifications.hide(id); undo(); }}>{say("undo")}</Button></Group>,
    autoClose: 10_000,
  });
}

const insert = (all: Card[], place: number, one: Card) => [...all.slice(0, place), one, ...all.slice(place)];

export function OneBoard() {
  const { number = "" } = useParams({ strict: false }) as { number?: string };
  const found = useBoard(number);
  if (found.error) return <Stack className="page"><Oops error={found.error} retry={() => found.refetch()} /><Link to="/boards">{say("board-all")}</Link></Stack>;
  if (!found.data) return <Waiting />;
  return <Shown key={number} board={found.data} />;
}

function Shown({ board }: { board: Board }) {
  const may = useStart().data?.may.includes("segments") ?? false;
  const { period = "" } = useSearch({ strict: false }) as Parameters;
  const number = String(board.id);
  const [ordering, setOrdering] = useState(false);
  const [moved, setMoved] = useState("");
  const go = useNavigate();
  const client = useQueryClient();
  const change = useChange(number, complain);
  const follow = useFollowing(board.cards.map(keyOf).join());
  const choose = (wanted: string | null) => void go({ to: "/board/$number", params: { number }, search: (wanted ? { period: wanted } : {}) as never, resetScroll: false });
  const periods = PERIODS.includes(period) || !period ? PERIODS : [...PERIODS, period];

  const cards = (turn: (cards: Card[]) => Card[]) => change((before) => ({ cards: turn(before.cards) }));
  const edit = (key: string, part: Partial<Card>) => cards((all) => all.map((one) => (keyOf(one) === key ? { ...one, ...part } : one)));
  const move = (key: string, by: -1 | 1) => {
    cards((all) => {
      const from = all.findIndex((one) => keyOf(one) === key);
      const to = from + by;
      if (from < 0 || to < 0 || to >= all.length) return all;
      const rest = all.filter((_, place) => place !== from);
      setMoved(say("board-moved", { place: to + 1, of: all.length }));
      return insert(rest, to, all[from]!);
    });
    follow(key, by);
  };
  const remove = (key: string) => {
    const place = board.cards.findIndex((one) => keyOf(one) === key);
    const card = board.cards[place];
    if (!card) return;
    cards((all) => all.filter((one) => keyOf(one) !== key));
    offerUndo(say("board-card-gone"), () => cards((all) => (all.some((one) => keyOf(one) === key) ? all : insert(all, place, card))));
  };
  const removeAll = () =>
    void gone(board).then(async (was) => {
      await go({ to: "/boards" });
      await client.invalidateQueries({ queryKey: ["boards"] });
      offerUndo(say("board-gone"), () => void made(was.title, was.cards).then((back) => go({ to: "/board/$number", params: { number: String(back.id) } }), complain));
    }, complain);

  return (
    <Stack gap="lg" className="page">
      <div className="board-head">
        <div>
          <Text size="sm" c="dimmed"><Link to="/boards">{say("boards")}</Link></Text>
          {ordering ? <Rename title={board.title} label={say("board-title")} needed keep={(title) => change(() => ({ title }))} /> : <Title order={1}><bdi>{board.title}</bdi></Title>}
        </div>
        <Group gap="sm" align="end" className="board-actions">
          <Select
            label={say("period")} value={period} onChange={choose} allowDeselect={false} className="board-period" w={190}
            data={[{ value: "", label: say("board-as-pinned") }, ...periods.map((value) => ({ value, label: PERIODS.includes(value) ? say(`period-${value}`) : value }))]}
          />
          {may && <Button variant={ordering ? "filled" : "default"} aria-pressed={ordering} leftSection={<Icon name="pen" size={16} />} onClick={() => setOrdering(!ordering)}>{say(ordering ? "board-done" : "board-order")}</Button>}
        </Group>
      </div>
      {!board.cards.length && <Empty may={may} />}
      <ul className="board">
        {board.cards.map((card, place) => {
          const key = keyOf(card);
          return (
            <li key={key} className={card.wide ? "wide" : undefined} data-card={key}>
              {ordering && (
                <Tools
                  card={card} first={place === 0} last={place === board.cards.length - 1} move={(by) => move(key, by)}
                  widen={() => edit(key, { wide: !card.wide })} remove={() => remove(key)} rename={(title) => edit(key, { title })}
                />
              )}
              <Pinned card={card} period={period} />
            </li>
          );
        })}
      </ul>
      <VisuallyHidden role="status">{moved}</VisuallyHidden>
      {ordering && <div className="board-actions"><Button variant="subtle" color="gray" size="xs" leftSection={<Icon name="away" size={16} />} onClick={removeAll}>{say("board-remove")}</Button></div>}
    </Stack>
  );
}

/** A card that is moved takes its button's focus along. */
function useFollowing(order: string) {
  const wanted = useRef<{ key: string; by: number } | null>(null);
  useEffect(() => {
    if (!wanted.current) return;
    const { key, by } = wanted.current;
    wanted.current = null;
    const tool = (name: string) => document.querySelector<HTMLButtonElement>(`[data-card="${CSS.escape(key)}"] [data-tool=${name}]`);
    const same = tool(by < 0 ? "earlier" : "later");
    (same?.disabled ? tool(by < 0 ? "later" : "earlier") : same)?.focus();
  }, [order]);
  return (key: string, by: number) => void (wanted.current = { key, by });
}

function Empty({ may }: { may: boolean }) {
  return (
    <Sheet withBorder padding="lg">
      <p className="sentence large">{say("board-no-cards")}</p>
      <Text mt="xs">{say(may ? "board-no-cards-do" : "board-no-cards-wait")}</Text>
      {may && (
        <Group mt="md" gap="sm">
          {["revenue", "rfm", "products"].map((name) => <Suggested key={name} name={name} />)}
        </Group>
      )}
    </Sheet>
  );
}

function Suggested({ name }: { name: string }) {
  const title = useStart().data?.sections.flatMap((section) => section.questions).find((one) => one.name === name)?.title;
  return title ? <Button component={Link} {...({ to: "/ask/$name", params: { name } } as object)} variant="default" size="xs">{title}</Button> : null;
}

/** A question as it was pinned, or over the board's period; one that cannot be answered says why, and stays. */
function Pinned({ card, period }: { card: Card; period: string }) {
  const given = period ? { ...card.parameters, period } : card.parameters;
  const { data: look, error, refetch } = useLook(card.question, given, 0);
  if (error || !look)
    return (
      <Sheet withBorder padding="lg" className="glance">
        {(card.title || error) && <Title order={2} size="h4"><bdi>{card.title || card.question}</bdi></Title>}
        {error ? <Oops error={error} retry={() => refetch()} /> : <Waiting height={160} />}
      </Sheet>
    );
  const to = <Link to="/ask/$name" params={{ name: card.question }} search={given as never}><bdi>{card.title || look.title}</bdi></Link>;
  if (!card.wide) return <Glance look={look} to={to}><Asked look={look} /></Glance>;
  return (
    <Sheet withBorder padding="lg">
      <Stack gap="md">
        <Title order={2} size="h4">{to}</Title>
        <Sentence look={look} />
        <Tiles look={look} most={4} />
        <Picture look={look} />
        <Asked look={look} />
      </Stack>
    </Sheet>
  );
}

/** How it was asked, in words: its period always, the rest where it was chosen. */
function Asked({ look }: { look: Look }) {
  const chosen = look.controls.filter((one) => one.name === "period" || (one.name in look.given && one.type !== "flag"));
  const words = (one: Look["controls"][number]) => one.options.find((each) => each.value === one.value)?.label ?? one.value;
  return <p className="board-asked">{chosen.map((one, place) => <span key={one.name}>{place > 0 && " · "}{one.label}: <bdi>{words(one)}</bdi></span>)}</p>;
}

type Doing = { card: Card; first: boolean; last: boolean; move: (by: -1 | 1) => void; widen: () => void; remove: () => void; rename: (title: string) => void };

function Tools({ card, first, last, move, widen, remove, rename }: Doing) {
  const [naming, setNaming] = useState(false);
  const own = useStart().data?.sections.flatMap((section) => section.questions).find((one) => one.name === card.question)?.title ?? card.question;
  const called = card.title || own;
  return (
    <div className="board-tools" role="toolbar" aria-label={called}>
      <Tool name="earlier" label={say("board-earlier", { card: called })} disabled={first} act={() => move(-1)} />
      <Tool name="later" label={say("board-later", { card: called })} disabled={last} act={() => move(1)} />
      <Tool name={card.wide ? "narrow" : "widen"} label={say(card.wide ? "board-narrow" : "board-widen", { card: called })} act={widen} />
      <Tool name="pen" label={say("board-rename", { card: called })} act={() => setNaming(!naming)} />
      <Tool name="away" label={say("board-card-remove", { card: called })} act={remove} />
      {naming && <Rename title={card.title} hint={own} label={say("board-card-title")} keep={(title) => { rename(title); setNaming(false); }} />}
    </div>
  );
}

function Tool({ name, label, act, disabled = false }: { name: IconName; label: string; act: () => void; disabled?: boolean }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size="lg" aria-label={label} disabled={disabled} onClick={act} data-tool={name}><Icon name={name} size={18} /></ActionIcon>
    </Tooltip>
  );
}

/** A title and its field; where none is needed, an empty one gives back the question's own. */
function Rename({ title, label, hint, needed = false, keep }: { title: string; label: string; hint?: string; needed?: boolean; keep: (title: string) => void }) {
  const [text, setText] = useState(title);
  const wanted = text.trim().replace(/\s+/g, " ");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wanted || !needed) keep(wanted);
  };
  return (
    <form className="board-rename" onSubmit={submit}>
      <TextInput label={label} value={text} {...(hint ? { placeholder: hint } : {})} onChange={(event) => setText(event.currentTarget.value)} maxLength={200} dir="auto" autoFocus={!needed} />
      <Button type="submit" variant="default" disabled={wanted === title || (needed && !wanted)}>{say("keep")}</Button>
    </form>
  );
}
