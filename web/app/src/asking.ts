/** The server's answers as hooks: kept for a minute, cancelled when nobody waits for them any more. */
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, type Asking, type Company, type Segment, type Look, type Parameters, type Query, type Start } from "./api";
import { language } from "./words";

export function useStart() {
  return useQuery({ queryKey: ["start"], queryFn: ({ signal }) => get<Start>("/v1/start", { lang: language }, signal), staleTime: Infinity });
}

export function useLook(name: string, given: Parameters, rows?: number) {
  const asked = { ...given, lang: language, ...(rows === undefined ? {} : { rows: String(rows) }) };
  return useQuery({
    queryKey: ["look", name, asked],
    queryFn: ({ signal }) => get<Look>(`/v1/look/${name}`, asked, signal),
    placeholderData: (before, query) => (query?.queryKey[1] === name ? keepPreviousData(before) : undefined),
  });
}

/** Finds an answer anew, however young the one that is kept. */
export function useAnew(name: string, given: Parameters) {
  const cache = useQueryClient();
  const asked = { ...given, lang: language };
  return async () => cache.setQueryData(["look", name, asked], await get<Look>(`/v1/look/${name}`, { ...asked, fresh: "1" }));
}

/** The controls alone, for a question that cannot be answered as it was asked. */
export function useControls(name: string, given: Parameters, wanted: boolean) {
  return useQuery({
    queryKey: ["controls", name, given],
    queryFn: ({ signal }) => get<Asking>(`/v1/controls/${name}`, { ...given, lang: language }, signal),
    enabled: wanted,
  });
}

export function useHow(name: string, given: Parameters, wanted: boolean) {
  return useQuery({
    queryKey: ["how", name, given],
    queryFn: ({ signal }) => get<Query>(`/v1/how/${name}`, given, signal),
    enabled: wanted,
  });
}

export type Move = { name: string; title: string; events: number };
/** The moves that customers made, with how often: asked for once, when a picker is there. */
export function useMoves() {
  return useQuery({ queryKey: ["moves"], queryFn: ({ signal }) => get<{ moves: Move[] }>("/v1/offered", { lang: language }, signal), staleTime: 300_000 }).data?.moves ?? [];
}

export function useValues(dimension: string, wanted: boolean) {
  return useQuery({
    queryKey: ["offered", dimension],
    queryFn: ({ signal }) => get<{ values: { value: string; events: number }[] }>(`/v1/offered/${dimension}`, {}, signal),
    enabled: wanted && dimension !== "",
    staleTime: 300_000,
  });
}

export function useSegments(wanted: boolean) {
  return useQuery({ queryKey: ["segments"], queryFn: ({ signal }) => get<{ segments: Segment[] }>("/v1/segments", {}, signal), enabled: wanted }).data?.segments ?? [];
}

export function useCompany(wanted = true) {
  return useQuery({ queryKey: ["company"], queryFn: ({ signal }) => get<Company>("/v1/company", {}, signal), enabled: wanted });
}
