import { Anchor, Button, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { Link, Navigate, useSearchParams } from "react-router";

import { useSignUp, userQuery } from "../api/account";
import { isProblem, messageOf } from "../api/problem";
import { AuthCard } from "../components/auth-card";
import { EmailField, NameField, NewPasswordField } from "../components/credential-fields";
import { checkEmail, checkFilled, checkNewPassword, nextPath } from "../components/credentials";
import { Notice } from "../components/notice";
import { refuseField } from "../components/refuse-field";
import { useTitle } from "../components/use-title";
import { texts } from "../texts";

const words = texts.signUp;

export function Page() {
  useTitle(words.submit);
  const [search] = useSearchParams();
  const user = useQuery(userQuery);
  const signUp = useSignUp();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { display_name: "", email: "", password: "" },
    validate: { display_name: checkFilled, email: checkEmail, password: checkNewPassword },
  });
  if (user.data) return <Navigate to={nextPath(search)} replace />;
  const isAboutAField = isProblem(signUp.error, "weak_password") || isProblem(signUp.error, "email_taken");
  const signIn = `/sign-in?${search.toString()}`;
  const mustConfirm = signUp.data && !("user" in signUp.data);
  return (
    <AuthCard
      title={words.title}
      lead={words.lead}
      other={words.other}
      otherLink={words.otherLink}
      otherTo={signIn}
    >
      {mustConfirm ? (
        <Notice tone="info" title={words.confirmTitle}>
          {words.confirm}
        </Notice>
      ) : (
        <form
          noValidate
          onSubmit={form.onSubmit((values) =>
            signUp.mutate(values, {
              onError: (error) => {
                if (isProblem(error, "weak_password")) refuseField(form, "password", error.message);
                if (isProblem(error, "email_taken")) {
                  refuseField(form, "email", <EmailTaken message={error.message} signIn={signIn} />);
                }
              },
            }),
          )}
        >
          <Stack>
            {signUp.isError && !isAboutAField && <Notice>{messageOf(signUp.error)}</Notice>}
            <NameField key={form.key("display_name")} {...form.getInputProps("display_name")} />
            <EmailField key={form.key("email")} {...form.getInputProps("email")} />
            <NewPasswordField
              label={texts.fields.password}
              description={texts.account.newPasswordHint}
              key={form.key("password")}
              {...form.getInputProps("password")}
            />
            <Button type="submit" loading={signUp.isPending} mt="xs">
              {words.submit}
            </Button>
          </Stack>
        </form>
      )}
    </AuthCard>
  );
}

function EmailTaken({ message, signIn }: { message: string; signIn: string }) {
  return (
    <>
      {message}{" "}
      <Anchor component={Link} to={signIn} inherit underline="always" display="inline-block">
        {words.signInInstead}
      </Anchor>
    </>
  );
}
