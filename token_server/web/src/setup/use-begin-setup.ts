import { useCallback, useState } from "react";

import { beginSetup } from "../api/setups";
import { type Busy, busyOf, useAgainWhileBusy } from "../components/use-again-while-busy";

export type BeginState =
  | { name: "idle" }
  | { name: "beginning" }
  | Busy
  | { name: "failed"; error: unknown };

/** Asks for a set-up. While everybody is busy it asks again when the API says so, until told to stop. */
export function useBeginSetup(onBegun: (setupId: string) => unknown) {
  const [state, setState] = useState<BeginState>({ name: "idle" });

  const begin = useCallback(async () => {
    setState({ name: "beginning" });
    try {
      onBegun(await beginSetup());
    } catch (error) {
      setState(busyOf(error) ?? { name: "failed", error });
    }
  }, [onBegun]);

  useAgainWhileBusy(state, setState, begin);

  return { state, begin: () => void begin(), stop: () => setState({ name: "idle" }) };
}
