import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useEffect, useRef, useState } from "react";

import { useDeleteInterview } from "../api/interviews";
import { messageOf } from "../api/problem";
import type { InterviewItem } from "../api/types";
import { texts } from "../texts";

const UNDO_MS = 8_000;

/** Hides an interview at once and deletes it when the time for changing one's mind is over. */
export function useDeleteWithUndo() {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const { mutate } = useDeleteInterview();
  const waiting = useRef(new Map<string, { timer: number; commit: () => void }>());

  useEffect(() => {
    const all = waiting.current;
    // Leaving the list is going on without a change of mind.
    return () => all.forEach(({ commit }) => commit());
  }, []);

  const show = (id: string) =>
    setHidden((before) => {
      const after = new Set(before);
      after.delete(id);
      return after;
    });

  function keep(id: string) {
    window.clearTimeout(waiting.current.get(id)?.timer);
    waiting.current.delete(id);
    notifications.hide(id);
    show(id);
  }

  function remove(interview: InterviewItem) {
    const { id, title } = interview;
    const commit = () => {
      window.clearTimeout(waiting.current.get(id)?.timer);
      waiting.current.delete(id);
      notifications.hide(id);
      mutate(id, {
        onError: (error) => {
          show(id);
          notifications.show({ color: "red", message: messageOf(error) });
        },
      });
    };
    setHidden((before) => new Set(before).add(id));
    waiting.current.set(id, { timer: window.setTimeout(commit, UNDO_MS), commit });
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
