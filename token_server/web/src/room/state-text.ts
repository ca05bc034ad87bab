import { texts } from "../texts";
import type { Interviewer } from "./use-interviewer";

const { states } = texts.room;

interface Circumstances {
  connecting: boolean;
  reconnecting: boolean;
  /** Without a microphone. */
  isDeaf: boolean;
  muted: boolean;
  isLate: boolean;
}

/** What goes on between the two, in words; `joining` is said while the interviewer is on the way. */
export function stateText(
  presence: Interviewer["presence"],
  { connecting, reconnecting, isDeaf, muted, isLate }: Circumstances,
  joining: string,
): string {
  if (connecting) return states.connecting;
  if (reconnecting) return states.waiting;
  if (presence === "joining") return isLate ? states.joiningLong : joining;
  if (isDeaf && presence === "listening") return states.deaf;
  return muted && presence === "listening" ? states.muted : states[presence];
}
