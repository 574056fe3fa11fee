/** Boards: answers pinned side by side, each with the texts it was asked with. Changes of one board are sent one after another. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { get, send, type Look, type Parameters } from "./api";

export type Card = { question: string; parameters: Parameters; title: string; wide: boolean };
export type Board = { id: number; title: string; version: number; cards: Card[]; changed_at: string };
export type Boards = { boards: Board[]; most: number };

export const MOST_CARDS = 24;

export function useBoards(wanted = true) {
  return useQuery({ queryKey: ["boards"], queryFn: ({ signal }) => get<Boards>("/v1/boards", {}, signal), enabled: wanted, staleTime: 0 });
}

export function useBoard(number: string) {
  return useQuery({ queryKey: ["board", number], queryFn: ({ signal }) => get<Board>(`/v1/boards/${number}`, {}, signal), staleTime: 0 });
}

/** A card is known by what it asks; a board has each once. */
export const keyOf = (card: Card) => JSON.stringify([card.question, Object.entries(card.parameters).sort(([one], [other]) => (one < other ? -1 : 1))]);

/** An answer as a card, asked as it stands in the address. */
export const pinned = (look: Look, title: string): Card => ({ question: look.name, parameters: look.given, title: title === look.title ? "" : title, wide: false });

export const made = (title: string, cards: Card[] = []) => send<Board>("POST", "/v1/boards", { title, cards });
export const changed = ({ id, version, title, cards }: Board) => send<Board>("PUT", `/v1/boards/${id}`, { version, title, cards });
export const gone = ({ id }: Board) => send<Board>("DELETE", `/v1/boards/${id}`);

/** Shows a change at once and sends it after those before it; one that is refused is taken back, and `refused` hears why. */
export function useChange(number: string, refused: (error: Error) => void) {
  const client = useQueryClient();
  const last = useRef(Promise.resolve());
  const key = ["board", number];
  const here = () => client.getQueryData<Board>(key);
  return (change: (board: Board) => Partial<Pick<Board, "title" | "cards">>) => {
    const before = here();
    if (!before) return;
    client.setQueryData(key, { ...before, ...change(before) });
    last.current = last.current.then(async () => {
      try {
        const { version } = await changed(here()!);
        client.setQueryData<Board>(key, (shown) => shown && { ...shown, version });
      } catch (error) {
        refused(error as Error);
        await client.invalidateQueries({ queryKey: key });
      }
    });
  };
}
