// Reads and acts through TanStack Query: one cache, pages of lists, and one Idempotency-Key per thing a person does.
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { get, newKey, type Query } from "./client";
import { isA, type EventName } from "./events";
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

// A burst of events reads once; what another service keeps from events is read once more when it has had time to hear them.
const BURST_MS = 200;
const SETTLED_MS = 2500;

// Reads again what stands under `paths` when one of the events says that it changed. `kept`: the paths' service learns of it
// by the same event (a customer's timeline, a report), so the first answer may still be the old one.
export function useLiveRefresh(names: EventName[], paths: string[], kept = false): void {
  const queries = useQueryClient();
  const wanted = names.join();
  const where = paths.join();
  useEffect(() => {
    let soon: ReturnType<typeof setTimeout> | undefined;
    let later: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      soon = undefined;
      for (const path of paths) void queries.invalidateQueries({ predicate: (query) => String(query.queryKey[0]).startsWith(path) });
    };
    const stop = live.on((event) => {
      if (!names.some((name) => isA(event, name))) return;
      soon ??= setTimeout(read, BURST_MS);
      if (!kept) return;
      clearTimeout(later);
      later = setTimeout(read, SETTLED_MS);
    });
    return () => {
      stop();
      clearTimeout(soon);
      clearTimeout(later);
    };
  }, [queries, wanted, where, kept]);
}
