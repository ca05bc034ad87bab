import { Stack, Text, Title } from "@mantine/core";

import { DeleteAccount } from "../account/delete-account";
import { ExportData } from "../account/export-data";
import { NameForm } from "../account/name-form";
import { PasswordForm } from "../account/password-form";
import { Sessions } from "../account/sessions";
import { useUser } from "../app/signed-in";
import { useTitle } from "../components/use-title";
import { texts } from "../texts";

const words = texts.account;

export function Page() {
  useTitle(words.title);
  const user = useUser();
  return (
    <Stack gap="lg" maw="var(--reading-width)" mx="auto">
      <div>
        <Title order={1}>{words.title}</Title>
        <Text c="dimmed" mt={6}>
          {user.email}
        </Text>
      </div>
      <NameForm />
      <PasswordForm />
      <Sessions />
      <ExportData />
      <DeleteAccount />
    </Stack>
  );
}
