import { Button, type ButtonProps } from "@mantine/core";
import type { ComponentPropsWithoutRef } from "react";

// Mantine lightens a filled button under the pointer, and white on the lighter red is below 4.5 : 1.
const vars = () => ({ root: { "--button-hover": "var(--mantine-color-red-9)" } });

/** For what can't be undone. */
export function DangerButton(props: ButtonProps & ComponentPropsWithoutRef<"button">) {
  return <Button color="red.9" vars={vars} {...props} />;
}
