import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { answerOf, api, bodyOf } from "./client";
import { retryAfterSec } from "./problem";
import type { Command, Connection, FeedbackAnswer, Tone, Turn } from "./types";
import { WaitingConnections } from "./waiting-connections";

const attemptPath = (id: string) => ({ params: { path: { attempt_id: id } } });

const connectionsWaiting = new WaitingConnections();

export interface AttemptWishes {
  questions: "same" | "fresh";
  /** Null keeps the interview's. */
  tone: Tone | null;
  /** The candidate's consent. */
  recordAudio: boolean;
}

export function startAttempt(
  interviewId: string,
  { questions, tone, recordAudio }: AttemptWishes,
  idempotencyKey: string,
) {
  return bodyOf(
    api.POST("/api/interviews/{interview_id}/attempts", {
      params: { path: { interview_id: interviewId } },
      body: { questions, tone, record_audio: recordAudio },
      headers: { "Idempotency-Key": idempotencyKey },
    }),
  ).then(({ connection, ...started }) => {
    connectionsWaiting.keep(started.attempt.id, connection);
    return started;
  });
}

/** Asking again dispatches an interviewer if none is there. Refused with `attempt_over` when the attempt has ended. */
export async function connectionTo(attemptId: string): Promise<Connection> {
  return connectionsWaiting.take(attemptId) ?? bodyOf(api.POST("/api/attempts/{attempt_id}/connection", attemptPath(attemptId)));
}

export const sendCommand = (attemptId: string, command: Command) =>
  bodyOf(api.POST("/api/attempts/{attempt_id}/commands", { ...attemptPath(attemptId), body: { command } }));

export const endAttempt = (attemptId: string) =>
  bodyOf(api.POST("/api/attempts/{attempt_id}/end", attemptPath(attemptId)));

export const attemptQuery = (id: string) =>
  queryOptions({
    queryKey: ["attempts", id],
    queryFn: () => bodyOf(api.GET("/api/attempts/{attempt_id}", attemptPath(id))),
  });

export const turnsQuery = (id: string) =>
  queryOptions({
    queryKey: ["attempts", id, "turns"],
    queryFn: async () => {
      const turns: Turn[] = [];
      let cursor: number | undefined;
      do {
        const page = await bodyOf(
          api.GET("/api/attempts/{attempt_id}/turns", {
            params: { path: { attempt_id: id }, query: { limit: 100, cursor } },
          }),
        );
        turns.push(...page.items);
        cursor = page.next_cursor ? Number(page.next_cursor) : undefined;
      } while (cursor !== undefined);
      return turns;
    },
  });

const DEFAULT_POLL_SEC = 2;
const WAITING: readonly FeedbackAnswer["status"][] = ["not_ready", "queued", "running"];

export const isWaiting = ({ status }: Pick<FeedbackAnswer, "status">) => WAITING.includes(status);

/** Asks again for as long as there is something to wait for, as often as the API says. Null: the newest. */
export const feedbackQuery = (id: string, assessmentId: string | null = null) =>
  queryOptions({
    queryKey: ["attempts", id, "feedback", assessmentId ?? "newest"],
    queryFn: async () => {
      const { data, response } = await answerOf(
        api.GET("/api/attempts/{attempt_id}/feedback", {
          params: { path: { attempt_id: id }, query: { assessment: assessmentId ?? undefined } },
        }),
      );
      return { answer: data as FeedbackAnswer, retryAfterSec: retryAfterSec(response) };
    },
    refetchInterval: ({ state }) =>
      state.data && isWaiting(state.data.answer) ? (state.data.retryAfterSec ?? DEFAULT_POLL_SEC) * 1000 : false,
  });

/** Every assessment of the attempt, newest first. */
export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ["attempts", id, "feedback", "versions"],
    queryFn: async () => {
      const { items } = await bodyOf(api.GET("/api/attempts/{attempt_id}/feedback/versions", attemptPath(id)));
      return items;
    },
    refetchInterval: ({ state }) => (state.data?.some(isWaiting) ? DEFAULT_POLL_SEC * 1000 : false),
  });

export function useAssessAgain(attemptId: string) {
  const queries = useQueryClient();
  const forget = () => queries.invalidateQueries({ queryKey: ["attempts", attemptId, "feedback"] });
  return useMutation({
    mutationFn: () => bodyOf(api.POST("/api/attempts/{attempt_id}/feedback", attemptPath(attemptId))),
    onSuccess: forget,
    // When it is being made already, that is to be seen.
    onError: () => void forget(),
  });
}
