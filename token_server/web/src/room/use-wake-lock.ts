import { useEffect } from "react";

/** A phone's screen stays on while somebody talks: dark, many browsers take the microphone away. */
export function useWakeLock(): void {
  useEffect(() => {
    // Absent in some browsers and on insecure pages, whatever the type says.
    const wakeLock = navigator.wakeLock as WakeLock | undefined;
    if (!wakeLock) return undefined;
    let lock: WakeLockSentinel | null = null;
    let left = false;
    const take = async () => {
      if (document.visibilityState !== "visible") return;
      try {
        lock = await wakeLock.request("screen");
        if (left) await lock.release();
      } catch {
        // Refused, by a low battery for example: then the screen goes dark as usual.
      }
    };
    void take();
    // The browser lets go of it when the tab is hidden.
    const again = () => void take();
    document.addEventListener("visibilitychange", again);
    return () => {
      left = true;
      document.removeEventListener("visibilitychange", again);
      void lock?.release();
    };
  }, []);
}
