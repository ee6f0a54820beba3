import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one accent: harbour teal. White text on shade 7 and shade 3 on the dark body both pass WCAG AA. */
const harbour: MantineColorsTuple = [
  '#e8f6f9',
  '#d3ebf0',
  '#a5d6e1',
  '#72bfd1',
  '#49acc3',
  '#2b9bb5',
  '#178298',
  '#0f6e84',
  '#0b5b6e',
  '#084957',
];

const SANS =
  'system-ui, -apple-system, "Segoe UI", Roboto, Ubuntu, "Helvetica Neue", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';
const MONO =
  'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", monospace';

/** Dense: controls are small, text is 13 px. */
export const theme = createTheme({
  primaryColor: 'harbour',
  primaryShade: { light: 7, dark: 7 },
  colors: { harbour },
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  headings: {
    fontFamily: SANS,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '1.35' },
      h2: { fontSize: '16px' },
      h3: { fontSize: '14px' },
    },
  },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '20px', xl: '28px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Button: { defaultProps: { size: 'xs' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Tooltip: {
      // Labels are words from registries too: they wrap and never leave the window.
      defaultProps: { openDelay: 350, fz: 'xs', multiline: true, maw: 420, withinPortal: true },
    },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.45 } } },
    Menu: { defaultProps: { shadow: 'md' } },
    Alert: { defaultProps: { variant: 'light' } },
  },
});

/** Our own surfaces and lines, and Mantine's quiet text made dark (or light) enough to read. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--wharf-nav-width': '248px' },
  light: {
    '--mantine-color-dimmed': '#5a636c',
    '--mantine-color-placeholder': '#6b747d',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-anchor': '#0b5b6e',
    '--wharf-surface': '#f6f8f9',
    '--wharf-surface-sunken': '#eef1f3',
    '--wharf-line': '#dde2e6',
    '--wharf-line-faint': '#edf0f2',
    '--wharf-control-line': '#868e96',
    '--wharf-hover': '#f3f6f7',
    '--wharf-selected': '#e3f2f6',
    '--wharf-focus': '#0f6e84',
    '--wharf-ok': '#2b7a3d',
    '--wharf-warning': '#a85d00',
    '--wharf-danger': '#c92a2a',
    '--wharf-warning-surface': '#fff4de',
    '--wharf-warning-text': '#7a4300',
  },
  dark: {
    '--mantine-color-body': '#1b1e21',
    '--mantine-color-text': '#d8dce0',
    '--mantine-color-dimmed': '#9aa3ac',
    '--mantine-color-placeholder': '#8a939c',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-anchor': '#72bfd1',
    '--wharf-surface': '#22262a',
    '--wharf-surface-sunken': '#15181a',
    '--wharf-line': '#363c42',
    '--wharf-line-faint': '#292e33',
    '--wharf-control-line': '#757f89',
    '--wharf-hover': '#252a2e',
    '--wharf-selected': '#173943',
    '--wharf-focus': '#49acc3',
    '--wharf-ok': '#69c27e',
    '--wharf-warning': '#f0a83c',
    '--wharf-danger': '#ff8787',
    '--wharf-warning-surface': '#3a2a10',
    '--wharf-warning-text': '#ffd48a',
  },
});
