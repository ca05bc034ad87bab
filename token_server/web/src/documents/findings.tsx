import { Badge, Group, Text } from "@mantine/core";

import type { DocumentFindings } from "../api/types";
import { texts } from "../texts";

const words = texts.documents;

/** What of a document moves the choice of questions. Nothing else in it does. */
export function Findings({ findings }: { findings: DocumentFindings }) {
  const years = findings.years_of_experience;
  const names = [
    ...findings.technologies,
    ...findings.competencies.map(words.subject),
    ...(years === null ? [] : [words.years(years)]),
  ];
  if (names.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {words.nothingFound}
      </Text>
    );
  }
  return (
    <Group gap={6}>
      <Text size="sm" c="dimmed">
        {words.findings}
      </Text>
      {names.map((name) => (
        <Badge key={name} variant="default" tt="none" fw={500}>
          {name}
        </Badge>
      ))}
    </Group>
  );
}
