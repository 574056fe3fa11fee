/** The server's answers as hooks: kept for a minute, cancelled when nobody waits for them any more. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get, type Asking, type Look, type Parameters, type Query, type Start } from "./api";
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
