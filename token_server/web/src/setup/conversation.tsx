import { StartAudio, useLocalParticipant, useRoomContext } from "@livekit/components-react";
import { Button, Group } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import type { LocalAudioTrack } from "livekit-client";
import { useState } from "react";

import { Notice } from "../components/notice";
import { Captions } from "../room/captions";
import { CaptionsControl, MuteControl } from "../room/controls";
import controls from "../room/controls.module.css";
import { Presence } from "../room/presence";
import { useShortcutsOn } from "../room/shortcuts";
import stage from "../room/stage.module.css";
import { useCaptions } from "../room/use-captions";
import { stateText } from "../room/state-text";
import { useInterviewer } from "../room/use-interviewer";
import { useLateNotice } from "../room/use-late-notice";
import type { RoomVisit } from "../room/use-room-visit";
import { useWakeLock } from "../room/use-wake-lock";
import { texts } from "../texts";
import classes from "./conversation.module.css";

const words = texts.setup.room;
const common = texts.room;

/** Who is there, and what both say. Lives inside a RoomContext. */
export function Conversation({ visit }: { visit: RoomVisit }) {
  const { status, microphoneError, wantsMute, setMuted, retryMicrophone } = visit;
  const room = useRoomContext();
  const interviewer = useInterviewer();
  const captions = useCaptions(room);
  const { isMicrophoneEnabled, microphoneTrack } = useLocalParticipant();
  const [captionsShown, setCaptionsShown] = useState(true);
  const [shortcutsOn] = useShortcutsOn();
  const isLate = useLateNotice(interviewer.presence === "joining");
  const connecting = status.name === "connecting";
  const muted = wantsMute || (!connecting && microphoneTrack !== undefined && !isMicrophoneEnabled);
  const toggleMute = () => setMuted(!muted);
  const toggleCaptions = () => setCaptionsShown((shown) => !shown);
  useWakeLock();
  useHotkeys(
    shortcutsOn
      ? [
          ["m", toggleMute],
          ["c", toggleCaptions],
        ]
      : [],
  );

  const reconnecting = status.name === "reconnecting";
  const circumstances = { connecting, reconnecting, isDeaf: microphoneError !== null, muted, isLate };
  return (
    <div className={classes.conversation}>
      <div className={classes.assistant}>
        <Presence
          state={interviewer.presence}
          voice={interviewer.voice}
          microphone={microphoneTrack?.track as LocalAudioTrack | undefined}
        />
        <p className={classes.state} role="status" data-testid="interviewer-state">
          {stateText(interviewer.presence, circumstances, words.join)}
        </p>
      </div>
      <div>
        {reconnecting && <Notice mb="sm">{common.states.reconnecting}</Notice>}
        {microphoneError && (
          <Notice title={words.micTitle} mb="sm">
            {microphoneError} {words.micFallback}
            <Group mt="xs">
              <Button size="compact-sm" variant="light" onClick={retryMicrophone}>
                {common.micRetry}
              </Button>
            </Group>
          </Notice>
        )}
        <StartAudio className={stage.startAudio} label={common.startAudio} />
        <div className={controls.controls}>
          <MuteControl muted={muted} onClick={toggleMute} />
          <CaptionsControl shown={captionsShown} onClick={toggleCaptions} />
        </div>
      </div>
      {captionsShown && (
        <div className={classes.words}>
          <Captions earlier={[]} captions={captions} />
        </div>
      )}
    </div>
  );
}
