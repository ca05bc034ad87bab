import { useCallback, useState } from "react";

import { beginSetup } from "../api/setups";
import { type Busy, busyOf, useAgainWhileBusy } from "../components/use-again-while-busy";
import { useStillHere } from "../components/use-still-here";

export type BeginState =
  | { name: "idle" }
  | { name: "beginning" }
  | Busy
  | { name: "failed"; error: unknown };

/**
 * Asks for a set-up. While everybody is busy it asks again when the API says so, until told to stop. Whoever has left
 * the page before the answer is left alone.
 */
export function useBeginSetup(onBegun: (setupId: string) => unknown) {
  const [state, setState] = useState<BeginState>({ name: "idle" });
  const isStillHere = useStillHere();

  const begin = useCallback(async () => {
    setState({ name: "beginning" });
    try {
      const setupId = await beginSetup();
      if (isStillHere()) onBegun(setupId);
      else setState({ name: "idle" });
    } catch (error) {
      setState(busyOf(error) ?? { name: "failed", error });
    }
  }, [onBegun, isStillHere]);

  useAgainWhileBusy(state, setState, begin);

  return { state, begin: () => void begin(), stop: () => setState({ name: "idle" }) };
}
