import { ActionIcon, Kbd, Modal, Switch, Table, Text } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { IconKeyboard } from "@tabler/icons-react";

import { texts } from "../texts";
import classes from "./shortcuts.module.css";

const words = texts.room.shortcuts;

/** Single letters can be in the way of a voice control or a screen reader, so they can be switched off. */
export const useShortcutsOn = () =>
  useLocalStorage({ key: "room-shortcuts", defaultValue: true, getInitialValueInEffect: false });

interface ShortcutsProps {
  opened: boolean;
  onToggle: (opened: boolean) => void;
  areOn: boolean;
  onSwitch: (on: boolean) => void;
}

export function Shortcuts({ opened, onToggle, areOn, onSwitch }: ShortcutsProps) {
  return (
    <>
      <ActionIcon
        size={36}
        variant="subtle"
        color="gray"
        className={classes.open}
        aria-label={words.open}
        title={words.open}
        onClick={() => onToggle(true)}
      >
        <IconKeyboard size={20} aria-hidden />
      </ActionIcon>
      <Modal opened={opened} onClose={() => onToggle(false)} title={words.title} centered radius="lg">
        <Table verticalSpacing="xs" mb="md">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="5rem">{words.key}</Table.Th>
              <Table.Th>{words.does}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {Object.entries(words.list).map(([key, does]) => (
              <Table.Tr key={key}>
                <Table.Td>
                  <Kbd>{key}</Kbd>
                </Table.Td>
                <Table.Td>{does}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Switch label={words.on} checked={areOn} onChange={(event) => onSwitch(event.currentTarget.checked)} />
        <Text size="sm" c="dimmed" mt="sm">
          {words.none}
        </Text>
      </Modal>
    </>
  );
}
