// What an operator arranged for himself. Identity keeps it, so it is the same at every desk; other tabs of this browser read it
// again as soon as it is kept.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { patch } from "../api/client";
import type { Preferences } from "../api/types";
import { useResource } from "../api/use";

const PATH = "/v1/operators/me/preferences";
const KEY = [PATH, undefined];
const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("lintel-preferences");

// The text under `key` ("" when there is none) and the act that replaces it; it shows at once and goes back when refused.
export function usePreference(key: string) {
  const queries = useQueryClient();
  const found = useResource<Preferences>(PATH);
  const act = useMutation({
    // One after the other, so that the last choice is the one that stays.
    scope: { id: PATH },
    mutationFn: (value: string) => patch<Preferences>(PATH, { values: { [key]: value } }),
    onMutate: async (value) => {
      await queries.cancelQueries({ queryKey: KEY });
      queries.setQueryData<Preferences>(KEY, (old) => ({ values: { ...old?.values, [key]: value } }));
    },
    onSuccess: () => channel?.postMessage("changed"),
    onError: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  useEffect(() => {
    const read = () => void queries.invalidateQueries({ queryKey: KEY });
    channel?.addEventListener("message", read);
    return () => channel?.removeEventListener("message", read);
  }, [queries]);
  return { value: found.data?.values?.[key] ?? "", set: act.mutate, error: act.error };
}
