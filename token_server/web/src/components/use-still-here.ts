import { useCallback, useEffect, useRef } from "react";
import { useNavigation } from "react-router";

/** Whether somebody is still on this page and not on the way to another: an answer that comes late leads them nowhere. */
export function useStillHere(): () => boolean {
  const { state } = useNavigation();
  const isHere = useRef(false);
  useEffect(() => {
    isHere.current = state === "idle";
    return () => {
      isHere.current = false;
    };
  }, [state]);
  return useCallback(() => isHere.current, []);
}
