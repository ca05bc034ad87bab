import type { Room, TextStreamReader } from "livekit-client";
import { useEffect, useState } from "react";

const TOPIC = "lk.transcription";
const SEGMENT_ID = "lk.segment_id";
const IS_FINAL = "lk.transcription_final";

export interface Caption {
  id: string;
  speaker: "interviewer" | "candidate";
  text: string;
  final: boolean;
  /** When its newest text was sent: an older stream never overwrites a newer one. */
  sentAt: number;
}

/**
 * What both sides say, as it is said. The candidate's words come as one stream per interim result, each replacing the
 * one before under the same segment id; the interviewer's come as one stream that grows as it is spoken.
 */
export function useCaptions(room: Room | null): Caption[] {
  const [captions, setCaptions] = useState<Caption[]>([]);
  useEffect(() => {
    if (!room) return undefined;
    let stopped = false;

    const read = async (reader: TextStreamReader, identity: string) => {
      const { attributes = {}, id: streamId, timestamp } = reader.info;
      const base = {
        id: attributes[SEGMENT_ID] ?? streamId,
        speaker: identity === room.localParticipant.identity ? ("candidate" as const) : ("interviewer" as const),
        sentAt: timestamp,
      };
      let text = "";
      try {
        for await (const chunk of reader) {
          if (stopped) return;
          text += chunk;
          const grown = text;
          setCaptions((before) => withCaption(before, { ...base, text: grown, final: false }));
        }
      } catch {
        // A stream breaks off when its sender leaves; what came of it stays.
      }
      const isFinal = attributes[IS_FINAL] !== "false" || base.speaker === "interviewer";
      if (!stopped && text) setCaptions((before) => withCaption(before, { ...base, text, final: isFinal }));
    };

    room.registerTextStreamHandler(TOPIC, (reader, { identity }) => void read(reader, identity));
    return () => {
      stopped = true;
      room.unregisterTextStreamHandler(TOPIC);
    };
  }, [room]);
  return captions;
}

export function withCaption(captions: Caption[], newest: Caption): Caption[] {
  const at = captions.findIndex((caption) => caption.id === newest.id);
  const known = captions[at];
  if (!known) return [...captions, newest];
  if (known.sentAt > newest.sentAt || (known.final && !newest.final)) return captions;
  return captions.with(at, newest);
}
