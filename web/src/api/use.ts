// Reads and acts through TanStack Query: one cache, pages of lists, and one Idempotency-Key per thing a person does.
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { get, newKey, type Query } from "./client";
import { live } from "./live";
import type { Page } from "./types";

export function useResource<T>(path: string | undefined, query?: Query) {
  return useQuery({
    queryKey: [path, query],
    queryFn: ({ signal }) => get<T>(path!, query, signal),
    enabled: path !== undefined,
  });
}

// A list that grows page by page. `field` names the repeated field of the reply.
export function useList<T>(path: string | undefined, field: string, query: Query = {}) {
  const result = useInfiniteQuery({
    queryKey: [path, query, "pages"],
    queryFn: ({ pageParam, signal }) => get<Page & Record<string, T[]>>(path!, { ...query, pageToken: pageParam }, signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.nextPageToken || undefined,
    enabled: path !== undefined,
    placeholderData: keepPreviousData,
  });
  return { ...result, rows: result.data?.pages.flatMap((page) => (page[field] as T[] | undefined) ?? []) ?? [] };
}

// One act of a person. A retry of the same act carries the same key, so it happens once; a changed input is a new act.
export function useAct<In, Out>(act: (input: In, key: string) => Promise<Out>, touches: string[] = []) {
  const queries = useQueryClient();
  const last = useRef<{ body: string; key: string } | undefined>(undefined);
  return useMutation({
    mutationFn: (input: In) => {
      const body = JSON.stringify(input) ?? "";
      if (last.current?.body !== body) last.current = { body, key: newKey() };
      return act(input, last.current.key);
    },
    onSuccess: () => {
      last.current = undefined;
      return Promise.all(
        touches.map((start) =>
          queries.invalidateQueries({ predicate: (query) => String(query.queryKey[0]).startsWith(start) }),
        ),
      );
    },
  });
}

// Reads lists again when an event says that something of theirs changed.
export function useLiveRefresh(types: string[], paths: string[]): void {
  const queries = useQueryClient();
  const wanted = types.join();
  useEffect(
    () =>
      live.on((event) => {
        if (!types.some((type) => event.type.endsWith(type))) return;
        for (const path of paths) {
          void queries.invalidateQueries({ predicate: (query) => String(query.queryKey[0]).startsWith(path) });
        }
      }),
    [queries, wanted],
  );
}
