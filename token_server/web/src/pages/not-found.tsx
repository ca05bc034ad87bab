import { Button, Stack, Text, Title } from "@mantine/core";
import { Link } from "react-router";

import { useTitle } from "../components/use-title";
import { texts } from "../texts";

export function Page() {
  useTitle(texts.notFound.title);
  return (
    <Stack gap="md" align="flex-start">
      <Title order={1}>{texts.notFound.title}</Title>
      <Text c="dimmed">{texts.notFound.lead}</Text>
      <Button component={Link} to="/">
        {texts.notFound.home}
      </Button>
    </Stack>
  );
}
