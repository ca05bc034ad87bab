import { Button, Modal, Text } from "@mantine/core";

import { texts } from "../texts";
import { DangerButton } from "../components/danger-button";
import { DialogChoice } from "../components/dialog-choice";
import { Notice } from "../components/notice";

const words = texts.room;

interface EndDialogProps {
  opened: boolean;
  ending: boolean;
  problem: string | null;
  onClose: () => void;
  onEnd: () => void;
}

export function EndDialog({ opened, ending, problem, onClose, onEnd }: EndDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={words.endTitle} centered radius="lg">
      <Text mb="lg">{words.endText}</Text>
      {problem && <Notice mb="lg">{problem}</Notice>}
      <DialogChoice>
        <Button variant="default" onClick={onClose} data-autofocus>
          {words.endKeep}
        </Button>
        <DangerButton loading={ending} onClick={onEnd}>
          {words.endConfirm}
        </DangerButton>
      </DialogChoice>
    </Modal>
  );
}
