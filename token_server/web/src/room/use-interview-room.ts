import { ConnectionError, DisconnectReason, Room, RoomEvent } from "livekit-client";
import { useCallback, useEffect, useState } from "react";

import { connectionTo } from "../api/attempts";
import { ApiProblem, isProblem } from "../api/problem";
import { chosenMicrophone, microphoneProblem } from "../components/microphones";

export type RoomStatus =
  | { name: "connecting" }
  | { name: "connected" }
  | { name: "reconnecting" }
  | { name: "ended" }
  | { name: "continued_elsewhere" }
  | { name: "lost" }
  | { name: "refused"; problem: ApiProblem };

/** LiveKit's client has tried for itself before it says "disconnected"; these are our tries with a new connection. */
const REJOIN_DELAYS_MS = [500, 2_000, 5_000];

/** Enters the attempt's room and stays in it; `rejoin` enters anew after an end that wasn't the interview's. */
export function useInterviewRoom(attemptId: string) {
  const [room, setRoom] = useState<Room | null>(null);
  const [status, setStatus] = useState<RoomStatus>({ name: "connecting" });
  const [microphoneError, setMicrophoneError] = useState<string | null>(null);
  const [visit, setVisit] = useState(0);

  const publishMicrophone = useCallback(async (target: Room) => {
    try {
      await target.localParticipant.setMicrophoneEnabled(true);
      setMicrophoneError(null);
    } catch (error) {
      setMicrophoneError(microphoneProblem(error));
    }
  }, []);

  useEffect(() => {
    const left = new AbortController();
    const joined = new Room({
      audioCaptureDefaults: {
        deviceId: chosenMicrophone(),
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
      },
    });
    let rejoins = 0;

    const rejoinOrGiveUp = () => {
      const delay = REJOIN_DELAYS_MS[rejoins];
      rejoins += 1;
      if (delay === undefined) {
        setStatus({ name: "lost" });
        return;
      }
      setStatus({ name: "reconnecting" });
      const timer = window.setTimeout(() => void join(), delay);
      left.signal.addEventListener("abort", () => window.clearTimeout(timer));
    };

    const join = async () => {
      try {
        const connection = await connectionTo(attemptId);
        if (left.signal.aborted) return;
        await joined.connect(connection.server_url, connection.participant_token);
        await publishMicrophone(joined);
      } catch (error) {
        if (left.signal.aborted) return;
        if (isProblem(error, "attempt_over")) setStatus({ name: "ended" });
        else if (error instanceof ApiProblem && error.status >= 400 && error.status < 500) {
          setStatus({ name: "refused", problem: error });
        } else if (error instanceof ApiProblem || error instanceof ConnectionError) rejoinOrGiveUp();
        else throw error;
      }
    };

    joined
      .on(RoomEvent.Connected, () => {
        rejoins = 0;
        setStatus({ name: "connected" });
      })
      .on(RoomEvent.Reconnecting, () => setStatus({ name: "reconnecting" }))
      .on(RoomEvent.Reconnected, () => setStatus({ name: "connected" }))
      .on(RoomEvent.MediaDevicesError, (error: Error) => setMicrophoneError(microphoneProblem(error)))
      .on(RoomEvent.Disconnected, (reason?: DisconnectReason) => {
        if (left.signal.aborted) return;
        if (reason === DisconnectReason.DUPLICATE_IDENTITY) setStatus({ name: "continued_elsewhere" });
        else if (reason === DisconnectReason.ROOM_DELETED) setStatus({ name: "ended" });
        // A refused connect says so to join() as well, which then decides.
        else if (reason !== DisconnectReason.JOIN_FAILURE) rejoinOrGiveUp();
      });

    const begin = async () => {
      await Promise.resolve();
      if (left.signal.aborted) return;
      setRoom(joined);
      setStatus({ name: "connecting" });
      await join();
    };
    void begin();
    return () => {
      left.abort();
      void joined.disconnect();
    };
  }, [attemptId, visit, publishMicrophone]);

  return {
    room,
    status,
    microphoneError,
    useMicrophoneAgain: () => {
      if (room) void publishMicrophone(room);
    },
    rejoin: () => setVisit((count) => count + 1),
  };
}
