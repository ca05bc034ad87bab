import { notifications } from "@mantine/notifications";
import { useCallback, useEffect, useRef, useState } from "react";

import { type AttemptWishes, startAttempt } from "../api/attempts";
import { useForgetInterviews } from "../api/interviews";
import { ApiProblem, isProblem } from "../api/problem";
import { texts } from "../texts";
import { type Busy, busyOf, useAgainWhileBusy } from "./use-again-while-busy";
import { useStillHere } from "./use-still-here";

export type StartState =
  | { name: "idle" }
  | { name: "starting" }
  | Busy
  | { name: "open_elsewhere"; attemptId: string }
  | { name: "failed"; error: unknown };

/**
 * Asks for an attempt. While all interviewers are busy it asks again when the API says so, until told to stop. Whoever
 * has left the page before the answer finds the attempt among their interviews.
 */
export function useStartAttempt(
  interviewId: string,
  { questions, tone, recordAudio }: AttemptWishes,
  onStarted: (attemptId: string) => unknown,
) {
  const [state, setState] = useState<StartState>({ name: "idle" });
  const forgetInterviews = useForgetInterviews();
  const isStillHere = useStillHere();
  // One key per intent to start: a repeated click or a lost answer never makes a second attempt. Another consent is
  // another intent: the attempt of an answer that was lost must not be taken for one that is recorded, or isn't.
  const idempotencyKey = useRef(newKey());
  useEffect(() => {
    idempotencyKey.current = newKey();
  }, [questions, tone, recordAudio]);

  const begin = useCallback(async () => {
    setState({ name: "starting" });
    try {
      const started = await startAttempt(interviewId, { questions, tone, recordAudio }, idempotencyKey.current);
      void forgetInterviews();
      if (!isStillHere()) {
        setState({ name: "idle" });
        return;
      }
      tellOfOldOnes(started.new_question_count, started.question_count);
      onStarted(started.attempt.id);
    } catch (error) {
      const busy = busyOf(error);
      if (busy) {
        setState(busy);
      } else if (isProblem(error, "attempt_open") && error.attemptId) {
        idempotencyKey.current = newKey();
        setState({ name: "open_elsewhere", attemptId: error.attemptId });
      } else {
        if (error instanceof ApiProblem && error.code !== "unreachable") idempotencyKey.current = newKey();
        setState({ name: "failed", error });
      }
    }
  }, [interviewId, questions, tone, recordAudio, onStarted, forgetInterviews, isStillHere]);

  useAgainWhileBusy(state, setState, begin);

  return { state, begin: () => void begin(), stop: () => setState({ name: "idle" }) };
}

/** Whoever asked for fresh questions learns it where there weren't enough. */
function tellOfOldOnes(fresh: number | null | undefined, count: number) {
  if (fresh === null || fresh === undefined || fresh === count) return;
  notifications.show({ message: texts.prepare.someNew(fresh, count), autoClose: 12_000 });
}

// crypto.randomUUID is missing where the page is reached without TLS.
const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
