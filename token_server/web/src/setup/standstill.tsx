import { Button, Stack } from "@mantine/core";

import { isProblem } from "../api/problem";
import { Notice } from "../components/notice";
import type { RoomStatus } from "../room/use-room-visit";
import { texts } from "../texts";

const words = texts.setup.room;

interface StandstillProps {
  status: RoomStatus;
  onRejoin: () => void;
}

/** Why nobody talks just now, and how it goes on. The form beside it works all the same. */
export function Standstill({ status, onRejoin }: StandstillProps) {
  const { title, text, again } = reasonOf(status);
  return (
    <Notice tone="info" title={title}>
      <Stack gap="sm" align="flex-start">
        {text}
        {again && (
          <Button size="sm" onClick={onRejoin}>
            {again}
          </Button>
        )}
      </Stack>
    </Notice>
  );
}

interface Reason {
  title: string;
  text: string;
  again?: string;
}

function reasonOf(status: RoomStatus): Reason {
  switch (status.name) {
    case "continued_elsewhere":
      return { title: words.continuedTitle, text: words.continued, again: words.continueHere };
    case "lost":
      return isProblem(status.problem, "at_capacity")
        ? { title: words.busyTitle, text: words.busy, again: words.tryAgain }
        : { title: words.lostTitle, text: words.lost, again: words.rejoin };
    case "refused":
      return { title: words.lostTitle, text: status.problem.message };
    default:
      return { title: words.endedTitle, text: words.ended, again: words.talkOn };
  }
}
