import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, bodyOf } from "./client";

const RESUME_KEY = ["resume"];

/** Reads a file, or checks what a text names. Nothing is stored. */
export const readDocument = (document: Blob) =>
  bodyOf(
    api.POST("/api/documents/read", {
      // The body is the file itself; the API's document calls any file a string.
      body: document as unknown as string,
      bodySerializer: (body) => body as unknown as Blob,
      headers: { "Content-Type": "application/octet-stream" },
    }),
  );

/** What of a pasted text the choice of questions goes by. */
export const findingsQuery = (text: string) =>
  queryOptions({
    queryKey: ["findings", text],
    queryFn: async () => (await readDocument(new Blob([text]))).findings,
    retry: false,
    staleTime: Infinity,
    gcTime: 60_000,
  });

export const resumeQuery = queryOptions({
  queryKey: RESUME_KEY,
  queryFn: async () => (await bodyOf(api.GET("/api/resume"))).resume,
});

export function useKeepResume() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (text: string) => bodyOf(api.PUT("/api/resume", { body: { text } })),
    onSuccess: (kept) => queries.setQueryData(RESUME_KEY, kept),
  });
}

export function useDeleteResume() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.DELETE("/api/resume")),
    onSuccess: () => queries.setQueryData(RESUME_KEY, null),
  });
}

export function useDeleteJobDescription(interviewId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      bodyOf(
        api.DELETE("/api/interviews/{interview_id}/job-description", { params: { path: { interview_id: interviewId } } }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["interviews"] }),
  });
}
