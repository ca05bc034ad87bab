import { useSessionStorage } from "@mantine/hooks";
import { type LocalParticipant, type Room, RoomEvent, Track, TrackEvent } from "livekit-client";
import { useCallback, useEffect, useRef, useState } from "react";

import { microphoneProblem } from "../components/microphones";
import { texts } from "../texts";

/** The candidate's microphone in a room. Who mutes it stays muted: over a new connection, and over a reload of the tab. */
export function useMicrophone(id: string) {
  const [wantsMute, remember] = useSessionStorage({
    key: `muted-${id}`,
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  // Publishing goes by what is wished for when it begins, not by what was rendered when it was asked for.
  const wished = useRef(wantsMute);
  useEffect(() => {
    wished.current = wantsMute;
  }, [wantsMute]);
  const [problem, setProblem] = useState<string | null>(null);
  const publishing = useRef(new WeakMap<Room, Promise<void>>());

  const wishMuted = (muted: boolean) => {
    wished.current = muted;
    remember(muted);
  };

  /** Muted or to be heard, as is wished for. One after the other, or two tracks would be published. */
  const publish = useCallback((room: Room): Promise<void> => {
    const publishAsWished = async () => {
      const { localParticipant } = room;
      try {
        await (wished.current ? publishMuted(localParticipant) : publishHeard(localParticipant));
        // A muted one that has gone stays gone.
        if (!hasEnded(localParticipant)) setProblem(null);
      } catch (error) {
        setProblem(microphoneProblem(error));
      }
    };
    const published = (publishing.current.get(room) ?? Promise.resolve()).then(publishAsWished);
    publishing.current.set(room, published);
    return published;
  }, []);

  const watch = useCallback((room: Room) => {
    room
      .on(RoomEvent.LocalTrackPublished, ({ track }) => {
        // Unplugged, or taken away by the system. LiveKit's client then tries the default device by itself.
        track?.on(TrackEvent.Ended, () => setProblem(texts.room.micLostText));
        track?.on(TrackEvent.Restarted, () => setProblem(null));
      })
      .on(RoomEvent.MediaDevicesError, (error: Error) => setProblem(microphoneProblem(error)));
  }, []);

  return { problem, wantsMute, wishMuted, publish, watch };
}

const trackOf = (participant: LocalParticipant) => participant.getTrackPublication(Track.Source.Microphone)?.audioTrack;

const hasEnded = (participant: LocalParticipant) => trackOf(participant)?.mediaStreamTrack.readyState === "ended";

async function publishHeard(participant: LocalParticipant): Promise<void> {
  // Unmuting alone leaves a track without sound when its device has gone.
  if (hasEnded(participant)) await trackOf(participant)?.restartTrack();
  await participant.setMicrophoneEnabled(true);
}

/** A track that is muted before it is published: not a word gets out first. */
async function publishMuted(participant: LocalParticipant): Promise<void> {
  if (trackOf(participant)) {
    await participant.setMicrophoneEnabled(false);
    return;
  }
  const [track] = await participant.createTracks({ audio: true });
  if (!track) return;
  try {
    await track.mute();
    await participant.publishTrack(track);
  } catch (error) {
    track.stop();
    throw error;
  }
}
