import { StartAudio, useLocalParticipant, useRoomContext } from "@livekit/components-react";
import { Button, Group } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import type { LocalAudioTrack } from "livekit-client";
import { useState } from "react";

import { endAttempt, sendCommand } from "../api/attempts";
import { messageOf } from "../api/problem";
import type { AttemptDetail, Turn } from "../api/types";
import { Mark } from "../components/mark";
import { Notice } from "../components/notice";
import { texts } from "../texts";
import { Captions } from "./captions";
import { Controls } from "./controls";
import { EndDialog } from "./end-dialog";
import { Presence } from "./presence";
import { Elapsed, QuestionProgress } from "./progress";
import classes from "./stage.module.css";
import { useCaptions } from "./use-captions";
import { type Interviewer, useInterviewer } from "./use-interviewer";
import { useLateNotice } from "./use-late-notice";

const words = texts.room;

interface StageProps {
  attempt: AttemptDetail | undefined;
  attemptId: string;
  earlier: Turn[];
  reconnecting: boolean;
  connecting: boolean;
  microphoneError: string | null;
  onMicrophoneAgain: () => void;
  onEnded: () => void;
}

/** The interview itself. Lives inside a RoomContext. */
export function Stage(props: StageProps) {
  const { attempt, attemptId, earlier, reconnecting, connecting, microphoneError, onMicrophoneAgain, onEnded } = props;
  const room = useRoomContext();
  const interviewer = useInterviewer();
  const captions = useCaptions(room);
  const { localParticipant, isMicrophoneEnabled, microphoneTrack } = useLocalParticipant();
  const [captionsShown, setCaptionsShown] = useState(true);
  const [confirmingEnd, setConfirmingEnd] = useState(false);
  const [ending, setEnding] = useState(false);
  const [note, setNote] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const muted = !connecting && microphoneTrack !== undefined && !isMicrophoneEnabled;
  const canCommand = interviewer.phase === "question" && !reconnecting;
  const isLate = useLateNotice(interviewer.presence === "joining");

  const toggleMute = () => void localParticipant.setMicrophoneEnabled(!isMicrophoneEnabled);
  const command = (which: "repeat" | "skip") => {
    if (!canCommand) return;
    setNote(words.asked[which]);
    sendCommand(attemptId, which).catch((error: unknown) => setNote(messageOf(error)));
  };
  const end = () => {
    setEnding(true);
    endAttempt(attemptId)
      .then(onEnded)
      .catch((error: unknown) => setProblem(messageOf(error)))
      .finally(() => setEnding(false));
  };
  useHotkeys([
    ["m", toggleMute],
    ["r", () => command("repeat")],
    ["s", () => command("skip")],
    ["c", () => setCaptionsShown((shown) => !shown)],
  ]);

  return (
    <div className={classes.room}>
      <header className={classes.top}>
        <Group gap="md" wrap="nowrap" miw={0}>
          <Mark />
          <h1 className="visually-hidden">{words.documentTitle}</h1>
          <QuestionProgress {...interviewer} />
        </Group>
        <Elapsed since={attempt?.started_at} />
      </header>

      <div className={classes.banners}>
        {reconnecting && <Notice>{words.states.reconnecting}</Notice>}
        {microphoneError && (
          <Notice title={words.micLost}>
            <Group justify="space-between">
              {microphoneError}
              <Button size="compact-sm" variant="light" onClick={onMicrophoneAgain}>
                {words.micRetry}
              </Button>
            </Group>
          </Notice>
        )}
        <StartAudio className={classes.startAudio} label={words.startAudio} />
      </div>

      <main className={classes.stage} data-captions={captionsShown}>
        <section className={classes.presence} aria-label={words.interviewer}>
          <Presence
            state={interviewer.presence}
            voice={interviewer.voice}
            microphone={microphoneTrack?.track as LocalAudioTrack | undefined}
          />
          <p className={classes.state} role="status" data-testid="interviewer-state">
            {stateText(interviewer, { connecting, muted, isLate })}
          </p>
          <p className={classes.note} role="status">
            {note}
          </p>
        </section>
        {captionsShown && <Captions earlier={earlier} captions={captions} />}
      </main>

      <footer className={classes.bottom}>
        <Controls
          muted={muted}
          captionsShown={captionsShown}
          canCommand={canCommand}
          onMute={toggleMute}
          onCommand={command}
          onCaptions={() => setCaptionsShown((shown) => !shown)}
          onEnd={() => setConfirmingEnd(true)}
        />
      </footer>
      <EndDialog
        opened={confirmingEnd}
        ending={ending}
        problem={problem}
        onClose={() => setConfirmingEnd(false)}
        onEnd={end}
      />
    </div>
  );
}

interface Circumstances {
  connecting: boolean;
  muted: boolean;
  isLate: boolean;
}

function stateText({ phase, presence }: Interviewer, { connecting, muted, isLate }: Circumstances): string {
  const { states } = words;
  if (phase === "ended") return states.ended;
  if (connecting) return states.connecting;
  if (presence === "joining") return isLate ? states.joiningLong : states.joining;
  return muted && presence === "listening" ? states.muted : states[presence];
}
