import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconChevronDown, IconMarkdown, IconPrinter } from "@tabler/icons-react";

import { texts } from "../texts";

const words = texts.report.export;

/** `markdown` is null while there is no report to copy. */
export function ExportMenu({ markdown }: { markdown: (() => string) | null }) {
  async function copy() {
    if (!markdown) return;
    try {
      // Absent on insecure pages, whatever the type says; that is a TypeError.
      await navigator.clipboard.writeText(markdown());
      notifications.show({ message: words.copied });
    } catch {
      notifications.show({ color: "red", message: words.notCopied });
    }
  }

  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
          {words.title}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.setTimeout(() => window.print())}>
          {words.print}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconMarkdown size={16} aria-hidden />}
          disabled={!markdown}
          onClick={() => void copy()}
        >
          {words.copy}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
