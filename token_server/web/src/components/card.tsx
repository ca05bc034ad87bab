import { Paper, Stack } from "@mantine/core";
import type { ReactNode } from "react";

/** What stands in for a page's content: that there is none yet, or why, and what one can do. */
export function Card({ children }: { children: ReactNode }) {
  return (
    <Paper withBorder radius="lg" p={{ base: "xl", sm: 48 }} bg="var(--surface)">
      <Stack gap="md" maw="34rem" align="flex-start">
        {children}
      </Stack>
    </Paper>
  );
}
