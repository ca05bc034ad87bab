import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Navigate } from "react-router";

import { useAskForReset, useSetForgottenPassword, userQuery } from "../api/account";
import { isProblem, messageOf } from "../api/problem";
import type { ResetCodeGoesTo } from "../api/types";
import { AuthCard } from "../components/auth-card";
import { EmailField, NewPasswordField } from "../components/credential-fields";
import { checkEmail, checkFilled, checkNewPassword } from "../components/credentials";
import { Notice } from "../components/notice";
import { refuseField } from "../components/refuse-field";
import { useTitle } from "../components/use-title";
import { texts } from "../texts";

const words = texts.resetPassword;

interface Asked {
  email: string;
  codeGoesTo: ResetCodeGoesTo;
}

/** First the address, then the code that was sent to it with a new password. */
export function Page() {
  useTitle(words.title);
  const user = useQuery(userQuery);
  const [asked, setAsked] = useState<Asked | null>(null);
  if (user.data) return <Navigate to="/interviews" replace />;
  return (
    <AuthCard
      title={words.title}
      lead={asked ? words.codeLead[asked.codeGoesTo](asked.email) : words.emailLead}
      other={words.other}
      otherLink={texts.signIn.submit}
      otherTo="/sign-in"
    >
      {asked ? <NewPassword {...asked} /> : <AskForCode onAsked={setAsked} />}
    </AuthCard>
  );
}

function AskForCode({ onAsked }: { onAsked: (asked: Asked) => void }) {
  const ask = useAskForReset();
  const form = useForm({ mode: "uncontrolled", initialValues: { email: "" }, validate: { email: checkEmail } });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) =>
        ask.mutate(values, {
          onSuccess: ({ code_goes_to: codeGoesTo }) => onAsked({ email: values.email.trim(), codeGoesTo }),
        }),
      )}
    >
      <Stack>
        {ask.isError && <Notice>{messageOf(ask.error)}</Notice>}
        <EmailField key={form.key("email")} {...form.getInputProps("email")} />
        <Button type="submit" loading={ask.isPending} mt="xs">
          {words.send}
        </Button>
      </Stack>
    </form>
  );
}

function NewPassword({ email, codeGoesTo }: Asked) {
  const set = useSetForgottenPassword();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { code: "", password: "" },
    validate: { code: checkFilled, password: checkNewPassword },
  });
  const isAboutAField = isProblem(set.error, "weak_password") || isProblem(set.error, "invalid_credentials");
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) =>
        set.mutate(
          { email, ...values },
          {
            onError: (error) => {
              if (isProblem(error, "weak_password")) refuseField(form, "password", error.message);
              else if (isProblem(error, "invalid_credentials")) refuseField(form, "code", words.codeWrong);
            },
          },
        ),
      )}
    >
      <Stack>
        {set.isError && !isAboutAField && <Notice>{messageOf(set.error)}</Notice>}
        <TextInput
          label={words.code}
          autoComplete="one-time-code"
          inputMode="numeric"
          required
          withAsterisk={false}
          key={form.key("code")}
          {...form.getInputProps("code")}
        />
        <NewPasswordField
          label={texts.account.newPassword}
          description={texts.account.newPasswordHint}
          key={form.key("password")}
          {...form.getInputProps("password")}
        />
        <Text size="sm" c="dimmed">
          {words.noMail[codeGoesTo]}
        </Text>
        <Button type="submit" loading={set.isPending}>
          {words.submit}
        </Button>
      </Stack>
    </form>
  );
}
