import type { AttemptOfInterview } from "../api/types";

/** Those that have a report, in their order. A report stays while another one of the same attempt is being made. */
export const reportedAttempts = (attempts: AttemptOfInterview[]) =>
  attempts.filter((attempt) => attempt.assessment_status === "done" || attempt.overall_score !== null);

/** Where an interview's two newest reports stand beside each other, or null while there aren't two. */
export function comparisonOfNewest(interviewId: string, attempts: AttemptOfInterview[]): string | null {
  const [to, from] = reportedAttempts(attempts);
  return to && from ? comparisonAddress(interviewId, from.id, to.id) : null;
}

/** The attempt beside the one before it; the first one beside the one after it. */
export function comparisonWith(interviewId: string, attempts: AttemptOfInterview[], attemptId: string): string | null {
  const reported = reportedAttempts(attempts);
  const place = reported.findIndex((attempt) => attempt.id === attemptId);
  if (place < 0) return null;
  const before = reported[place + 1];
  if (before) return comparisonAddress(interviewId, before.id, attemptId);
  const after = reported[place - 1];
  return after ? comparisonAddress(interviewId, attemptId, after.id) : null;
}

const comparisonAddress = (interviewId: string, from: string, to: string) =>
  `/interviews/${interviewId}/compare?${new URLSearchParams({ from, to }).toString()}`;
