import { Anchor, Button, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { Link, Navigate, useSearchParams } from "react-router";

import { useSignIn, userQuery } from "../api/account";
import { messageOf } from "../api/problem";
import { AuthCard } from "../components/auth-card";
import { CurrentPasswordField, EmailField } from "../components/credential-fields";
import { checkEmail, checkFilled, nextPath } from "../components/credentials";
import { Notice } from "../components/notice";
import { useTitle } from "../components/use-title";
import { texts } from "../texts";

const words = texts.signIn;

export function Page() {
  useTitle(words.submit);
  const [search] = useSearchParams();
  const user = useQuery(userQuery);
  const signIn = useSignIn();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { email: "", password: "" },
    validate: { email: checkEmail, password: checkFilled },
  });
  if (user.data) return <Navigate to={nextPath(search)} replace />;
  return (
    <AuthCard title={words.title} other={words.other} otherLink={words.otherLink} otherTo={`/sign-up?${search.toString()}`}>
      <form noValidate onSubmit={form.onSubmit((values) => signIn.mutate(values))}>
        <Stack>
          {signIn.isError && <Notice>{messageOf(signIn.error)}</Notice>}
          <EmailField key={form.key("email")} {...form.getInputProps("email")} />
          <CurrentPasswordField
            label={texts.fields.password}
            key={form.key("password")}
            {...form.getInputProps("password")}
          />
          <Anchor component={Link} to="/reset-password" size="sm" underline="always">
            {words.forgotten}
          </Anchor>
          <Button type="submit" loading={signIn.isPending} mt="xs">
            {words.submit}
          </Button>
        </Stack>
      </form>
    </AuthCard>
  );
}
