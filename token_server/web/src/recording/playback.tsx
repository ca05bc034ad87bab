import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";

import { turnsQuery } from "../api/attempts";
import { recordingAddress, recordingsQuery } from "../api/recordings";
import type { RecordingItem, Turn } from "../api/types";
import { endOfTurn, type Moment, momentAt } from "./moments";

export const canPlayRecordings = () => document.createElement("audio").canPlayType('audio/ogg; codecs="opus"') !== "";

interface Playback {
  /** Null where nothing was recorded, or this browser can't play it. */
  momentOf: (startedMs: number, endedMs: number | null, turnSeq: number | null) => Moment | null;
  playing: Moment | null;
  failed: boolean;
  play: (moment: Moment) => void;
  stop: () => void;
}

const PlaybackContext = createContext<Playback | null>(null);

/** Null outside of a report whose sound was kept. */
export const usePlayback = () => useContext(PlaybackContext);

const NONE: readonly RecordingItem[] = [];
const NO_TURNS: readonly Turn[] = [];

/** One audio element for all play buttons inside: what begins to play stops what played before. */
export function PlaybackProvider({ attemptId, children }: { attemptId: string; children: ReactNode }) {
  const recordings = useQuery(recordingsQuery(attemptId)).data?.items ?? NONE;
  const turns = useQuery({ ...turnsQuery(attemptId), enabled: recordings.length > 0 }).data ?? NO_TURNS;
  const { audio, playing, failed, play, stop } = useAudio(attemptId);
  const momentOf = useCallback<Playback["momentOf"]>(
    (startedMs, endedMs, turnSeq) => {
      const end = endedMs ?? (turnSeq === null ? null : endOfTurn(turns, turnSeq));
      return end === null || !canPlayRecordings() ? null : momentAt(recordings, startedMs, end);
    },
    [recordings, turns],
  );
  const playback = useMemo(
    () => ({ momentOf, playing, failed, play, stop }),
    [momentOf, playing, failed, play, stop],
  );
  return (
    <PlaybackContext value={playback}>
      {children}
      {/* eslint-disable-next-line jsx-a11y/media-has-caption -- the transcript is what captions would say */}
      <audio ref={audio} preload="none" data-testid="recording" />
    </PlaybackContext>
  );
}

function useAudio(attemptId: string) {
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState<Moment | null>(null);
  const [failed, setFailed] = useState(false);
  const triedAgain = useRef(false);
  const queries = useQueryClient();

  const stop = useCallback(() => {
    audio.current?.pause();
    setPlaying(null);
  }, []);

  const begin = useCallback(
    (moment: Moment) => {
      const element = audio.current;
      if (!element) return;
      const address = new URL(recordingAddress(attemptId, moment.epoch), window.location.href).href;
      if (element.src !== address || element.error) element.src = address;
      // Before anything is loaded this is where it will begin.
      element.currentTime = moment.fromSec;
      // Stopping at once, or an error, which is told by its own event.
      element.play().catch(() => undefined);
    },
    [attemptId],
  );

  const play = useCallback(
    (moment: Moment) => {
      triedAgain.current = false;
      setFailed(false);
      setPlaying(moment);
      begin(moment);
    },
    [begin],
  );

  useEffect(() => {
    const element = audio.current;
    if (!element || !playing) return;
    const stopAtEnd = () => {
      if (element.currentTime >= playing.toSec) stop();
    };
    const tryAgain = () => {
      if (triedAgain.current) {
        setFailed(true);
        setPlaying(null);
        return;
      }
      triedAgain.current = true;
      // The session's cookie may be too old; any call of ours renews it.
      void queries.refetchQueries({ queryKey: recordingsQuery(attemptId).queryKey }).then(() => begin(playing));
    };
    element.addEventListener("timeupdate", stopAtEnd);
    element.addEventListener("ended", stop);
    element.addEventListener("error", tryAgain);
    return () => {
      element.removeEventListener("timeupdate", stopAtEnd);
      element.removeEventListener("ended", stop);
      element.removeEventListener("error", tryAgain);
    };
  }, [attemptId, begin, playing, queries, stop]);

  return { audio, playing, failed, play, stop };
}
