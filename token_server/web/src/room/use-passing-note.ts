import { useState } from "react";

/** A short note that goes away with the moment in which it was told. Each has a number of its own. */
export function usePassingNote(moment: string) {
  const [note, setNote] = useState({ text: "", number: 0 });
  const [shown, setShown] = useState(moment);
  const tell = (text: string) => setNote(({ number }) => ({ text, number: number + 1 }));
  if (moment !== shown) {
    setShown(moment);
    tell("");
  }
  return { note, tell };
}
