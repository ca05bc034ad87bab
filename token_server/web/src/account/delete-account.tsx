import { Button, Modal, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useNavigate } from "react-router";

import { useDeleteAccount } from "../api/account";
import { isProblem, messageOf } from "../api/problem";
import { checkFilled } from "../components/credentials";
import { DangerButton } from "../components/danger-button";
import { DialogChoice } from "../components/dialog-choice";
import { Notice } from "../components/notice";
import { refuseField } from "../components/refuse-field";
import { texts } from "../texts";
import { AccountSection } from "./account-section";

const words = texts.account;
const isTyped = (text: string) => text.trim().toLowerCase() === words.deleteWord;

export function DeleteAccount() {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <AccountSection title={words.deleteTitle} lead={words.deleteLead}>
      <div>
        <Button variant="default" c="var(--danger-ink)" onClick={open}>
          {words.deleteStart}
        </Button>
      </div>
      <Modal opened={opened} onClose={close} title={words.deleteDialogTitle} centered radius="lg">
        <ConfirmDeletion onClose={close} />
      </Modal>
    </AccountSection>
  );
}

/** Only there while the dialog is: what was typed is gone when it is opened again. */
function ConfirmDeletion({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const remove = useDeleteAccount(async () => {
    await navigate("/", { replace: true });
    notifications.show({ message: words.deleted });
  });
  const form = useForm({
    initialValues: { word: "", password: "" },
    validate: { password: checkFilled },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ password }) =>
        remove.mutate(password, {
          onError: (error) => {
            if (isProblem(error, "wrong_password")) refuseField(form, "password", words.deletePasswordWrong);
          },
        }),
      )}
    >
      <Stack>
        <Text>{words.deleteLead}</Text>
        {remove.isError && !isProblem(remove.error, "wrong_password") && <Notice>{messageOf(remove.error)}</Notice>}
        <TextInput
          label={words.deleteConfirm(words.deleteWord)}
          autoComplete="off"
          autoCapitalize="off"
          data-autofocus
          {...form.getInputProps("word")}
        />
        <PasswordInput
          label={words.deletePassword}
          autoComplete="current-password"
          {...form.getInputProps("password")}
        />
        <DialogChoice>
          <Button variant="default" onClick={onClose}>
            {words.deleteKeep}
          </Button>
          <DangerButton type="submit" disabled={!isTyped(form.values.word)} loading={remove.isPending}>
            {words.deleteSubmit}
          </DangerButton>
        </DialogChoice>
      </Stack>
    </form>
  );
}
