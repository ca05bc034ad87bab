import { texts } from "../texts";
import type { ProblemBody, ProblemCode } from "./types";

/** A refusal of the API, or a request that never reached it (`code` is then "unreachable"). */
export class ApiProblem extends Error {
  readonly code: ProblemCode | "unreachable";
  readonly status: number;
  readonly fields: Record<string, string>;
  readonly attemptId: string | null;
  readonly retryAfterSec: number | null;

  constructor(body: Partial<ProblemBody> | undefined, response: Response | undefined) {
    const code = body?.code ?? (response && response.status < 500 ? "internal_error" : "unreachable");
    super(texts.problems[code]);
    this.name = "ApiProblem";
    this.code = code;
    this.status = response?.status ?? 0;
    this.fields = Object.fromEntries((body?.errors ?? []).map((error) => [error.field, error.message]));
    this.attemptId = body?.attempt_id ?? null;
    this.retryAfterSec = response ? retryAfterSec(response) : null;
  }
}

export function retryAfterSec(response: Response): number | null {
  const seconds = Number.parseFloat(response.headers.get("Retry-After") ?? "");
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

export function isProblem(error: unknown, code: ApiProblem["code"]): error is ApiProblem {
  return error instanceof ApiProblem && error.code === code;
}

/** What to show a person, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof ApiProblem ? error.message : texts.problems.internal_error;
}
