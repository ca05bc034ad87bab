import { useRemoteParticipants } from "@livekit/components-react";
import { type RemoteAudioTrack, RoomEvent, type RemoteParticipant } from "livekit-client";

const VOICE_TRACK = "voice";

export type Phase = "waiting" | "introduction" | "question" | "closing" | "ended";
export type Presence = "joining" | "listening" | "thinking" | "speaking";

export interface Interviewer {
  presence: Presence;
  phase: Phase;
  /** 0-based. */
  questionIndex: number;
  questionCount: number;
  voice: RemoteAudioTrack | undefined;
  recording: boolean;
}

const PHASES: readonly string[] = ["waiting", "introduction", "question", "closing", "ended"] satisfies Phase[];

/** The interviewer in the room, from its participant's attributes (the room contract: storage/models/room.py). */
export function useInterviewer(): Interviewer {
  const participants = useRemoteParticipants({
    updateOnlyOn: [
      RoomEvent.ParticipantConnected,
      RoomEvent.ParticipantDisconnected,
      RoomEvent.ParticipantAttributesChanged,
      RoomEvent.TrackSubscribed,
      RoomEvent.TrackUnsubscribed,
    ],
  });
  const agent = participants
    .filter((participant) => participant.isAgent)
    // After a fault the lost interviewer stays listed for a while; the one with the highest epoch is alive.
    .reduce<RemoteParticipant | undefined>((best, next) => (!best || epochOf(next) > epochOf(best) ? next : best), undefined);
  const attributes = agent?.attributes ?? {};
  const phase = attributes["interview.phase"] ?? "waiting";
  return {
    presence: agent ? presenceOf(attributes["lk.agent.state"]) : "joining",
    phase: PHASES.includes(phase) ? (phase as Phase) : "waiting",
    questionIndex: numberOf(attributes["interview.question_index"]),
    questionCount: numberOf(attributes["interview.question_count"]),
    voice: agent && voiceOf(agent),
    recording: attributes["interview.recording"] === "on",
  };
}

function presenceOf(state: string | undefined): Presence {
  switch (state) {
    case "listening":
    case "thinking":
    case "speaking":
      return state;
    case "idle":
      return "listening";
    default:
      return "joining";
  }
}

const numberOf = (text: string | undefined) => Number.parseInt(text ?? "", 10) || 0;
const epochOf = (participant: RemoteParticipant) => numberOf(participant.attributes["interview.epoch"]);

function voiceOf(agent: RemoteParticipant): RemoteAudioTrack | undefined {
  const publications = [...agent.audioTrackPublications.values()];
  const voice = publications.find(({ trackName }) => trackName === VOICE_TRACK) ?? publications[0];
  return voice?.track as RemoteAudioTrack | undefined;
}
