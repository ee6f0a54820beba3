import { MantineThemeProvider } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './banner.module.css';

/** In a line of text, whatever buttons they are. */
const SMALL_BUTTONS = { components: { Button: { defaultProps: { size: 'compact-xs' } } } };

export interface BannerProps {
  tone?: 'info' | 'warning';
  /** `alert` for what just happened; else it is there from the beginning. */
  role?: 'status' | 'alert';
  /** Buttons and links at its end. */
  actions?: ReactNode;
  /** Name for tests. */
  'data-failure'?: string;
  children: ReactNode;
}

/** What one should know of the page below it, in one line where there is room for it. */
export function Banner({ tone = 'info', role = 'status', actions, children, ...rest }: BannerProps) {
  const Icon = tone === 'info' ? IconInfoCircle : IconAlertTriangle;
  return (
    <div {...rest} className={classes.banner} data-tone={tone} role={role}>
      <Icon size={16} aria-hidden />
      <div className={classes.text}>{children}</div>
      <MantineThemeProvider inherit theme={SMALL_BUTTONS}>
        {actions}
      </MantineThemeProvider>
    </div>
  );
}
