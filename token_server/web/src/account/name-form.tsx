import { Button, Group } from "@mantine/core";
import { useForm } from "@mantine/form";

import { useRename } from "../api/account";
import { messageOf } from "../api/problem";
import { useUser } from "../app/signed-in";
import { NameField } from "../components/credential-fields";
import { checkFilled } from "../components/credentials";
import { Notice } from "../components/notice";
import { texts } from "../texts";
import { AccountSection } from "./account-section";

const words = texts.account;

export function NameForm() {
  const user = useUser();
  const rename = useRename();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { display_name: user.display_name },
    validate: { display_name: checkFilled },
    onValuesChange: () => rename.reset(),
  });
  return (
    <AccountSection title={words.nameTitle}>
      <form noValidate onSubmit={form.onSubmit((values) => rename.mutate(values))}>
        {rename.isError && <Notice mb="md">{messageOf(rename.error)}</Notice>}
        <NameField key={form.key("display_name")} {...form.getInputProps("display_name")} />
        <Group mt="md" gap="md">
          <Button type="submit" variant="default" loading={rename.isPending}>
            {words.nameSave}
          </Button>
          {rename.isSuccess && <span role="status">{words.nameSaved}</span>}
        </Group>
      </form>
    </AccountSection>
  );
}
