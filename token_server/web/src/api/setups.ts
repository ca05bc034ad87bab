import { type QueryClient, queryOptions, replaceEqualDeep, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, bodyOf } from "./client";
import { isProblem } from "./problem";
import type { Connection, DraftChange, SetupDetail } from "./types";
import { WaitingConnections } from "./waiting-connections";

const KEY = ["setups"];
const UNFINISHED_SHOWN = 20;
const STALE_TRIES = 5;

const setupPath = (id: string) => ({ params: { path: { setup_id: id } } });
const connectionsWaiting = new WaitingConnections();

/** The assistant is sent for at once. */
export async function beginSetup(): Promise<string> {
  const { id, connection } = await bodyOf(api.POST("/api/setup-conversations"));
  connectionsWaiting.keep(id, connection);
  return id;
}

/** Takes up an abandoned set-up, and sends for an assistant if none is there. Refused with `setup_over` when confirmed. */
export async function setupConnection(id: string): Promise<Connection> {
  return (
    connectionsWaiting.take(id) ??
    bodyOf(api.POST("/api/setup-conversations/{setup_id}/connection", setupPath(id)))
  );
}

export const setupQuery = (id: string) =>
  queryOptions({
    queryKey: [...KEY, id],
    queryFn: () => bodyOf(api.GET("/api/setup-conversations/{setup_id}", setupPath(id))),
    // An answer that was overtaken on its way must not replace a newer draft.
    structuralSharing: (before: unknown, now: unknown) =>
      revisionOf(before) > revisionOf(now) ? before : replaceEqualDeep(before, now),
  });

const revisionOf = (setup: unknown) => (setup as SetupDetail | undefined)?.revision ?? -1;

/** Those that can be taken up, newest first. */
export const unfinishedQuery = queryOptions({
  queryKey: [...KEY, "unfinished"],
  queryFn: () =>
    bodyOf(
      api.GET("/api/setup-conversations", {
        params: { query: { status: ["live", "abandoned"], limit: UNFINISHED_SHOWN } },
      }),
    ),
  select: (page) => page.items,
  // One that was just left or taken up is in it, or isn't any more.
  staleTime: 0,
});

/** Stores fields of the draft. What is said meanwhile about other fields stays, and about these the hand wins. */
export async function storeFields(queries: QueryClient, id: string, fields: DraftChange): Promise<void> {
  const query = setupQuery(id);
  for (let tries = 1; ; tries += 1) {
    const { revision } = await queries.query({ ...query, staleTime: "static" });
    try {
      const body = { revision, ...fields };
      queries.setQueryData(
        query.queryKey,
        await bodyOf(api.PATCH("/api/setup-conversations/{setup_id}", { ...setupPath(id), body })),
      );
      return;
    } catch (error) {
      if (!isProblem(error, "stale_revision") || tries === STALE_TRIES) throw error;
      await queries.query({ ...query, staleTime: 0 });
    }
  }
}

/** Makes the interview from the draft of this revision. */
export const confirmSetup = (id: string, revision: number) =>
  bodyOf(api.POST("/api/setup-conversations/{setup_id}/confirm", { ...setupPath(id), body: { revision } }));

/** `onError` is called for each one that fails, also when several are on their way or the page has been left. */
export function useDeleteSetup(onError: (error: Error, id: string) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => bodyOf(api.DELETE("/api/setup-conversations/{setup_id}", setupPath(id))),
    onError,
    onSettled: () => queries.invalidateQueries({ queryKey: unfinishedQuery.queryKey }),
  });
}

export const useUnfinishedSetups = () => useQuery(unfinishedQuery);
