import createClient from "openapi-fetch";

import { ApiProblem } from "./problem";
import type { paths } from "./schema";
import { noteServerTime } from "./server-clock";
import type { ProblemBody } from "./types";

// A 401 of these is the answer, not a sign that the session needs a refresh.
const CREDENTIAL_CALLS = ["/api/auth/sign-in", "/api/auth/sign-up", "/api/auth/refresh", "/api/auth/password-reset/confirm"];

let refreshing: Promise<boolean> | null = null;

/** The session lives in HttpOnly cookies that only the API sets; calls in flight together share one refresh. */
export function refreshSession(): Promise<boolean> {
  refreshing ??= fetch("/api/auth/refresh", { method: "POST", headers: { Accept: "application/json" } })
    .then((response) => response.ok)
    .catch(() => false)
    .finally(() => {
      refreshing = null;
    });
  return refreshing;
}

async function fetchWithRefresh(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await fetch(request);
  noteServerTime(response);
  const isCredentialCall = CREDENTIAL_CALLS.includes(new URL(request.url).pathname);
  if (response.status !== 401 || isCredentialCall || !(await refreshSession())) return response;
  return fetch(again);
}

export const api = createClient<paths>({ baseUrl: window.location.origin, fetch: fetchWithRefresh });

interface Answered<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a call that went well; anything else is thrown as an ApiProblem. */
export async function bodyOf<T>(call: Promise<Answered<T>>): Promise<T> {
  return (await answerOf(call)).data as T;
}

/** As bodyOf, with the response for its headers. */
export async function answerOf<T>(call: Promise<Answered<T>>): Promise<Answered<T>> {
  let answer: Answered<T>;
  try {
    answer = await call;
  } catch {
    // fetch rejects only when no answer came; a body that isn't JSON comes from something between us and the API.
    throw new ApiProblem(undefined, undefined);
  }
  if (!answer.response.ok) {
    const isObject = typeof answer.error === "object" && answer.error !== null;
    throw new ApiProblem(isObject ? (answer.error as Partial<ProblemBody>) : undefined, answer.response);
  }
  return answer;
}
