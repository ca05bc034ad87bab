import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearchParams } from "react-router";

import { comparisonQuery } from "../api/growth";
import { interviewQuery } from "../api/interviews";
import { isProblem } from "../api/problem";
import { Card } from "../components/card";
import { Failure } from "../components/failure";
import { PageLoading } from "../components/page-loading";
import { useTitle } from "../components/use-title";
import { AttemptChoice } from "../growth/attempt-choice";
import { ComparisonView } from "../growth/comparison-view";
import { reportedAttempts } from "../growth/reported";
import { fullTitleOf } from "../interview-title";
import { texts } from "../texts";

const words = texts.compare;

/** Two attempts of an interview; which ones stands in the address. */
export function Page() {
  const { interviewId = "" } = useParams();
  const [search, setSearch] = useSearchParams();
  const from = search.get("from");
  const to = search.get("to");
  const interview = useQuery(interviewQuery(interviewId));
  const comparison = useQuery(comparisonQuery(interviewId, from, to));
  useTitle(interview.data ? words.titleOf(fullTitleOf(interview.data)) : words.documentTitle);

  if (interview.isLoadingError) return <Failure error={interview.error} onRetry={() => void interview.refetch()} />;
  // A validation problem: both sides of the address name one attempt.
  const isRefused = isProblem(comparison.error, "not_comparable") || isProblem(comparison.error, "validation_failed");
  if (comparison.isLoadingError && !isRefused) {
    return <Failure error={comparison.error} onRetry={() => void comparison.refetch()} />;
  }
  if (!interview.data || comparison.isPending) return <PageLoading />;
  const attempts = reportedAttempts(interview.data.attempts);
  const shown = comparison.data;
  return (
    <Stack gap="xl">
      <div>
        {shown && <Text c="dimmed">{words.eyebrow}</Text>}
        <Title order={1} style={{ overflowWrap: "anywhere" }}>
          {fullTitleOf(interview.data)}
        </Title>
      </div>
      {attempts.length > 1 && (
        <AttemptChoice
          attempts={attempts}
          from={from ?? shown?.from.attempt_id ?? null}
          to={to ?? shown?.to.attempt_id ?? null}
          onChoose={(chosen) => setSearch(chosen, { replace: true, preventScrollReset: true })}
        />
      )}
      {shown ? (
        <div aria-busy={comparison.isPlaceholderData}>
          <p role="status" className="visually-hidden">
            {comparison.isPlaceholderData ? words.loading : words.shown(shown.from.number, shown.to.number)}
          </p>
          <ComparisonView key={`${shown.from.attempt_id} ${shown.to.attempt_id}`} comparison={shown} />
        </div>
      ) : (
        <NothingToCompare interviewId={interviewId} hasOthers={attempts.length > 1} />
      )}
    </Stack>
  );
}

function NothingToCompare({ interviewId, hasOthers }: { interviewId: string; hasOthers: boolean }) {
  return (
    <Card>
      <Title order={2}>{hasOthers ? words.notTheseTitle : words.nothingTitle}</Title>
      <Text c="dimmed">{hasOthers ? words.notThese : words.nothing}</Text>
      <Group gap="sm">
        {!hasOthers && (
          <Button component={Link} to={`/interviews/${interviewId}/start`}>
            {texts.interviews.retake}
          </Button>
        )}
        <Button component={Link} to="/interviews" variant="default">
          {words.toInterviews}
        </Button>
      </Group>
    </Card>
  );
}
