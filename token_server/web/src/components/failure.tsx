import { Button, Stack, Text, Title } from "@mantine/core";
import { Link, useRouteError } from "react-router";

import { isProblem, messageOf } from "../api/problem";
import { texts } from "../texts";
import { NothingHere } from "./nothing-here";

interface FailureProps {
  /** Left out where this is a route's error element: then the router knows it. */
  error?: unknown;
  onRetry?: () => void;
}

export function Failure({ error, onRetry }: FailureProps) {
  const routeError: unknown = useRouteError();
  // Trying again would find nothing again.
  if (isProblem(error, "not_found")) return <NothingHere />;
  return (
    <Stack gap="md" align="flex-start" maw="var(--reading-width)" mx="auto" py="xl" px="md" role="alert">
      <Title order={1}>{texts.somethingWrong.title}</Title>
      <Text c="dimmed">{messageOf(error ?? routeError)}</Text>
      {onRetry ? (
        <Button onClick={onRetry}>{texts.somethingWrong.again}</Button>
      ) : (
        <Button component={Link} to="/" reloadDocument>
          {texts.notFound.home}
        </Button>
      )}
    </Stack>
  );
}
