import { ActionIcon, Anchor, Badge, Button, Group, Menu, Stack, Text, Title } from "@mantine/core";
import { IconAdjustments, IconCopyPlus, IconDots, IconRefresh, IconSparkles, IconTrash } from "@tabler/icons-react";
import { Link } from "react-router";

import type { AttemptOfInterview, InterviewItem } from "../api/types";
import { formatDate, formatDateTime } from "../format";
import { comparisonOfNewest } from "../growth/reported";
import { shortTitleOf } from "../interview-title";
import { texts } from "../texts";
import classes from "./interview-card.module.css";

const words = texts.interviews;
const SHOWN_ATTEMPTS = 4;

interface InterviewCardProps {
  interview: InterviewItem;
  onDelete: () => void;
}

export function InterviewCard({ interview, onDelete }: InterviewCardProps) {
  const { vocabulary } = texts;
  const start = `/interviews/${interview.id}/start`;
  const open = interview.attempts.find(isOpen);
  const scores = interview.attempts.flatMap((attempt) => attempt.overall_score ?? []);
  const comparison = comparisonOfNewest(interview.id, interview.attempts);
  const headingId = `interview-${interview.id}`;
  return (
    <article className={classes.card} aria-labelledby={headingId}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Title order={2} size="h3" id={headingId} className={classes.title}>
            {shortTitleOf(interview)}
          </Title>
          <ul className={classes.facts}>
            {!interview.title.includes(interview.role) && <li>{interview.role}</li>}
            <li>{vocabulary.type[interview.interview_type]}</li>
            <li>{vocabulary.level[interview.level]}</li>
            <li>{vocabulary.questionCount(interview.question_count)}</li>
            <li>{words.made(formatDate(interview.created_at))}</li>
          </ul>
        </div>
        <CardMenu interview={interview} onDelete={onDelete} />
      </Group>
      {interview.technologies.length > 0 && (
        <Group gap={6}>
          {interview.technologies.map((technology) => (
            <Badge key={technology} variant="default" tt="none" fw={500} size="md" className={classes.badge}>
              {technology}
            </Badge>
          ))}
        </Group>
      )}
      <div>
        <Attempts attempts={interview.attempts} />
        {comparison && (
          <Anchor component={Link} to={comparison} size="sm" className={classes.compare}>
            {texts.compare.link}
          </Anchor>
        )}
      </div>
      <Group justify="space-between" align="flex-end" mt="auto">
        {scores.length > 0 ? (
          <Group gap="xl">
            <Figure value={scores[0] ?? 0} label={words.latest} />
            {scores.length > 1 && <Figure value={Math.max(...scores)} label={words.best} />}
          </Group>
        ) : (
          <span />
        )}
        {open ? (
          <Button component={Link} to={`/attempts/${open.id}`} size="sm">
            {words.resume}
          </Button>
        ) : (
          <Button component={Link} to={start} size="sm" variant={interview.attempts.length ? "light" : "filled"}>
            {interview.attempts.length ? words.retake : words.start}
          </Button>
        )}
      </Group>
    </article>
  );
}

const isOpen = (attempt: AttemptOfInterview) => attempt.status === "planned" || attempt.status === "live";

function Attempts({ attempts }: { attempts: AttemptOfInterview[] }) {
  if (attempts.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {words.noAttempts}
      </Text>
    );
  }
  return (
    <Stack gap={0} component="ul" className={classes.attempts} aria-label={words.attempts}>
      {attempts.slice(0, SHOWN_ATTEMPTS).map((attempt) => (
        <li key={attempt.id} className={classes.attempt}>
          <Anchor
            component={Link}
            to={isOpen(attempt) ? `/attempts/${attempt.id}` : `/attempts/${attempt.id}/report`}
            size="sm"
            fw={520}
          >
            {words.attempt(attempt.number)}
          </Anchor>
          <Text size="sm" c="dimmed" className={classes.when}>
            {formatDateTime(attempt.created_at)}
          </Text>
          <Text size="sm" ta="right">
            {attempt.overall_score === null ? statusOf(attempt) : words.score(attempt.overall_score)}
          </Text>
        </li>
      ))}
      {attempts.length > SHOWN_ATTEMPTS && (
        <Text component="li" size="sm" c="dimmed" className={classes.attempt}>
          {words.earlier(attempts.length - SHOWN_ATTEMPTS)}
        </Text>
      )}
    </Stack>
  );
}

function statusOf(attempt: AttemptOfInterview): string {
  if (attempt.status !== "ended") return words.status[attempt.status];
  switch (attempt.assessment_status) {
    case "running":
    case "failed":
    case "not_assessable":
      return words.status[attempt.assessment_status];
    case "done":
      return words.status.noScore;
    default:
      return words.status.queued;
  }
}

function Figure({ value, label }: { value: number; label: string }) {
  return (
    <div className={classes.score}>
      <b>{value}</b>{" "}
      <Text component="span" size="sm" c="dimmed">
        {label}
      </Text>
    </div>
  );
}

function CardMenu({ interview, onDelete }: InterviewCardProps) {
  const start = `/interviews/${interview.id}/start`;
  const tried = interview.attempts.length > 0;
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={36} aria-label={words.menu(interview.title)}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {tried && <Menu.Label>{words.retake}</Menu.Label>}
        {tried && (
          <Menu.Item component={Link} to={start} leftSection={<IconRefresh size={16} aria-hidden />}>
            {words.retakeSame}
          </Menu.Item>
        )}
        {tried && (
          <Menu.Item component={Link} to={`${start}?questions=fresh`} leftSection={<IconSparkles size={16} aria-hidden />}>
            {words.retakeFresh}
          </Menu.Item>
        )}
        {tried && (
          <Menu.Item
            component={Link}
            to={`/interviews/${interview.id}/adjust`}
            leftSection={<IconAdjustments size={16} aria-hidden />}
          >
            {words.adjust}
          </Menu.Item>
        )}
        {tried && <Menu.Divider />}
        <Menu.Item
          component={Link}
          to={`/interviews/new?like=${interview.id}`}
          leftSection={<IconCopyPlus size={16} aria-hidden />}
        >
          {words.another}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item c="var(--danger-ink)" leftSection={<IconTrash size={16} aria-hidden />} onClick={onDelete}>
          {words.remove}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
