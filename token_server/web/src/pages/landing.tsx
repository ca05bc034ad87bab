import { Button, Group, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, Navigate } from "react-router";

import { userQuery } from "../api/account";
import { useTitle } from "../components/use-title";
import { texts } from "../texts";
import classes from "./landing.module.css";

const words = texts.landing;

export function Page() {
  useTitle("");
  const user = useQuery(userQuery);
  if (user.data) return <Navigate to="/interviews" replace />;
  return (
    <Stack gap={0}>
      <div className={classes.hero}>
        <Stack gap="lg" align="flex-start">
          <Title order={1} className={classes.title}>
            {words.title}
          </Title>
          <Text size="lg" c="dimmed" maw="34rem">
            {words.lead}
          </Text>
          <Group gap="md" w="100%">
            <Button component={Link} to="/sign-up" size="lg" w={{ base: "100%", xs: "auto" }}>
              {words.start}
            </Button>
            <Button component={Link} to="/sign-in" size="lg" variant="subtle" w={{ base: "100%", xs: "auto" }}>
              {words.haveAccount}
            </Button>
          </Group>
        </Stack>
        <figure className={classes.sample} aria-label={words.sampleLabel}>
          {words.sample.map((line) => (
            <div key={line.text} className={classes.line} data-speaker={line.speaker === texts.room.you ? "you" : "them"}>
              <span className={classes.speaker}>{line.speaker}</span>
              <p className={classes.spoken}>{line.text}</p>
            </div>
          ))}
          <figcaption className={classes.note}>{words.sampleNote}</figcaption>
        </figure>
      </div>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing={{ base: "xl", sm: 48 }} className={classes.points}>
        {words.points.map((point) => (
          <div key={point.title}>
            <Title order={2} size="h3" mb={6}>
              {point.title}
            </Title>
            <Text c="dimmed">{point.text}</Text>
          </div>
        ))}
      </SimpleGrid>
    </Stack>
  );
}
