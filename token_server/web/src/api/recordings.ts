import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, bodyOf } from "./client";

const attemptPath = (id: string) => ({ params: { path: { attempt_id: id } } });

const POLL_SEC = 5;
/** A job sends its recording right after the end; one that was killed has it sent within a minute. */
const MOST_POLLS = 15;

/** Where the sound of one job is. An audio element reads it with the session's cookies. */
export const recordingAddress = (attemptId: string, epoch: number) => `/api/attempts/${attemptId}/recordings/${epoch}`;

export const recordingsQuery = (id: string) =>
  queryOptions({
    queryKey: ["attempts", id, "recordings"],
    queryFn: () => bodyOf(api.GET("/api/attempts/{attempt_id}/recordings", attemptPath(id))),
    refetchInterval: ({ state: { data, dataUpdateCount } }) =>
      data && data.items.length === 0 && !data.deleted_at && dataUpdateCount < MOST_POLLS ? POLL_SEC * 1000 : false,
  });

/** What is said before somebody consents. */
export const recordingTermsQuery = queryOptions({
  queryKey: ["recording-terms"],
  queryFn: () => bodyOf(api.GET("/api/recording-terms")),
  staleTime: Infinity,
});

export function useDeleteRecordings(attemptId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.DELETE("/api/attempts/{attempt_id}/recordings", attemptPath(attemptId))),
    onSettled: () => queries.invalidateQueries({ queryKey: recordingsQuery(attemptId).queryKey }),
  });
}
