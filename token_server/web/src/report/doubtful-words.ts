import type { Turn } from "../api/types";
import scoring from "./scoring.json";

export interface Stretch {
  text: string;
  doubtful: boolean;
}

interface Place {
  start: number;
  end: number;
}

/** A word that isn't found this close behind the one before stands differently in the text; it is passed over. */
const FARTHEST = 24;
const LETTER = /[\p{L}\p{N}]/u;

/** The recognised text, cut where the recogniser begins or ceases to be sure of its words. */
export function stretchesOf({ text, words }: Pick<Turn, "text" | "words">): Stretch[] {
  const lowered = text.toLowerCase();
  const doubtful: Place[] = [];
  let end = 0;
  for (const word of words ?? []) {
    const place = placeOf(word.text.trim().toLowerCase(), lowered, end);
    if (place === null) continue;
    end = place.end;
    if (word.confidence < scoring.doubtful_confidence) doubtful.push(place);
  }
  return cut(text, doubtful);
}

function placeOf(word: string, text: string, from: number): Place | null {
  const start = word ? text.indexOf(word, from) : -1;
  const isInsideAnother = start > 0 && LETTER.test(text.charAt(start - 1)) && LETTER.test(word.charAt(0));
  if (start < 0 || start - from > FARTHEST || isInsideAnother) return null;
  return { start, end: start + word.length };
}

function cut(text: string, doubtful: Place[]): Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  for (const { start, end } of doubtful) {
    const between = text.slice(at, start);
    const last = stretches.at(-1);
    if (last?.doubtful && !between.trim()) {
      // Only a space between two doubtful words: one stretch.
      last.text += between + text.slice(start, end);
    } else {
      if (between) stretches.push({ text: between, doubtful: false });
      stretches.push({ text: text.slice(start, end), doubtful: true });
    }
    at = end;
  }
  if (at < text.length) stretches.push({ text: text.slice(at), doubtful: false });
  return stretches;
}
