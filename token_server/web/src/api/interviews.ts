import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, bodyOf } from "./client";
import type { InterviewFilter, NewInterview } from "./types";

const PAGE_SIZE = 20;
const KEY = ["interviews"];

export const interviewsQuery = (filter: InterviewFilter) =>
  infiniteQueryOptions({
    queryKey: [...KEY, "list", filter],
    queryFn: ({ pageParam }) =>
      bodyOf(
        api.GET("/api/interviews", {
          params: { query: { ...filter, limit: PAGE_SIZE, cursor: pageParam ?? undefined } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? null,
    // What was found stays until what is asked for now is there.
    placeholderData: keepPreviousData,
  });

/** Of all interviews, to choose from. */
export const technologiesQuery = queryOptions({
  queryKey: [...KEY, "technologies"],
  queryFn: () => bodyOf(api.GET("/api/interviews/technologies")),
  select: (page) => page.items,
});

export const interviewQuery = (id: string) =>
  queryOptions({
    queryKey: [...KEY, id],
    queryFn: () => bodyOf(api.GET("/api/interviews/{interview_id}", { params: { path: { interview_id: id } } })),
  });

export function useCreateInterview() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewInterview) => bodyOf(api.POST("/api/interviews", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

/** A changed parameter makes a new plan; earlier attempts keep theirs. */
export function useChangeInterview(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (changed: NewInterview) =>
      bodyOf(
        api.PATCH("/api/interviews/{interview_id}", {
          params: { path: { interview_id: id } },
          // What is left out stays, so no job description is said with an empty one.
          body: { ...changed, job_description: changed.job_description ?? "" },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

/** `onError` is called for each one that fails, also when several are on their way or the page has been left. */
export function useDeleteInterview(onError: (error: Error, id: string) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      bodyOf(
        api.DELETE("/api/interviews/{interview_id}", {
          params: { path: { interview_id: id } },
          // It may be the last that a page does.
          keepalive: true,
        }),
      ),
    onError,
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

export function useForgetInterviews() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: KEY });
}
