import { Button, Center, Stack, Text, Title } from "@mantine/core";
import { Link } from "react-router";

import { texts } from "../texts";
import { useTitle } from "./use-title";

const words = texts.notFound;

/** For an address that leads nowhere, be it to no page or to nothing of this person's. */
export function NothingHere() {
  useTitle(words.title);
  return (
    <Stack gap="md" align="flex-start">
      <Title order={1}>{words.title}</Title>
      <Text c="dimmed">{words.lead}</Text>
      <Button component={Link} to="/">
        {words.home}
      </Button>
    </Stack>
  );
}

/** The same where no frame of the page is around it. */
export function NothingHereUnframed() {
  return (
    <Center component="main" mih="100dvh" p="lg">
      <NothingHere />
    </Center>
  );
}
