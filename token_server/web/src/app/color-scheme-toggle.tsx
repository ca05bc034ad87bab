import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useColorScheme } from "@mantine/hooks";
import { IconMoon, IconSun } from "@tabler/icons-react";

import { texts } from "../texts";

/** Light or dark. Choosing what the system prefers goes back to following it. */
export function ColorSchemeToggle() {
  const shown = useComputedColorScheme("light");
  const system = useColorScheme();
  const { setColorScheme } = useMantineColorScheme();
  const other = shown === "dark" ? "light" : "dark";
  const Icon = other === "dark" ? IconMoon : IconSun;
  return (
    <ActionIcon
      size={36}
      variant="subtle"
      color="gray"
      aria-label={other === "dark" ? texts.shell.toDark : texts.shell.toLight}
      onClick={() => setColorScheme(other === system ? "auto" : other)}
    >
      <Icon size={18} aria-hidden />
    </ActionIcon>
  );
}
