import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { turnsQuery } from "../api/attempts";
import { serverMsAt } from "../api/server-clock";
import type { Turn } from "../api/types";
import type { Caption } from "./use-captions";

const POLL_MS = 2_000;
const NO_TURNS: Turn[] = [];

/**
 * What began before this page came to the room; the rest arrives as captions. A turn is stored once it is over, and
 * one that a reload cut off is still being recognised then. They are stored in their order: so the page asks until
 * there is one that began later.
 */
export function useEarlierTurns(attemptId: string, startedAt: string | null | undefined): Turn[] {
  const [cameAtMs] = useState(() => performance.now());
  const startedMs = startedAt ? Date.parse(startedAt) : null;
  const isEarlier = (turn: Turn) => startedMs !== null && startedMs + turn.started_ms < serverMsAt(cameAtMs);
  const isComplete = (turns: Turn[]) => startedMs !== null && !turns.every(isEarlier);
  const { data = NO_TURNS } = useQuery({
    ...turnsQuery(attemptId),
    staleTime: Infinity,
    gcTime: 0,
    refetchInterval: ({ state }) => (state.data && isComplete(state.data) ? false : POLL_MS),
  });
  return data.filter(isEarlier);
}

/** Words that were cut off may be recognised when the page is back: they are a caption then, and a turn soon after. */
export function withoutEarlier(captions: Caption[], earlier: Turn[]): Caption[] {
  const last = earlier.at(-1);
  if (last?.speaker !== "candidate") return captions;
  const answeredAt = captions.findIndex(({ speaker }) => speaker === "interviewer");
  const before = answeredAt < 0 ? captions.length : answeredAt;
  return captions.filter(({ text }, at) => at >= before || !last.text.includes(text.trim()));
}
