import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, bodyOf } from "./client";
import type { NewInterview } from "./types";

const PAGE_SIZE = 20;
const KEY = ["interviews"];

export const interviewsQuery = infiniteQueryOptions({
  queryKey: [...KEY, "list"],
  queryFn: ({ pageParam }) =>
    bodyOf(
      api.GET("/api/interviews", { params: { query: { limit: PAGE_SIZE, cursor: pageParam ?? undefined } } }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor ?? null,
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

export function useDeleteInterview() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      bodyOf(api.DELETE("/api/interviews/{interview_id}", { params: { path: { interview_id: id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

export function useForgetInterviews() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: KEY });
}
