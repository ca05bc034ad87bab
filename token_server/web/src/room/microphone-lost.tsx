import { useMaybeRoomContext } from "@livekit/components-react";
import { Button, Group, NativeSelect } from "@mantine/core";
import { useEffect, useState } from "react";

import { listMicrophones, rememberMicrophone } from "../components/microphones";
import { Notice } from "../components/notice";
import { texts } from "../texts";

const words = texts.room;

/** The interviewer hears nothing: which microphone to go on with. The list follows what is plugged in. */
export function MicrophoneLost({ problem, onAgain }: { problem: string; onAgain: () => void }) {
  const room = useMaybeRoomContext();
  const devices = useMicrophones();
  const [chosen, setChosen] = useState("");

  async function again() {
    if (chosen) {
      rememberMicrophone(chosen);
      await room?.switchActiveDevice("audioinput", chosen).catch(() => undefined); // onAgain says what is wrong
    }
    onAgain();
  }

  return (
    <Notice title={words.micLost}>
      {problem}
      <Group gap="sm" mt="xs" align="end">
        {devices.length > 1 && (
          <NativeSelect
            label={words.micChoose}
            size="xs"
            data={devices.map(({ deviceId, label }, index) => ({
              value: deviceId,
              label: label || texts.prepare.micUnnamed(index + 1),
            }))}
            value={chosen || devices[0]?.deviceId}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
        )}
        <Button size="xs" onClick={() => void again()}>
          {words.micRetry}
        </Button>
      </Group>
    </Notice>
  );
}

function useMicrophones(): MediaDeviceInfo[] {
  const [devices, setDevices] = useState<MediaDeviceInfo[]>([]);
  useEffect(() => {
    // Absent on insecure pages, whatever the type says.
    const media = navigator.mediaDevices as MediaDevices | undefined;
    if (!media) return undefined;
    const read = () => void listMicrophones().then(setDevices);
    read();
    media.addEventListener("devicechange", read);
    return () => media.removeEventListener("devicechange", read);
  }, []);
  return devices;
}
