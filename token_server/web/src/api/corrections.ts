import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Client } from "openapi-fetch";

import type { CorrectionPaths } from "./additions";
import { turnsQuery } from "./attempts";
import { api, bodyOf } from "./client";

const PATH = "/api/attempts/{attempt_id}/turns/{seq}/correction";
// The paths are typed by hand for now: additions.ts.
const corrections = api as unknown as Client<CorrectionPaths>;

/** Saying what one said in a turn, and taking that back. What was recognised stays as it is. */
export function useCorrection(attemptId: string, seq: number) {
  const queries = useQueryClient();
  const params = { path: { attempt_id: attemptId, seq } };

  function stored(text: string | null) {
    queries.setQueryData(turnsQuery(attemptId).queryKey, (turns) =>
      turns?.map((turn) => (turn.seq === seq ? { ...turn, corrected_text: text } : turn)),
    );
    // The report may be from before it now.
    return queries.invalidateQueries({ queryKey: ["attempts", attemptId, "feedback"] });
  }

  const save = useMutation({
    mutationFn: (text: string) => bodyOf(corrections.PUT(PATH, { params, body: { text } })),
    onSuccess: (_answer, text) => stored(text),
  });
  const takeBack = useMutation({
    mutationFn: () => bodyOf(corrections.DELETE(PATH, { params })),
    onSuccess: () => stored(null),
  });
  return { save, takeBack };
}
