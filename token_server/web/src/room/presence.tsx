import { useTrackVolume } from "@livekit/components-react";
import type { LocalAudioTrack, RemoteAudioTrack } from "livekit-client";
import type { CSSProperties } from "react";

import classes from "./presence.module.css";
import type { Presence as PresenceState } from "./use-interviewer";

interface PresenceProps {
  state: PresenceState;
  voice: RemoteAudioTrack | undefined;
  microphone: LocalAudioTrack | undefined;
}

const BARS = [0.45, 0.75, 1, 0.7, 0.4];
const VOLUME_GAIN = 2.6;

/**
 * The interviewer. Speaking: the bars move with its voice. Listening: a ring widens with yours. Thinking: an arc turns.
 * The words beside it say the same, so this is decoration to a screen reader.
 */
export function Presence({ state, voice, microphone }: PresenceProps) {
  const voiceVolume = useTrackVolume(voice);
  const microphoneVolume = useTrackVolume(microphone);
  const ring = state === "listening" ? Math.min(1, microphoneVolume * VOLUME_GAIN) : 0;
  const bars = state === "speaking" ? Math.min(1, voiceVolume * VOLUME_GAIN) : 0;
  return (
    <div className={classes.presence} data-state={state} aria-hidden="true" style={{ "--ring": ring } as CSSProperties}>
      <div className={classes.ring} />
      <div className={classes.arc} />
      <div className={classes.core}>
        {BARS.map((share, index) => (
          <span key={index} style={{ "--bar": 0.14 + share * bars * 0.86 } as CSSProperties} />
        ))}
      </div>
    </div>
  );
}
