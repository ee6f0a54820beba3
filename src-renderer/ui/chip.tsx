import type { ReactNode } from 'react';
import classes from './chip.module.css';

export interface ChipProps {
  /** `moving`: names something that is moved to other things. Never the only way that is said. */
  tone?: 'neutral' | 'moving' | 'accent' | 'warning';
  /** For names and digests. */
  mono?: boolean;
  /** Said when the pointer rests on it. */
  hint?: string | undefined;
  children: ReactNode;
}

/** A short word in a frame: a tag, a platform, a kind. One element and no hook: a row of a table may have a dozen. */
export function Chip({ tone = 'neutral', mono = false, hint, children }: ChipProps) {
  return (
    <span className={classes.chip} data-tone={tone} data-mono={mono || undefined} data-hint={hint}>
      {children}
    </span>
  );
}
