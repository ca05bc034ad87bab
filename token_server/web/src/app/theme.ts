import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

import { texts } from "../texts";

const spruce: MantineColorsTuple = [
  "#e9f6f2",
  "#d3ebe3",
  "#a7d7c7",
  "#77c1aa",
  "#6cc4a8",
  "#359a7c",
  "#1f7d63",
  "#166b55",
  "#0f5644",
  "#0a4234",
];

// Mantine's dark greys, tinted towards the accent; index 0 is text, 7 the page.
const dark: MantineColorsTuple = [
  "#e9efec",
  "#c2cdc9",
  "#a0aeaa",
  "#7f8d89",
  "#3a4743",
  "#2b3733",
  "#18201d",
  "#111816",
  "#0d1211",
  "#090d0c",
];

export const theme = createTheme({
  primaryColor: "spruce",
  primaryShade: { light: 7, dark: 6 },
  colors: { spruce, dark },
  fontFamily: '"Hanken Grotesk Variable", system-ui, sans-serif',
  headings: {
    textWrap: "balance",
    fontFamily: '"Hanken Grotesk Variable", system-ui, sans-serif',
    fontWeight: "620",
    sizes: {
      h1: { fontSize: "clamp(1.75rem, 1.4rem + 1.5vw, 2.25rem)", lineHeight: "1.15" },
      h2: { fontSize: "1.375rem", lineHeight: "1.25" },
      h3: { fontSize: "1.0625rem", lineHeight: "1.35" },
    },
  },
  defaultRadius: "md",
  radius: { md: "10px", lg: "16px" },
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    // Focusable without a name or a role that a menu may hold.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Modal: {
      defaultProps: { closeButtonProps: { "aria-label": texts.close } },
      styles: { title: { fontSize: "1.0625rem", fontWeight: 620 } },
    },
    // Mantine reddens it where something is wrong, and what nobody typed then looks refused.
    Input: { styles: { wrapper: { "--input-placeholder-color": "var(--mantine-color-placeholder)" } } },
    Paper: { styles: { root: { borderColor: "var(--line)" } } },
    Button: { defaultProps: { size: "md" } },
    TextInput: { defaultProps: { size: "md" } },
    PasswordInput: { defaultProps: { size: "md" } },
    Textarea: { defaultProps: { size: "md" } },
    NumberInput: { defaultProps: { size: "md" } },
    // With Mantine's 6.25rem what is typed next gets a line of its own behind two short tags.
    TagsInput: { defaultProps: { size: "md" }, styles: { inputField: { minWidth: "3rem" } } },
    NativeSelect: { defaultProps: { size: "md" } },
  },
});

// Mantine sets these per colour scheme, so they are given per scheme as well.
const FROM_TOKENS = {
  "--mantine-color-text": "var(--ink)",
  "--mantine-color-bright": "var(--ink)",
  "--mantine-color-dimmed": "var(--ink-soft)",
  "--mantine-color-default-border": "var(--line)",
  "--mantine-color-error": "var(--danger-ink)",
  "--mantine-color-anchor": "var(--accent)",
  "--mantine-color-spruce-light": "var(--accent-soft)",
  "--mantine-color-spruce-light-hover": "var(--accent-hover)",
  "--mantine-color-spruce-light-color": "var(--accent)",
  "--mantine-color-body": "var(--page)",
  "--mantine-color-placeholder": "var(--ink-faint)",
  "--mantine-color-disabled": "var(--line)",
  "--mantine-color-disabled-color": "var(--ink-soft)",
  "--mantine-color-gray-light-hover": "var(--surface-sunken)",
};

/** Mantine's own variables follow the tokens, so that a component never has a colour of its own. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: FROM_TOKENS, dark: FROM_TOKENS });
