import { Button, Paper, Progress, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "react-router";

import { useAssessAgain } from "../api/attempts";
import { messageOf } from "../api/problem";
import { Notice } from "../components/notice";
import { texts } from "../texts";

const words = texts.report;

function Card({ children }: { children: ReactNode }) {
  return (
    <Paper withBorder radius="lg" p={{ base: "xl", sm: 48 }} bg="var(--surface)">
      <Stack gap="md" maw="34rem" align="flex-start">
        {children}
      </Stack>
    </Paper>
  );
}

interface InTheMakingProps {
  status: keyof typeof words.making;
  progress: number | null;
  /** Set while the attempt can still be entered. */
  openAttemptId: string | null;
}

export function ReportInTheMaking({ status, progress, openAttemptId }: InTheMakingProps) {
  const percent = Math.round((progress ?? 0) * 100);
  if (status === "not_ready" && openAttemptId) {
    return (
      <Card>
        <Title order={2}>{words.stillOpenTitle}</Title>
        <Button component={Link} to={`/attempts/${openAttemptId}`}>
          {words.stillOpenGo}
        </Button>
      </Card>
    );
  }
  return (
    <Card>
      <Title order={2}>{words.makingTitle}</Title>
      <Text role="status">{words.making[status]}</Text>
      <Progress.Root size="lg" w="100%" radius="xl">
        <Progress.Section value={Math.max(percent, 4)} animated aria-label={words.progress} />
      </Progress.Root>
      <Text size="sm" c="dimmed">
        {words.makingNote}
      </Text>
    </Card>
  );
}

interface FailedReportProps {
  attemptId: string;
  reason: string | null;
  onMade: () => void;
}

export function FailedReport({ attemptId, reason, onMade }: FailedReportProps) {
  const again = useAssessAgain(attemptId);
  return (
    <Card>
      <Title order={2}>{words.failedTitle}</Title>
      {reason && <Text>{reason}</Text>}
      <Text c="dimmed">{words.failedNote}</Text>
      {again.isError && <Notice>{messageOf(again.error)}</Notice>}
      <Button loading={again.isPending} onClick={() => again.mutate(undefined, { onSuccess: onMade })}>
        {words.failedAgain}
      </Button>
    </Card>
  );
}

export function NothingToJudge({ reason }: { reason: string | null }) {
  return (
    <Card>
      <Title order={2}>{words.notAssessableTitle}</Title>
      {reason && <Text>{reason}</Text>}
      <Text c="dimmed">{words.notAssessable}</Text>
    </Card>
  );
}
