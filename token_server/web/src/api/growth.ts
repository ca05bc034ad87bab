import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, bodyOf } from "./client";

/** Null: what the API takes by itself, the newest attempt with feedback and the one before it. */
export const comparisonQuery = (interviewId: string, from: string | null, to: string | null) =>
  queryOptions({
    queryKey: ["interviews", interviewId, "comparison", from, to],
    queryFn: () =>
      bodyOf(
        api.GET("/api/interviews/{interview_id}/comparison", {
          params: { path: { interview_id: interviewId }, query: { from: from ?? undefined, to: to ?? undefined } },
        }),
      ),
    // Another choice takes the place of this one without the page collapsing in between.
    placeholderData: keepPreviousData,
  });

export const progressQuery = queryOptions({
  queryKey: ["progress"],
  queryFn: () => bodyOf(api.GET("/api/progress")),
});
