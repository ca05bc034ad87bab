import { Button, Group, Text } from "@mantine/core";
import { IconPlayerPlay, IconPlayerRecord } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";

import { texts } from "../texts";
import { recordShortly } from "./record-shortly";

const words = texts.prepare.hear;
const LENGTH_MS = 3_000;

type State = "idle" | "recording" | "playing" | "failed";

/** Records three seconds and plays them, all of it in this browser. */
export function HearYourself({ stream }: { stream: MediaStream }) {
  const [state, setState] = useState<State>("idle");
  const [hasHeard, setHasHeard] = useState(false);
  const stop = useRef(new AbortController());
  useEffect(() => {
    // With the microphone, what is going on with it ends.
    const current = new AbortController();
    stop.current = current;
    return () => {
      current.abort();
      setState("idle");
    };
  }, [stream]);

  async function hear() {
    const { signal } = stop.current;
    setState("recording");
    try {
      const play = await recordShortly(stream, LENGTH_MS, signal);
      setState("playing");
      await play();
      setHasHeard(true);
      setState("idle");
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof DOMException)) throw error;
      setState("failed");
    }
  }

  return (
    <Group gap="sm">
      <Button
        variant="default"
        size="sm"
        leftSection={
          state === "playing" ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerRecord size={16} aria-hidden />
        }
        disabled={state === "recording" || state === "playing"}
        onClick={() => void hear()}
      >
        {state === "recording" ? words.recording : state === "playing" ? words.playing : hasHeard ? words.again : words.record}
      </Button>
      <Text size="sm" c="dimmed" role="status">
        {state === "recording" ? words.speakNow : state === "failed" ? words.failed : words.note}
      </Text>
    </Group>
  );
}
