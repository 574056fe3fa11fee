/** Paper and ink, one teal: the colours are those of `/static/colours.css`, so that pictures and controls agree. */
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

const teal: MantineColorsTuple = [
  "#ecfdf9", "#d3f5ee", "#a7ebdd", "#74dfca", "#2dd4bf", "#1fb5a3", "#14958a", "#0f766e", "#0d5f59", "#0a4a46",
];

export const theme = createTheme({
  colors: { teal },
  primaryColor: "teal",
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  fontFamily: '"IBM Plex Sans Arabic", "Noto Sans Arabic", system-ui, sans-serif',
  fontFamilyMonospace: "ui-monospace, monospace",
  headings: { fontWeight: "600" },
  lineHeights: { xs: "1.5", sm: "1.6", md: "1.7", lg: "1.6", xl: "1.5" },
  defaultRadius: "md",
  radius: { md: "10px" },
  respectReducedMotion: true,
  cursorType: "pointer",
});

export const variables: CSSVariablesResolver = () => {
  const same = {
    "--mantine-color-body": "var(--paper)",
    "--mantine-color-text": "var(--ink)",
    "--mantine-color-dimmed": "var(--quiet)",
    "--mantine-color-default": "var(--card)",
    "--mantine-color-default-border": "var(--line)",
    "--mantine-color-anchor": "var(--brand)",
  };
  return { variables: {}, light: same, dark: same };
};
