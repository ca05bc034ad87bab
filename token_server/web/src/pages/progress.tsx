import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import { progressQuery } from "../api/growth";
import type { ProgressPoint } from "../api/types";
import { Card } from "../components/card";
import { Failure } from "../components/failure";
import { PageLoading } from "../components/page-loading";
import { useTitle } from "../components/use-title";
import { formatDate } from "../format";
import { ProgressView } from "../growth/progress-view";
import { fullTitle } from "../interview-title";
import { texts } from "../texts";

const words = texts.progress;

export function Page() {
  useTitle(words.documentTitle);
  const progress = useQuery(progressQuery);
  if (progress.isLoadingError) return <Failure error={progress.error} onRetry={() => void progress.refetch()} />;
  if (!progress.data) return <PageLoading />;
  const { points } = progress.data;
  const last = points.at(-1);
  return (
    <Stack gap="xl">
      <div>
        <Title order={1}>{words.title}</Title>
        {last && points.length > 1 && (
          <Text c="dimmed" mt={6}>
            {words.lead(points.length, formatDate(last.ended_at))}
          </Text>
        )}
      </div>
      {!last ? <NothingYet /> : points.length === 1 ? <OneReport point={last} /> : <ProgressView progress={progress.data} />}
    </Stack>
  );
}

function NothingYet() {
  return (
    <Card>
      <Title order={2}>{words.emptyTitle}</Title>
      <Text c="dimmed">{words.empty}</Text>
      <Button component={Link} to="/interviews/new">
        {words.emptyStart}
      </Button>
    </Card>
  );
}

function OneReport({ point }: { point: ProgressPoint }) {
  return (
    <Card>
      <Title order={2}>{words.oneTitle}</Title>
      <Text>{words.one(fullTitle(point.title), point.number, point.overall_score)}</Text>
      <Text c="dimmed">{words.oneNext}</Text>
      <Group gap="sm">
        <Button component={Link} to={`/interviews/${point.interview_id}/start`}>
          {texts.interviews.retake}
        </Button>
        <Button component={Link} to={`/attempts/${point.attempt_id}/report`} variant="default">
          {words.oneReport}
        </Button>
      </Group>
    </Card>
  );
}
