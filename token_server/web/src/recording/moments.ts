import type { RecordingItem, Turn } from "../api/types";

/** A stretch of one file. */
export interface Moment {
  epoch: number;
  fromSec: number;
  toSec: number;
}

/** What was said isn't cut off at its last sound. */
const AFTER_SEC = 0.4;

/** Where in which file a stretch of the attempt's time is; null where nothing was recorded then. */
export function momentAt(recordings: readonly RecordingItem[], startedMs: number, endedMs: number): Moment | null {
  const file = recordings.findLast(
    ({ offset_ms: from, duration_ms: length }) => from <= startedMs && startedMs < from + length,
  );
  if (!file) return null;
  const fromSec = (startedMs - file.offset_ms) / 1000;
  const length = Math.max(endedMs, startedMs) - startedMs;
  return { epoch: file.epoch, fromSec, toSec: fromSec + length / 1000 + AFTER_SEC };
}

/** When the turn ends in which something was said. */
export function endOfTurn(turns: readonly Turn[], seq: number): number | null {
  const turn = turns.find((one) => one.seq === seq || one.parts.some((part) => part.seq === seq));
  return turn?.ended_ms ?? null;
}
