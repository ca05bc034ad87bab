import { Button, Group, Paper, SimpleGrid, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Link } from "react-router";

import { interviewsQuery } from "../api/interviews";
import { Card } from "../components/card";
import { Failure } from "../components/failure";
import { InterviewCard } from "../components/interview-card";
import { InterviewFilters } from "../components/interview-filters";
import { useDeleteWithUndo } from "../components/use-delete-with-undo";
import { useInterviewFilter } from "../components/use-interview-filter";
import { useTitle } from "../components/use-title";
import { texts } from "../texts";

const words = texts.interviews;
const SKELETONS = [0, 1, 2, 3];

export function Page() {
  useTitle(words.documentTitle);
  const state = useInterviewFilter();
  const interviews = useInfiniteQuery(interviewsQuery(state.filter));
  const { hidden, remove } = useDeleteWithUndo();
  if (interviews.isLoadingError) return <Failure error={interviews.error} onRetry={() => void interviews.refetch()} />;
  const items = interviews.data?.pages.flatMap((page) => page.items).filter((item) => !hidden.has(item.id)) ?? [];
  // What is still there of another choice says nothing about this one: after "Clear filters" it is an empty list.
  const isEmpty = !interviews.isPending && !interviews.isPlaceholderData && items.length === 0 && !state.isNarrowed;
  return (
    <Stack gap="xl">
      <Group justify="space-between" gap="md">
        <Title order={1}>{words.title}</Title>
        {!isEmpty && <NewInterviewButton />}
      </Group>
      {isEmpty ? (
        <Paper withBorder radius="lg" p={{ base: "xl", sm: 48 }} bg="var(--surface)">
          <Stack align="flex-start" gap="md" maw="32rem">
            <Title order={2}>{words.emptyTitle}</Title>
            <Text c="dimmed">{words.empty}</Text>
            <NewInterviewButton />
          </Stack>
        </Paper>
      ) : (
        <>
          <InterviewFilters state={state} />
          <p role="status" className="visually-hidden">
            {state.isNarrowed && !interviews.isPlaceholderData && words.filters.found(items.length, interviews.hasNextPage)}
          </p>
          {interviews.isPending ? (
            <Cards busy>
              {SKELETONS.map((place) => (
                <Skeleton key={place} height={250} radius="lg" />
              ))}
            </Cards>
          ) : items.length === 0 ? (
            <Card>
              <Title order={2}>{words.filters.nothingTitle}</Title>
              <Text c="dimmed">{words.filters.nothing}</Text>
              <Button variant="default" onClick={state.clear}>
                {words.filters.clear}
              </Button>
            </Card>
          ) : (
            <Cards busy={interviews.isPlaceholderData}>
              {items.map((interview) => (
                <InterviewCard key={interview.id} interview={interview} onDelete={() => remove(interview)} />
              ))}
            </Cards>
          )}
        </>
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

function Cards({ busy, children }: { busy: boolean; children: ReactElement[] }) {
  return (
    <SimpleGrid
      component="ul"
      cols={{ base: 1, sm: 2 }}
      spacing="lg"
      m={0}
      p={0}
      style={{ listStyle: "none" }}
      aria-busy={busy}
      aria-label={words.title}
    >
      {children.map((child) => (
        <li key={child.key}>{child}</li>
      ))}
    </SimpleGrid>
  );
}

function NewInterviewButton() {
  return (
    <Button component={Link} to="/interviews/new" leftSection={<IconPlus size={18} aria-hidden />}>
      {words.create}
    </Button>
  );
}
