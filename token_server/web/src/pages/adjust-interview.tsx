import { Button, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "react-router";

import { interviewQuery, useChangeInterview } from "../api/interviews";
import { Failure } from "../components/failure";
import { InterviewForm } from "../components/interview-form";
import { PageLoading } from "../components/page-loading";
import { useTitle } from "../components/use-title";
import { fullTitleOf } from "../interview-title";
import { texts } from "../texts";

const words = texts.adjustInterview;

/** The same interview with other parameters: its attempts stay together, so that they can be compared. */
export function Page() {
  useTitle(words.title);
  const { interviewId = "" } = useParams();
  const navigate = useNavigate();
  const interview = useQuery(interviewQuery(interviewId));
  const change = useChangeInterview(interviewId);
  if (interview.isLoadingError) return <Failure error={interview.error} onRetry={() => void interview.refetch()} />;
  if (!interview.data) return <PageLoading />;
  return (
    <Stack gap="xl" maw="var(--reading-width)" mx="auto">
      <div>
        <Title order={1}>{words.title}</Title>
        <Text c="dimmed" mt={6}>
          {words.lead(fullTitleOf(interview.data))}
        </Text>
      </div>
      <InterviewForm
        initial={interview.data}
        error={change.error}
        submit={(values) =>
          change.mutate(values, { onSuccess: () => void navigate(`/interviews/${interviewId}/start`) })
        }
        submitButton={
          <>
            <Button type="submit" size="lg" loading={change.isPending} w={{ base: "100%", xs: "auto" }} miw="12rem">
              {words.submit}
            </Button>
            <Text size="sm" c="dimmed">
              {texts.newInterview.next}
            </Text>
          </>
        }
      />
    </Stack>
  );
}
