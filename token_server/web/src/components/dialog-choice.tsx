import { Group } from "@mantine/core";
import type { ReactNode } from "react";

import classes from "./dialog-choice.module.css";

/** The buttons at the foot of a dialog: side by side, on a phone one above the other at full width. */
export function DialogChoice({ children }: { children: ReactNode }) {
  return (
    <Group justify="flex-end" className={classes.choice}>
      {children}
    </Group>
  );
}
