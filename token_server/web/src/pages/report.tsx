import { Button, Group, Menu, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { IconChevronDown, IconRefresh, IconSparkles } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link, useParams, useSearchParams } from "react-router";

import { attemptQuery, feedbackQuery, turnsQuery } from "../api/attempts";
import { interviewQuery, useForgetInterviews } from "../api/interviews";
import { Failure } from "../components/failure";
import { PageLoading } from "../components/page-loading";
import { useTitle } from "../components/use-title";
import { formatDateTime } from "../format";
import { FeedbackView } from "../report/feedback-view";
import { FailedReport, NothingToJudge, ReportInTheMaking } from "../report/report-states";
import { Transcript } from "../report/transcript";
import { texts } from "../texts";

const words = texts.report;

export function Page() {
  useTitle(words.documentTitle);
  const { attemptId = "" } = useParams();
  const [search, setSearch] = useSearchParams();
  const view = search.get("view") === "transcript" ? "transcript" : "report";
  const feedback = useQuery(feedbackQuery(attemptId));
  const attempt = useQuery(attemptQuery(attemptId));
  const interview = useQuery({
    ...interviewQuery(attempt.data?.interview_id ?? ""),
    enabled: attempt.isSuccess,
  });
  const forgetInterviews = useForgetInterviews();
  const status = feedback.data?.answer.status;
  useEffect(() => {
    // The list shows this attempt's status and score.
    if (status) void forgetInterviews();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once per status
  }, [status]);

  if (attempt.isError) return <Failure error={attempt.error} onRetry={() => void attempt.refetch()} />;
  if (feedback.isError) return <Failure error={feedback.error} onRetry={() => void feedback.refetch()} />;
  if (attempt.isPending || feedback.isPending) return <PageLoading />;
  return (
    <Stack gap="xl">
      <Group justify="space-between" align="flex-end" gap="lg">
        <div>
          <Text c="dimmed">
            {words.heading(attempt.data.number)} · {formatDateTime(attempt.data.started_at ?? attempt.data.created_at)}
          </Text>
          <Title order={1}>{interview.data?.title ?? words.documentTitle}</Title>
        </div>
        <RetakeMenu interviewId={attempt.data.interview_id} />
      </Group>
      <SegmentedControl
        w={{ base: "100%", xs: 320 }}
        aria-label={words.views}
        data={[
          { value: "report", label: words.tabReport },
          { value: "transcript", label: words.tabTranscript },
        ]}
        value={view}
        onChange={(chosen) => setSearch(chosen === "transcript" ? { view: chosen } : {}, { replace: true })}
      />
      {view === "transcript" ? <TranscriptView attemptId={attemptId} /> : <ReportView attemptId={attemptId} />}
    </Stack>
  );
}

function ReportView({ attemptId }: { attemptId: string }) {
  const { data } = useQuery(feedbackQuery(attemptId));
  const attempt = useQuery(attemptQuery(attemptId));
  if (!data) return null;
  const { answer } = data;
  switch (answer.status) {
    case "ready":
      return answer.feedback ? <FeedbackView feedback={answer.feedback} /> : null;
    case "failed":
      return <FailedReport attemptId={attemptId} reason={answer.reason ?? null} />;
    case "not_assessable":
      return <NothingToJudge reason={answer.reason ?? null} />;
    default:
      return (
        <ReportInTheMaking
          status={answer.status}
          progress={answer.progress ?? null}
          openAttemptId={attempt.data?.room ? attemptId : null}
        />
      );
  }
}

function TranscriptView({ attemptId }: { attemptId: string }) {
  const turns = useQuery(turnsQuery(attemptId));
  const attempt = useQuery(attemptQuery(attemptId));
  if (turns.isError) return <Failure error={turns.error} onRetry={() => void turns.refetch()} />;
  if (!turns.data || !attempt.data) return <PageLoading />;
  return <Transcript turns={turns.data} />;
}

function RetakeMenu({ interviewId }: { interviewId: string }) {
  const start = `/interviews/${interviewId}/start`;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button className="no-print" rightSection={<IconChevronDown size={16} aria-hidden />}>
          {texts.interviews.retake}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to={start} leftSection={<IconRefresh size={16} aria-hidden />}>
          {texts.interviews.retakeSame}
        </Menu.Item>
        <Menu.Item component={Link} to={`${start}?questions=fresh`} leftSection={<IconSparkles size={16} aria-hidden />}>
          {texts.interviews.retakeFresh}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
