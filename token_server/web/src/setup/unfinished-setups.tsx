import { ActionIcon, Button, Stack, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconTrash } from "@tabler/icons-react";
import { Link } from "react-router";

import { messageOf } from "../api/problem";
import { useDeleteSetup, useUnfinishedSetups } from "../api/setups";
import type { SetupDetail, SetupDraft } from "../api/types";
import { useHidden } from "../components/use-hidden";
import { formatDateTime } from "../format";
import { texts } from "../texts";
import classes from "./tell-interviewer.module.css";

const words = texts.setup.unfinished;
const { vocabulary } = texts;

/** Conversations that were left before the yes, to be taken up. Those in which nothing was said yet are left out. */
export function UnfinishedSetups() {
  const unfinished = useUnfinishedSetups();
  const { hidden, hide, show } = useHidden();
  const { mutate } = useDeleteSetup((error, id) => {
    show(id);
    notifications.show({ color: "red", message: messageOf(error) });
  });
  const remove = (id: string) => {
    hide(id);
    mutate(id);
  };
  const items = (unfinished.data ?? []).filter(({ id, draft }) => hasSomething(draft) && !hidden.has(id));
  if (items.length === 0) return null;
  return (
    <Stack component="section" gap="sm" aria-labelledby="unfinished-title">
      <Title order={2} size="h3" id="unfinished-title">
        {words.title}
      </Title>
      <ul className={classes.unfinished}>
        {items.map((setup) => (
          <Item key={setup.id} setup={setup} onDelete={() => remove(setup.id)} />
        ))}
      </ul>
    </Stack>
  );
}

function Item({ setup, onDelete }: { setup: SetupDetail; onDelete: () => void }) {
  const title = setup.draft.role ?? words.untitled;
  return (
    <li className={classes.item}>
      <div>
        <Text fw={560} truncate>
          {title}
        </Text>
        <Text size="sm" c="dimmed">
          {[...factsOf(setup.draft), formatDateTime(setup.updated_at)].join(" · ")}
        </Text>
      </div>
      <Button component={Link} to={`/setup/${setup.id}`} size="sm" variant="light" aria-label={words.goOnWith(title)}>
        {words.goOn}
      </Button>
      <ActionIcon variant="subtle" color="gray" size={36} aria-label={words.remove(title)} onClick={onDelete}>
        <IconTrash size={18} aria-hidden />
      </ActionIcon>
    </li>
  );
}

function factsOf({ interview_type: type, level, question_count: count }: SetupDraft): string[] {
  const facts = [type && vocabulary.type[type], level && vocabulary.level[level], count && vocabulary.questionCount(count)];
  return facts.filter((fact) => typeof fact === "string");
}

const hasSomething = (draft: SetupDraft) => Object.values(draft).some((value) => value !== null);
