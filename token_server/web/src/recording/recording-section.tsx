import { Button, Modal, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { messageOf } from "../api/problem";
import { recordingsQuery, useDeleteRecordings } from "../api/recordings";
import { DangerButton } from "../components/danger-button";
import { DialogChoice } from "../components/dialog-choice";
import { Notice } from "../components/notice";
import { Section } from "../components/section";
import { formatDate } from "../format";
import { texts } from "../texts";
import { canPlayRecordings, usePlayback } from "./playback";

const words = texts.recording;

/** Until when the sound is kept, and its deletion. Nothing where nobody consented. */
export function RecordingSection({ attemptId }: { attemptId: string }) {
  const recordings = useQuery(recordingsQuery(attemptId));
  const playback = usePlayback();
  const [asking, setAsking] = useState(false);
  if (!recordings.data?.consented_at) return null;
  const { items, kept_until: until, deleted_at: deletedAt } = recordings.data;
  return (
    <div className="no-print">
      <Section title={words.title}>
        {deletedAt ? (
          <Text c="dimmed">{words.deleted(formatDate(deletedAt))}</Text>
        ) : (
          <>
            <Text c="dimmed" maw="var(--reading-width)">
              {items.length > 0 && until ? words.keptUntil(formatDate(until)) : words.notHereYet}
            </Text>
            {items.length > 0 && !canPlayRecordings() && <Notice tone="info">{words.notSupported}</Notice>}
            {playback?.failed && <Notice>{words.cannotPlay}</Notice>}
            <Button
              variant="default"
              w="fit-content"
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() => setAsking(true)}
            >
              {words.remove}
            </Button>
          </>
        )}
      </Section>
      <DeleteDialog attemptId={attemptId} opened={asking} onClose={() => setAsking(false)} />
    </div>
  );
}

interface DeleteDialogProps {
  attemptId: string;
  opened: boolean;
  onClose: () => void;
}

function DeleteDialog({ attemptId, opened, onClose }: DeleteDialogProps) {
  const playback = usePlayback();
  const remove = useDeleteRecordings(attemptId);
  const confirm = () => {
    playback?.stop();
    remove.mutate(undefined, { onSuccess: onClose });
  };
  return (
    <Modal opened={opened} onClose={onClose} title={words.removeTitle} centered radius="lg">
      <Text mb="lg">{words.removeText}</Text>
      {remove.isError && <Notice mb="lg">{messageOf(remove.error)}</Notice>}
      <DialogChoice>
        <Button variant="default" onClick={onClose} data-autofocus>
          {words.removeKeep}
        </Button>
        <DangerButton loading={remove.isPending} onClick={confirm}>
          {words.remove}
        </DangerButton>
      </DialogChoice>
    </Modal>
  );
}
