import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, bodyOf } from "./client";

const PATH = "/api/attempts/{attempt_id}/turns/{seq}/correction";

export interface Correction {
  seq: number;
  /** Null takes it back. */
  text: string | null;
}

/** Saying what one said in a turn or its parts. What was recognised stays as it is. */
export function useCorrect(attemptId: string) {
  const queries = useQueryClient();
  // The turn has another text, and the report may be from before it.
  const forget = () => queries.invalidateQueries({ queryKey: ["attempts", attemptId] });
  return useMutation({
    mutationFn: async (corrections: Correction[]) => {
      for (const { seq, text } of corrections) {
        const params = { path: { attempt_id: attemptId, seq } };
        await (text === null
          ? bodyOf(api.DELETE(PATH, { params }))
          : bodyOf(api.PUT(PATH, { params, body: { text } })));
      }
    },
    onSuccess: forget,
    // Some of it may be stored. Nobody waits for that: what failed is said at once.
    onError: () => void forget(),
  });
}
