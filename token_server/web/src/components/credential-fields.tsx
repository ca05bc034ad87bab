import { PasswordInput, TextInput, type PasswordInputProps, type TextInputProps } from "@mantine/core";

import { texts } from "../texts";

/** Fields of several forms. Each takes a form's input props. */
export function EmailField(props: TextInputProps) {
  return (
    <TextInput label={texts.fields.email} type="email" autoComplete="email" required withAsterisk={false} {...props} />
  );
}

export function NameField(props: TextInputProps) {
  return (
    <TextInput
      label={texts.fields.name}
      description={texts.fields.nameHint}
      autoComplete="given-name"
      maxLength={80}
      required
      withAsterisk={false}
      {...props}
    />
  );
}

export function CurrentPasswordField(props: PasswordInputProps) {
  return <PasswordInput autoComplete="current-password" required withAsterisk={false} {...props} />;
}

export function NewPasswordField(props: PasswordInputProps) {
  return <PasswordInput autoComplete="new-password" required withAsterisk={false} {...props} />;
}
