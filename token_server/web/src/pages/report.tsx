import { Anchor, Button, Group, Menu, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { IconArrowsDiff, IconChevronDown, IconRefresh, IconSparkles } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { Link, useParams } from "react-router";

import { attemptQuery, feedbackQuery, turnsQuery, versionsQuery } from "../api/attempts";
import { interviewQuery, useForgetInterviews } from "../api/interviews";
import { recordingsQuery } from "../api/recordings";
import type { AttemptDetail, FeedbackVersion, InterviewType } from "../api/types";
import { Failure } from "../components/failure";
import { Notice } from "../components/notice";
import { PageLoading } from "../components/page-loading";
import { useTitle } from "../components/use-title";
import { formatDateTime } from "../format";
import { comparisonWith } from "../growth/reported";
import { fullTitleOf } from "../interview-title";
import { PlaybackProvider } from "../recording/playback";
import { RecordingSection } from "../recording/recording-section";
import { CorrectionsBar } from "../report/corrections-bar";
import { ExportMenu } from "../report/export-menu";
import { FeedbackView } from "../report/feedback-view";
import { reportAsMarkdown } from "../report/markdown";
import { FailedReport, NothingToJudge, ReportInTheMaking } from "../report/report-states";
import { Transcript } from "../report/transcript";
import { useReportAddress } from "../report/use-report-address";
import { madeAt, VersionChoice } from "../report/version-choice";
import { texts } from "../texts";
import classes from "./report.module.css";

const words = texts.report;

export function Page() {
  const { attemptId = "" } = useParams();
  const { view, assessmentId, show } = useReportAddress();
  const newest = useQuery(feedbackQuery(attemptId));
  const attempt = useQuery(attemptQuery(attemptId));
  const versions = useQuery(versionsQuery(attemptId));
  const recordings = useQuery({ ...recordingsQuery(attemptId), enabled: attempt.data?.record_audio === true });
  const interview = useQuery({
    ...interviewQuery(attempt.data?.interview_id ?? ""),
    enabled: attempt.isSuccess,
  });
  const title = interview.data && fullTitleOf(interview.data);
  useTitle(title && attempt.data ? words.titleOf(title, attempt.data.number) : words.documentTitle);
  // The one that is shown; where that is the newest, it is the same query.
  const shown = useQuery(feedbackQuery(attemptId, assessmentId));
  const forgetInterviews = useForgetInterviews();
  const status = newest.data?.answer.status;
  useEffect(() => {
    // The list shows this attempt's status and score.
    if (status) void forgetInterviews();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once per status
  }, [status]);

  if (attempt.isLoadingError) return <Failure error={attempt.error} onRetry={() => void attempt.refetch()} />;
  if (newest.isLoadingError) return <Failure error={newest.error} onRetry={() => void newest.refetch()} />;
  // All of it at once: a heading or a control that comes later would push the report down.
  if (!attempt.data || !newest.data || interview.isLoading || versions.isLoading || recordings.isLoading) {
    return <PageLoading />;
  }
  const isPlanStill = interview.data?.plan_version === attempt.data.versions.plan;
  const comparison = comparisonWith(attempt.data.interview_id, interview.data?.attempts ?? [], attemptId);
  const feedback = shown.data?.answer.feedback;
  const when = formatDateTime(attempt.data.started_at ?? attempt.data.created_at);
  const heading = { title: title ?? words.documentTitle, number: attempt.data.number, when };
  const markdown = feedback ? () => reportAsMarkdown(heading, feedback) : null;
  return (
    <Stack gap="xl">
      <Group justify="space-between" align="flex-end" gap="lg">
        <div>
          <Text c="dimmed">
            {words.heading(attempt.data.number)} · {when}
          </Text>
          <Title order={1}>{heading.title}</Title>
        </div>
        <div className={`${classes.actions ?? ""} no-print`}>
          {comparison && (
            <Button
              component={Link}
              to={comparison}
              variant="default"
              leftSection={<IconArrowsDiff size={18} aria-hidden />}
            >
              {texts.compare.shortLink}
            </Button>
          )}
          <ExportMenu markdown={markdown} />
          <RetakeMenu interviewId={attempt.data.interview_id} />
        </div>
      </Group>
      <Group justify="space-between" gap="md" className="no-print">
        <SegmentedControl
          w={{ base: "100%", xs: 320 }}
          aria-label={words.views}
          data={[
            { value: "report", label: words.tabReport },
            { value: "transcript", label: words.tabTranscript },
          ]}
          value={view}
          onChange={(chosen) => show(chosen === "transcript" ? chosen : "report", assessmentId)}
        />
        {versions.data && versions.data.length > 1 && (
          <VersionChoice versions={versions.data} chosen={assessmentId} onChoose={(chosen) => show(view, chosen)} />
        )}
      </Group>
      <WithRecording attempt={attempt.data}>
        {view === "transcript" ? (
          <TranscriptView
            attemptId={attemptId}
            assessmentId={assessmentId}
            // Not by the attempt: what the room knew of it may still be taken for fresh.
            correctable={newest.data.answer.status !== "not_ready"}
          />
        ) : (
          <ReportView
            attempt={attempt.data}
            assessmentId={assessmentId}
            versions={versions.data ?? []}
            interviewType={isPlanStill ? (interview.data?.interview_type ?? null) : null}
          />
        )}
      </WithRecording>
      <CorrectionsBar
        attemptId={attemptId}
        answer={newest.data.answer}
        inTranscript={view === "transcript"}
        onMade={() => show("report", null)}
      />
    </Stack>
  );
}

/** Play buttons where the sound may have been kept. */
function WithRecording({ attempt, children }: { attempt: AttemptDetail; children: ReactNode }) {
  if (!attempt.record_audio) return children;
  return (
    <PlaybackProvider attemptId={attempt.id}>
      {children}
      <div className={classes.recording}>
        <RecordingSection attemptId={attempt.id} />
      </div>
    </PlaybackProvider>
  );
}

interface ReportViewProps {
  attempt: AttemptDetail;
  assessmentId: string | null;
  versions: FeedbackVersion[];
  interviewType: InterviewType | null;
}

function ReportView({ attempt, assessmentId, versions, interviewType }: ReportViewProps) {
  const feedback = useQuery(feedbackQuery(attempt.id, assessmentId));
  const { show } = useReportAddress();
  if (feedback.isLoadingError) return <Failure error={feedback.error} onRetry={() => void feedback.refetch()} />;
  if (!feedback.data) return <PageLoading />;
  const { answer } = feedback.data;
  const version = versions.find((one) => one.assessment_id === answer.assessment_id);
  const isOlder = version !== undefined && version !== versions[0];
  switch (answer.status) {
    case "ready":
      return (
        <>
          {isOlder && (
            <Notice tone="info">
              {words.versions.older(formatDateTime(madeAt(version)))}{" "}
              <Anchor component="button" type="button" className="no-print" onClick={() => show("report", null)}>
                {words.versions.newest}
              </Anchor>
            </Notice>
          )}
          {answer.feedback && (
            <FeedbackView
              feedback={answer.feedback}
              planned={attempt.questions}
              interviewType={interviewType}
              madeAt={version ? madeAt(version) : null}
            />
          )}
        </>
      );
    case "failed":
      return (
        <FailedReport attemptId={attempt.id} reason={answer.reason ?? null} onMade={() => show("report", null)} />
      );
    case "not_assessable":
      return <NothingToJudge reason={answer.reason ?? null} />;
    default:
      return (
        <ReportInTheMaking
          status={answer.status}
          progress={answer.progress ?? null}
          openAttemptId={attempt.room ? attempt.id : null}
        />
      );
  }
}

interface TranscriptViewProps {
  attemptId: string;
  assessmentId: string | null;
  correctable: boolean;
}

function TranscriptView({ attemptId, assessmentId, correctable }: TranscriptViewProps) {
  const turns = useQuery(turnsQuery(attemptId));
  const feedback = useQuery(feedbackQuery(attemptId, assessmentId));
  if (turns.isLoadingError) return <Failure error={turns.error} onRetry={() => void turns.refetch()} />;
  if (!turns.data) return <PageLoading />;
  return (
    <Transcript
      attemptId={attemptId}
      turns={turns.data}
      unsureTurns={feedback.data?.answer.feedback?.doubt?.turn_seqs ?? []}
      correctable={correctable}
    />
  );
}

function RetakeMenu({ interviewId }: { interviewId: string }) {
  const start = `/interviews/${interviewId}/start`;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button rightSection={<IconChevronDown size={16} aria-hidden />}>
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
