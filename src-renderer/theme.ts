import {
  type ActionIconProps,
  type AlertProps,
  type CSSVariablesResolver,
  createTheme,
  Input,
  type MantineColorsTuple,
  type MantineTheme,
} from '@mantine/core';
import classes from './theme.module.css';

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

/** Dark greys with the accent's cool cast; 7 is the page, 6 a field, 4 a line. */
const dark: MantineColorsTuple = [
  '#d8dce0',
  '#b5bbc2',
  '#9aa3ac',
  '#757f89',
  '#444b53',
  '#363c42',
  '#272c31',
  '#1b1e21',
  '#15181a',
  '#0e1011',
];

/** Danger: white text on shade 7 passes WCAG AA, which Mantine's own red does not. */
const red: MantineColorsTuple = [
  '#fff0f0',
  '#ffdede',
  '#ffc2c2',
  '#ffa3a3',
  '#ff8787',
  '#f06a6a',
  '#dc4a4a',
  '#c92a2a',
  '#ad2424',
  '#8f1d1d',
];

/** Warnings, under both of the names Mantine knows. */
const amber: MantineColorsTuple = [
  '#fff6e5',
  '#ffeccc',
  '#ffdca3',
  '#ffc870',
  '#f5b04a',
  '#e08c1d',
  '#c47406',
  '#a35a00',
  '#864900',
  '#6a3a00',
];

/** An alert's tint and icon, legible in both themes. */
function alertColor(color: AlertProps['color']): string {
  if (color === 'red') return 'var(--wharf-danger)';
  if (color === 'orange' || color === 'yellow') return 'var(--wharf-warning)';
  return color === 'gray' ? 'var(--mantine-color-dimmed)' : 'var(--wharf-focus)';
}

/** Dense: controls are small, text is 13 px. */
export const theme = createTheme({
  primaryColor: 'harbour',
  primaryShade: { light: 7, dark: 7 },
  colors: { harbour, dark, red, orange: amber, yellow: amber },
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
    // 24 px is the least a target may measure (WCAG 2.2, 2.5.8); Mantine's is 22.
    ActionIcon: {
      vars: (_theme: MantineTheme, { size }: ActionIconProps) => ({
        root: size === 'sm' ? { '--ai-size': '24px' } : {},
      }),
    },
    // Every input: 32 px high, 13 px text.
    Input: Input.extend({
      defaultProps: { size: 'xs' },
      classNames: { input: classes.input ?? '' },
      vars: (_theme, { multiline }) => ({
        wrapper: { '--input-fz': '13px', ...(!multiline && { '--input-height': '32px' }) },
      }),
    }),
    InputWrapper: {
      defaultProps: { size: 'xs' },
      styles: { label: { fontSize: 13 }, description: { fontSize: 12 }, error: { fontSize: 12 } },
    },
    Checkbox: {
      defaultProps: { size: 'xs' },
      classNames: { input: classes.checkbox ?? '' },
      styles: { label: { fontSize: 13 } },
    },
    SegmentedControl: { defaultProps: { size: 'xs' }, classNames: { label: classes.segment ?? '' } },
    Badge: { styles: { label: { fontSize: 12 } } },
    Tabs: { classNames: { tab: classes.tab ?? '' } },
    Tooltip: {
      // Labels are words from registries too: they wrap and never leave the window.
      defaultProps: { openDelay: 350, fz: 'xs', multiline: true, maw: 420, withinPortal: true },
    },
    Modal: {
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.45 } },
      styles: { title: { fontSize: 15, fontWeight: 600 } },
    },
    // Without the placeholder the first item takes the focus, and the menu holds nothing but items.
    Menu: { defaultProps: { shadow: 'md', withInitialFocusPlaceholder: false } },
    Alert: {
      defaultProps: { variant: 'light', p: 'sm' },
      // The colour is the icon's and a tint; the words keep the contrast of text.
      classNames: {
        root: classes.alert ?? '',
        title: classes.alertTitle ?? '',
        message: classes.alertMessage ?? '',
      },
      vars: (_theme: MantineTheme, { color }: AlertProps) => ({
        root: { '--alert-color': alertColor(color) },
      }),
    },
    Spotlight: { classNames: { search: classes.spotlightSearch ?? '' } },
  },
});

/** Our own surfaces and lines, and Mantine's quiet text made dark (or light) enough to read. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--wharf-nav-width': '248px' },
  light: {
    '--mantine-color-text': '#1c2227',
    '--mantine-color-dimmed': '#5a636c',
    '--mantine-color-placeholder': '#6b747d',
    '--mantine-color-default-color': '#1c2227',
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
    // Mantine's menus and texts take shade 6 in either theme.
    '--mantine-color-red-6': '#c92a2a',
    '--mantine-color-red-text': '#c92a2a',
    '--mantine-color-red-light-color': '#a51f1f',
    '--mantine-color-orange-light-color': '#864900',
    '--mantine-color-yellow-light-color': '#864900',
    '--mantine-color-harbour-light-color': '#0b5b6e',
    '--wharf-warning-surface': '#fff4de',
    '--wharf-warning-text': '#7a4300',
  },
  dark: {
    '--mantine-color-body': '#1b1e21',
    '--mantine-color-text': '#d8dce0',
    '--mantine-color-dimmed': '#9aa3ac',
    '--mantine-color-placeholder': '#8a939c',
    '--mantine-color-default-color': '#d8dce0',
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
    '--mantine-color-red-6': '#ff8787',
    '--mantine-color-red-text': '#ff8787',
    '--mantine-color-red-light-color': '#ff9b9b',
    '--mantine-color-orange-light-color': '#ffc870',
    '--mantine-color-yellow-light-color': '#ffc870',
    '--mantine-color-harbour-light-color': '#72bfd1',
    '--wharf-warning-surface': '#3a2a10',
    '--wharf-warning-text': '#ffd48a',
  },
});
