import { ActionIcon } from "@mantine/core";
import { IconPlayerPlayFilled, IconPlayerStopFilled } from "@tabler/icons-react";

import { formatClock } from "../format";
import { texts } from "../texts";
import { usePlayback } from "./playback";

const words = texts.recording;

interface PlayButtonProps {
  startedMs: number | null | undefined;
  /** Null: the end of its turn. */
  endedMs?: number | null;
  turnSeq?: number | null | undefined;
}

/** Plays that moment. Not there where its sound wasn't kept. */
export function PlayButton({ startedMs, endedMs = null, turnSeq = null }: PlayButtonProps) {
  const playback = usePlayback();
  if (!playback || typeof startedMs !== "number") return null;
  const moment = playback.momentOf(startedMs, endedMs, turnSeq);
  if (!moment) return null;
  const { playing } = playback;
  const isPlaying = playing?.epoch === moment.epoch && playing.fromSec === moment.fromSec && playing.toSec === moment.toSec;
  return (
    <ActionIcon
      variant="subtle"
      size={26}
      radius="xl"
      className="no-print"
      aria-label={isPlaying ? words.stop : words.play(formatClock(startedMs / 1000))}
      onClick={() => (isPlaying ? playback.stop() : playback.play(moment))}
    >
      {isPlaying ? <IconPlayerStopFilled size={14} aria-hidden /> : <IconPlayerPlayFilled size={14} aria-hidden />}
    </ActionIcon>
  );
}
