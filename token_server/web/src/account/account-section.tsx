import { Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface AccountSectionProps {
  title: string;
  lead?: string;
  children: ReactNode;
}

export function AccountSection({ title, lead, children }: AccountSectionProps) {
  return (
    <Paper component="section" withBorder radius="lg" p={{ base: "lg", sm: "xl" }} bg="var(--surface)">
      <Stack gap="md" align="stretch">
        <div>
          <Title order={2} size="h3">
            {title}
          </Title>
          {lead && (
            <Text c="dimmed" mt={4}>
              {lead}
            </Text>
          )}
        </div>
        {children}
      </Stack>
    </Paper>
  );
}
