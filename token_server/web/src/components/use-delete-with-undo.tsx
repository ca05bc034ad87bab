import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useEffect, useRef } from "react";

import { type HeldBackCall, holdBack } from "../api/held-back";
import { useDeleteInterview } from "../api/interviews";
import { messageOf } from "../api/problem";
import type { InterviewItem } from "../api/types";
import { texts } from "../texts";
import { useHidden } from "./use-hidden";

const UNDO_MS = 8_000;

/** Hides an interview at once and deletes it when the time for changing one's mind is over. */
export function useDeleteWithUndo() {
  const { hidden, hide, show } = useHidden();
  const waiting = useRef(new Map<string, HeldBackCall>());
  const { mutateAsync } = useDeleteInterview((error, id) => {
    show(id);
    notifications.show({ color: "red", message: messageOf(error) });
  });

  useEffect(() => {
    const all = waiting.current;
    // Leaving the list is going on without a change of mind.
    return () => all.forEach(({ makeNow }) => void makeNow());
  }, []);

  function keep(id: string) {
    waiting.current.get(id)?.cancel();
    waiting.current.delete(id);
    notifications.hide(id);
    show(id);
  }

  function remove({ id, title }: InterviewItem) {
    const commit = () => {
      waiting.current.delete(id);
      notifications.hide(id);
      // A refusal is told of above, for each one.
      return mutateAsync(id).catch(() => undefined);
    };
    hide(id);
    waiting.current.set(id, holdBack(commit, UNDO_MS));
    notifications.show({
      id,
      autoClose: false,
      withCloseButton: false,
      message: (
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm">{texts.interviews.deleted(title)}</Text>
          <Button size="compact-sm" variant="light" onClick={() => keep(id)}>
            {texts.interviews.undo}
          </Button>
        </Group>
      ),
    });
  }

  return { hidden, remove };
}
