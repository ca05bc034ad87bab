import { Button, NativeSelect, Stack, Text } from "@mantine/core";
import { IconCircleCheckFilled, IconMicrophone } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";

import { texts } from "../texts";
import { HearYourself } from "./hear-yourself";
import classes from "./microphone-check.module.css";
import {
  chosenMicrophone,
  closeMicrophone,
  listMicrophones,
  microphoneProblem,
  openMicrophone,
  rememberMicrophone,
} from "./microphones";
import { Notice } from "./notice";
import { useMicrophoneLevel } from "./use-microphone-level";

const words = texts.prepare;
/** Louder than a quiet room, quieter than somebody speaking at arm's length. */
const SPEECH_LEVEL = 0.32;
const SPEECH_TICKS = 12;
const BARS = 24;

interface MicrophoneCheckProps {
  onPassed: () => void;
  onFailed: () => void;
}

export function MicrophoneCheck({ onPassed, onFailed }: MicrophoneCheckProps) {
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [devices, setDevices] = useState<MediaDeviceInfo[]>([]);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [passed, setPassed] = useState(false);

  const isThere = useRef(false);
  useEffect(() => {
    isThere.current = true;
    return () => {
      isThere.current = false;
    };
  }, []);
  // The room opens the microphone for itself.
  useEffect(() => (stream ? () => closeMicrophone(stream) : undefined), [stream]);

  async function open(deviceId: string | undefined) {
    setAsking(true);
    setProblem(null);
    try {
      const opened = await openMicrophone(deviceId);
      // Permission can be given long after somebody has gone on.
      if (!isThere.current) {
        closeMicrophone(opened);
        return;
      }
      for (const track of opened.getTracks()) {
        track.addEventListener("ended", () => {
          setPassed(false);
          setStream(null);
          setProblem(words.micProblems.missing);
          onFailed();
        });
      }
      setStream(opened);
      setDevices(await listMicrophones());
    } catch (error) {
      setStream(null);
      setPassed(false);
      setProblem(microphoneProblem(error));
      onFailed();
    } finally {
      setAsking(false);
    }
  }

  const chooseDevice = (deviceId: string) => {
    rememberMicrophone(deviceId);
    setPassed(false);
    onFailed();
    void open(deviceId);
  };

  if (!stream) {
    return (
      <Stack align="flex-start">
        {problem ? <Notice>{problem}</Notice> : <Text c="dimmed">{words.micLead}</Text>}
        <Button
          leftSection={<IconMicrophone size={18} aria-hidden />}
          loading={asking}
          onClick={() => void open(chosenMicrophone())}
        >
          {words.micStart}
        </Button>
        <span className="visually-hidden" role="status">
          {asking ? words.micAsking : ""}
        </span>
      </Stack>
    );
  }
  return (
    <Stack>
      {devices.length > 0 && (
        <NativeSelect
          label={words.micDevice}
          value={stream.getAudioTracks()[0]?.getSettings().deviceId ?? ""}
          onChange={(event) => chooseDevice(event.currentTarget.value)}
          data={devices.map((device, index) => ({
            value: device.deviceId,
            label: device.label || words.micUnnamed(index + 1),
          }))}
        />
      )}
      <LevelMeter
        stream={stream}
        onSpeech={() => {
          setPassed(true);
          onPassed();
        }}
      />
      <p className={classes.verdict} role="status" data-passed={passed}>
        {passed && <IconCircleCheckFilled size={20} aria-hidden />}
        {passed ? words.micHeard : words.micSpeak}
      </p>
      <HearYourself stream={stream} />
    </Stack>
  );
}

/** Shows the level, and reports once it has heard about half a second of speech. */
function LevelMeter({ stream, onSpeech }: { stream: MediaStream; onSpeech: () => void }) {
  const level = useMicrophoneLevel(stream);
  const loudTicks = useRef(0);
  const report = useRef(onSpeech);
  useEffect(() => {
    report.current = onSpeech;
  });
  useEffect(() => {
    loudTicks.current = 0;
  }, [stream]);
  useEffect(() => {
    if (level < SPEECH_LEVEL) return;
    loudTicks.current += 1;
    if (loudTicks.current === SPEECH_TICKS) report.current();
  }, [level]);
  return (
    <div
      className={classes.meter}
      role="meter"
      aria-label={words.micLevel}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(level * 100)}
    >
      {Array.from({ length: BARS }, (_, index) => (
        <span key={index} data-lit={level * BARS > index} />
      ))}
    </div>
  );
}
