import { Anchor, Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "react-router";

interface AuthCardProps {
  title: string;
  lead?: string;
  other: string;
  otherLink: string;
  otherTo: string;
  children: ReactNode;
}

/** The frame of signing in and signing up, each with the way to the other. */
export function AuthCard({ title, lead, other, otherLink, otherTo, children }: AuthCardProps) {
  return (
    <Stack maw="26rem" mx="auto" gap="lg">
      <div>
        <Title order={1}>{title}</Title>
        {lead && (
          <Text c="dimmed" mt={6}>
            {lead}
          </Text>
        )}
      </div>
      <Paper withBorder p={{ base: "lg", xs: "xl" }} radius="lg" bg="var(--surface)">
        {children}
      </Paper>
      <Text ta="center" c="dimmed">
        {other}{" "}
        <Anchor component={Link} to={otherTo} underline="always">
          {otherLink}
        </Anchor>
      </Text>
    </Stack>
  );
}
