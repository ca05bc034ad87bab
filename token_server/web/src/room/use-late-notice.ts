import { useEffect, useState } from "react";

const LATE_MS = 12_000;

/** True once something has been awaited for longer than a person expects. */
export function useLateNotice(waiting: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!waiting) return undefined;
    const timer = window.setTimeout(() => setLate(true), LATE_MS);
    return () => {
      window.clearTimeout(timer);
      setLate(false);
    };
  }, [waiting]);
  return late;
}
