import { useEffect, useRef, useState } from "react";

/** Long enough to be read, and to be seen at all where the interviewer reacts at once. */
const LEAST_SHOWN_MS = 2000;

/** A short note that goes away with the moment in which it was told. Each has a number of its own. */
export function usePassingNote(moment: string) {
  const [note, setNote] = useState({ text: "", number: 0 });
  const toldAt = useRef(0);
  const tell = (text: string) => {
    toldAt.current = Date.now();
    setNote(({ number }) => ({ text, number: number + 1 }));
  };
  useEffect(() => {
    const rest = Math.max(0, toldAt.current + LEAST_SHOWN_MS - Date.now());
    const taken = toldAt.current;
    const timer = window.setTimeout(() => {
      // What was told since belongs to the new moment.
      if (toldAt.current === taken) setNote(({ number }) => ({ text: "", number }));
    }, rest);
    return () => window.clearTimeout(timer);
  }, [moment]);
  return { note, tell };
}
