import { useCallback, useEffect, useState } from "react";

import { isProblem } from "../api/problem";
import { beginSetup } from "../api/setups";

const DEFAULT_RETRY_SEC = 5;

export type BeginState =
  | { name: "idle" }
  | { name: "beginning" }
  | { name: "busy"; retryInSec: number }
  | { name: "failed"; error: unknown };

/** Asks for a set-up. While everybody is busy it asks again when the API says so, until told to stop. */
export function useBeginSetup(onBegun: (setupId: string) => unknown) {
  const [state, setState] = useState<BeginState>({ name: "idle" });

  const begin = useCallback(async () => {
    setState({ name: "beginning" });
    try {
      onBegun(await beginSetup());
    } catch (error) {
      if (isProblem(error, "at_capacity")) {
        setState({ name: "busy", retryInSec: Math.ceil(error.retryAfterSec ?? DEFAULT_RETRY_SEC) });
      } else setState({ name: "failed", error });
    }
  }, [onBegun]);

  useEffect(() => {
    if (state.name !== "busy") return undefined;
    const timer = window.setTimeout(() => {
      if (state.retryInSec <= 1) void begin();
      else setState({ name: "busy", retryInSec: state.retryInSec - 1 });
    }, 1000);
    return () => window.clearTimeout(timer);
  }, [state, begin]);

  return { state, begin: () => void begin(), stop: () => setState({ name: "idle" }) };
}
