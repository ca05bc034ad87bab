import { Button, Group, Paper, SimpleGrid, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import { interviewsQuery } from "../api/interviews";
import { Failure } from "../components/failure";
import { InterviewCard } from "../components/interview-card";
import { useDeleteWithUndo } from "../components/use-delete-with-undo";
import { useTitle } from "../components/use-title";
import { texts } from "../texts";

const words = texts.interviews;

export function Page() {
  useTitle(words.documentTitle);
  const interviews = useInfiniteQuery(interviewsQuery);
  const { hidden, remove } = useDeleteWithUndo();
  if (interviews.isError) return <Failure error={interviews.error} onRetry={() => void interviews.refetch()} />;
  const items = interviews.data?.pages.flatMap((page) => page.items).filter((item) => !hidden.has(item.id)) ?? [];
  return (
    <Stack gap="xl">
      <Group justify="space-between" gap="md">
        <Title order={1}>{words.title}</Title>
        {items.length > 0 && <NewInterviewButton />}
      </Group>
      {interviews.isPending ? (
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg" aria-busy="true" aria-label={texts.loading}>
          <Skeleton height={220} radius="lg" />
          <Skeleton height={220} radius="lg" />
        </SimpleGrid>
      ) : items.length === 0 ? (
        <Paper withBorder radius="lg" p={{ base: "xl", sm: 48 }} bg="var(--surface)">
          <Stack align="flex-start" gap="md" maw="32rem">
            <Title order={2}>{words.emptyTitle}</Title>
            <Text c="dimmed">{words.empty}</Text>
            <NewInterviewButton />
          </Stack>
        </Paper>
      ) : (
        <SimpleGrid component="ul" cols={{ base: 1, sm: 2 }} spacing="lg" m={0} p={0} style={{ listStyle: "none" }}>
          {items.map((interview) => (
            <li key={interview.id}>
              <InterviewCard interview={interview} onDelete={() => remove(interview)} />
            </li>
          ))}
        </SimpleGrid>
      )}
      {interviews.hasNextPage && (
        <Button
          variant="default"
          mx="auto"
          loading={interviews.isFetchingNextPage}
          onClick={() => void interviews.fetchNextPage()}
        >
          {words.more}
        </Button>
      )}
    </Stack>
  );
}

function NewInterviewButton() {
  return (
    <Button component={Link} to="/interviews/new" leftSection={<IconPlus size={18} aria-hidden />}>
      {words.create}
    </Button>
  );
}
