import { ConnectionError, ConnectionState, DisconnectReason, Room, RoomEvent } from "livekit-client";
import { useEffect, useState } from "react";

import { ApiProblem, isProblem } from "../api/problem";
import type { Connection } from "../api/types";
import { chosenMicrophone } from "../components/microphones";
import { useMicrophone } from "./use-microphone";

export type RoomStatus =
  | { name: "connecting" }
  | { name: "connected" }
  | { name: "reconnecting" }
  | { name: "ended" }
  | { name: "continued_elsewhere" }
  | { name: "lost"; problem: ApiProblem | null }
  | { name: "refused"; problem: ApiProblem };

/** Our tries to come in; who can't is told soon what works without. */
const JOIN_DELAYS_MS = [500, 2_000, 5_000];
/**
 * LiveKit's client has tried for itself before it says "disconnected"; these are our tries with a new connection, for as
 * long as the interviewer waits. A browser that finds its network again doesn't wait for the next.
 */
const REJOIN_DELAYS_MS = [...JOIN_DELAYS_MS, 10_000, 10_000, 10_000, 10_000, 10_000];

/**
 * Enters the room of an attempt or a set-up and stays in it; `rejoin` enters anew after an end that wasn't its own.
 * `connectionTo` must be the same function each time.
 */
export function useRoomVisit(id: string, connectionTo: (id: string) => Promise<Connection>) {
  const [room, setRoom] = useState<Room | null>(null);
  const [status, setStatus] = useState<RoomStatus>({ name: "connecting" });
  const [visit, setVisit] = useState(0);
  const { problem: microphoneError, wantsMute, wishMuted, publish, watch } = useMicrophone(id);

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
    let wasIn = false;

    const rejoinOrGiveUp = (problem: ApiProblem | null) => {
      const delay = (wasIn ? REJOIN_DELAYS_MS : JOIN_DELAYS_MS)[rejoins];
      rejoins += 1;
      if (delay === undefined) {
        setStatus({ name: "lost", problem });
        return;
      }
      setStatus(wasIn ? { name: "reconnecting" } : { name: "connecting" });
      const waiting = new AbortController();
      const again = () => {
        waiting.abort();
        void join();
      };
      const timer = window.setTimeout(again, delay);
      waiting.signal.addEventListener("abort", () => window.clearTimeout(timer));
      window.addEventListener("online", again, { signal: waiting.signal });
      left.signal.addEventListener("abort", () => waiting.abort(), { once: true });
    };

    const join = async () => {
      try {
        const connection = await connectionTo(id);
        if (left.signal.aborted) return;
        await joined.connect(connection.server_url, connection.participant_token);
        await publish(joined);
      } catch (error) {
        if (left.signal.aborted) return;
        if (isProblem(error, "attempt_over") || isProblem(error, "setup_over")) setStatus({ name: "ended" });
        else if (error instanceof ApiProblem && error.status >= 400 && error.status < 500) {
          setStatus({ name: "refused", problem: error });
        } else if (error instanceof ApiProblem) rejoinOrGiveUp(error);
        else if (error instanceof ConnectionError) rejoinOrGiveUp(null);
        else throw error;
      }
    };

    watch(joined);
    joined
      .on(RoomEvent.Connected, () => {
        rejoins = 0;
        wasIn = true;
        setStatus({ name: "connected" });
      })
      .on(RoomEvent.Reconnecting, () => setStatus({ name: "reconnecting" }))
      .on(RoomEvent.Reconnected, () => setStatus({ name: "connected" }))
      .on(RoomEvent.Disconnected, (reason?: DisconnectReason) => {
        if (left.signal.aborted) return;
        if (reason === DisconnectReason.DUPLICATE_IDENTITY) setStatus({ name: "continued_elsewhere" });
        else if (reason === DisconnectReason.ROOM_DELETED) setStatus({ name: "ended" });
        // A refused connect says so to join() as well, which then decides.
        else if (reason !== DisconnectReason.JOIN_FAILURE) rejoinOrGiveUp(null);
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
  }, [id, connectionTo, visit, publish, watch]);

  const setMuted = (muted: boolean) => {
    wishMuted(muted);
    // Where there is no connection, join() will publish as is wished for then.
    if (room && room.state !== ConnectionState.Disconnected) void publish(room);
  };

  return {
    room,
    status,
    microphoneError,
    wantsMute,
    setMuted,
    /** Whoever asks for the microphone again wants to be heard. */
    retryMicrophone: () => setMuted(false),
    rejoin: () => setVisit((count) => count + 1),
  };
}

export type RoomVisit = ReturnType<typeof useRoomVisit>;
