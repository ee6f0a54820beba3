import { type ActionIconProps, type AlertProps, createTheme, Input, type MantineTheme } from '@mantine/core';
import { TITLE_BAR } from '../src-main/common/desktop-shell.ts';
import { desktopShell } from './desktop-shell.ts';
import classes from './theme.module.css';
import { colors } from './theme-colors.ts';

/** The bundled fonts have no Chinese: each system's own comes after them. */
const SANS =
  '"Inter Variable", system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';
const MONO =
  '"JetBrains Mono Variable", ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", monospace';

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
  colors,
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  headings: {
    fontFamily: SANS,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '18px', lineHeight: '1.35' },
      h2: { fontSize: '16px' },
      h3: { fontSize: '14px' },
    },
  },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '20px', xl: '28px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '10px', xl: '16px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Button: { defaultProps: { size: 'xs' } },
    // 24 px is the least a target may measure (WCAG 2.2, 2.5.8); Mantine's is 22.
    ActionIcon: {
      classNames: { root: classes.action ?? '' },
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
    // As round as those of tables.
    Checkbox: {
      defaultProps: { size: 'xs', radius: 3 },
      classNames: { input: classes.checkbox ?? '' },
      styles: { label: { fontSize: 13 } },
    },
    SegmentedControl: { defaultProps: { size: 'xs' }, classNames: { label: classes.segment ?? '' } },
    Badge: { styles: { label: { fontSize: 12 } } },
    Tabs: { classNames: { list: classes.tabs ?? '', tab: classes.tab ?? '' } },
    Tooltip: {
      // Labels are words from registries too: they wrap and never leave the window.
      defaultProps: { openDelay: 350, fz: 'xs', multiline: true, maw: 420, withinPortal: true },
    },
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.45 },
        // The system's buttons lie over all else.
        ...(desktopShell() && { yOffset: `max(5dvh, ${TITLE_BAR.height + 8}px)` }),
      },
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
    Skeleton: { classNames: { root: classes.skeleton ?? '' } },
    Spotlight: { classNames: { search: classes.spotlightSearch ?? '' } },
  },
});
