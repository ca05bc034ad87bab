import { Button, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";

import { useChangePassword } from "../api/account";
import { isProblem, messageOf } from "../api/problem";
import { useUser } from "../app/signed-in";
import { CurrentPasswordField, NewPasswordField } from "../components/credential-fields";
import { checkFilled, checkNewPassword } from "../components/credentials";
import { Notice } from "../components/notice";
import { refuseField } from "../components/refuse-field";
import { texts } from "../texts";
import { AccountSection } from "./account-section";

const words = texts.account;

export function PasswordForm() {
  const user = useUser();
  const change = useChangePassword();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { current_password: "", password: "" },
    validate: { current_password: checkFilled, password: checkNewPassword },
  });
  const isAboutAField = isProblem(change.error, "wrong_password") || isProblem(change.error, "weak_password");
  return (
    <AccountSection title={words.passwordTitle} lead={words.passwordLead}>
      <form
        noValidate
        onSubmit={form.onSubmit((values) =>
          change.mutate(values, {
            onSuccess: () => form.reset(),
            onError: (error) => {
              if (isProblem(error, "wrong_password")) refuseField(form, "current_password", error.message);
              if (isProblem(error, "weak_password")) refuseField(form, "password", error.message);
            },
          }),
        )}
      >
        <Stack>
          {change.isError && !isAboutAField && <Notice>{messageOf(change.error)}</Notice>}
          {change.isSuccess && <Notice tone="info">{words.passwordSaved}</Notice>}
          {/* For password managers: whose password this is. */}
          <input type="text" autoComplete="username" value={user.email} readOnly hidden />
          <CurrentPasswordField
            label={words.currentPassword}
            key={form.key("current_password")}
            {...form.getInputProps("current_password")}
          />
          <NewPasswordField
            label={words.newPassword}
            description={words.newPasswordHint}
            key={form.key("password")}
            {...form.getInputProps("password")}
          />
          <div>
            <Button type="submit" variant="default" loading={change.isPending}>
              {words.passwordSave}
            </Button>
          </div>
        </Stack>
      </form>
    </AccountSection>
  );
}
