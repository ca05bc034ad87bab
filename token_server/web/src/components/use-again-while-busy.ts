import { useEffect } from "react";

import { isProblem } from "../api/problem";

const DEFAULT_RETRY_SEC = 5;

export interface Busy {
  name: "busy";
  retryInSec: number;
}

/** Everybody is busy, until the API says to ask again; null for any other problem. */
export function busyOf(error: unknown): Busy | null {
  if (!isProblem(error, "at_capacity")) return null;
  return { name: "busy", retryInSec: Math.ceil(error.retryAfterSec ?? DEFAULT_RETRY_SEC) };
}

/** While the state is busy: counts down and asks again. Another state ends it. */
export function useAgainWhileBusy(
  state: Busy | { name: string },
  setBusy: (state: Busy) => void,
  ask: () => Promise<void>,
) {
  useEffect(() => {
    if (!isBusy(state)) return undefined;
    const timer = window.setTimeout(() => {
      if (state.retryInSec <= 1) void ask();
      else setBusy({ name: "busy", retryInSec: state.retryInSec - 1 });
    }, 1000);
    return () => window.clearTimeout(timer);
  }, [state, setBusy, ask]);
}

const isBusy = (state: Busy | { name: string }): state is Busy => state.name === "busy";
