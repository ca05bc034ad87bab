import { StartAudio, useLocalParticipant, useRoomContext } from "@livekit/components-react";
import { Group } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import type { LocalAudioTrack } from "livekit-client";
import { useState } from "react";

import { endAttempt, sendCommand } from "../api/attempts";
import { messageOf } from "../api/problem";
import type { AttemptDetail, Command } from "../api/types";
import { Mark } from "../components/mark";
import { Notice } from "../components/notice";
import { texts } from "../texts";
import { useTitle } from "../components/use-title";
import { Captions } from "./captions";
import { ConnectionQuality } from "./connection-quality";
import { Controls } from "./controls";
import { EndDialog } from "./end-dialog";
import { MicrophoneLost } from "./microphone-lost";
import { Presence } from "./presence";
import { Elapsed, QuestionProgress } from "./progress";
import { Shortcuts, useShortcutsOn } from "./shortcuts";
import { RecordingMark } from "./recording-mark";
import classes from "./stage.module.css";
import { useCaptions } from "./use-captions";
import { useEarlierTurns, withoutEarlier } from "./use-earlier-turns";
import { type Interviewer, useInterviewer } from "./use-interviewer";
import { useLateNotice } from "./use-late-notice";
import { stateText } from "./state-text";
import { usePassingNote } from "./use-passing-note";
import { useWakeLock } from "./use-wake-lock";

const words = texts.room;

interface StageProps {
  attempt: AttemptDetail | undefined;
  attemptId: string;
  reconnecting: boolean;
  connecting: boolean;
  microphoneError: string | null;
  wantsMute: boolean;
  onMute: (muted: boolean) => void;
  onMicrophoneAgain: () => void;
  onEnded: () => void;
}

/** The interview itself. Lives inside a RoomContext. */
export function Stage(props: StageProps) {
  const { attempt, attemptId, reconnecting, connecting, microphoneError, onMicrophoneAgain, onEnded } = props;
  const { wantsMute, onMute } = props;
  const room = useRoomContext();
  const interviewer = useInterviewer();
  const earlier = useEarlierTurns(attemptId, attempt?.started_at);
  const captions = withoutEarlier(useCaptions(room), earlier);
  const { isMicrophoneEnabled, microphoneTrack } = useLocalParticipant();
  const [captionsShown, setCaptionsShown] = useState(true);
  const [confirmingEnd, setConfirmingEnd] = useState(false);
  const [showingShortcuts, setShowingShortcuts] = useState(false);
  const [shortcutsOn, setShortcutsOn] = useShortcutsOn();
  const [ending, setEnding] = useState(false);
  const { note, tell } = usePassingNote(`${interviewer.phase} ${interviewer.questionIndex}`);
  const [problem, setProblem] = useState<string | null>(null);
  const muted = wantsMute || (!connecting && microphoneTrack !== undefined && !isMicrophoneEnabled);
  const canCommand = interviewer.phase === "question" && !reconnecting;
  const isLate = useLateNotice(interviewer.presence === "joining");
  useWakeLock();
  // The tab says whose turn it is, also while another one is in front.
  useTitle(`${tabTitleOf(interviewer, { muted, isLost: microphoneError !== null })} · ${words.documentTitle}`);

  const hasEnded = interviewer.phase === "ended";
  const circumstances = { connecting, reconnecting, isDeaf: microphoneError !== null, muted, isLate };
  const toggleMute = () => onMute(!muted);
  const command = (which: Command) => {
    if (!canCommand) return;
    tell(words.asked[which]);
    sendCommand(attemptId, which).catch((error: unknown) => tell(messageOf(error)));
  };
  const end = () => {
    setEnding(true);
    endAttempt(attemptId)
      .then(onEnded)
      .catch((error: unknown) => setProblem(messageOf(error)))
      .finally(() => setEnding(false));
  };
  const toggleCaptions = () => setCaptionsShown((shown) => !shown);
  useHotkeys(
    shortcutsOn && !confirmingEnd && !showingShortcuts
      ? [
          ["m", toggleMute],
          ["r", () => command("repeat")],
          ["h", () => command("hint")],
          ["s", () => command("skip")],
          ["c", toggleCaptions],
          ["shift+?", () => setShowingShortcuts(true)],
        ]
      : [],
  );

  return (
    <div className={classes.room}>
      <header className={classes.top}>
        <Group gap="md" wrap="nowrap" miw={0}>
          <Mark />
          <h1 className="visually-hidden">{words.documentTitle}</h1>
          <QuestionProgress {...interviewer} />
        </Group>
        <Group gap="sm" wrap="nowrap">
          {interviewer.recording && <RecordingMark />}
          <Elapsed since={attempt?.started_at} />
          <ConnectionQuality />
          <Shortcuts
            opened={showingShortcuts}
            onToggle={setShowingShortcuts}
            areOn={shortcutsOn}
            onSwitch={setShortcutsOn}
          />
        </Group>
      </header>

      <div className={classes.banners}>
        {reconnecting && <Notice>{words.states.reconnecting}</Notice>}
        {microphoneError && <MicrophoneLost problem={microphoneError} onAgain={onMicrophoneAgain} />}
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
            {hasEnded ? words.states.ended : stateText(interviewer.presence, circumstances, words.states.joining)}
          </p>
          <p className={classes.note} role="status">
            {/* Anew each time: the same words once more are announced once more. */}
            <span key={note.number}>{note.text}</span>
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
          onCaptions={toggleCaptions}
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

/** What somebody sees of the room who looks at another tab. */
function tabTitleOf({ presence }: Interviewer, { muted, isLost }: { muted: boolean; isLost: boolean }): string {
  if (isLost) return words.tabTitle.lost;
  return muted && presence === "listening" ? words.tabTitle.muted : words.tabTitle[presence];
}
