import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type Participant, type RemoteParticipant, type Room, RoomEvent } from "livekit-client";
import { useEffect } from "react";

import { setupQuery } from "../api/setups";

const DRAFT_TOPIC = "setup.draft";
const ATTRIBUTES_PREFIX = "setup.";
/** Only for what no notice told of. */
const POLL_MS = 5_000;

/** The set-up as it is stored. It is read again when the room says that it changed: the room never carries the draft. */
export function useSetup(setupId: string, room: Room | null) {
  const queries = useQueryClient();
  useEffect(() => {
    if (!room) return undefined;
    const readAgain = () => void queries.invalidateQueries({ queryKey: setupQuery(setupId).queryKey });
    const onData = (_data: Uint8Array, sender?: RemoteParticipant, _kind?: unknown, topic?: string) => {
      if (topic === DRAFT_TOPIC && !sender) readAgain();
    };
    const onAttributes = (changed: Record<string, string>, participant: Participant) => {
      if (participant.isAgent && Object.keys(changed).some((name) => name.startsWith(ATTRIBUTES_PREFIX))) readAgain();
    };
    room
      .on(RoomEvent.DataReceived, onData)
      .on(RoomEvent.ParticipantAttributesChanged, onAttributes)
      .on(RoomEvent.Reconnected, readAgain)
      .on(RoomEvent.Disconnected, readAgain);
    return () => {
      room
        .off(RoomEvent.DataReceived, onData)
        .off(RoomEvent.ParticipantAttributesChanged, onAttributes)
        .off(RoomEvent.Reconnected, readAgain)
        .off(RoomEvent.Disconnected, readAgain);
    };
  }, [room, queries, setupId]);
  return useQuery({
    ...setupQuery(setupId),
    refetchInterval: ({ state }) => (state.data?.status === "confirmed" ? false : POLL_MS),
  });
}
