import type { ReactNode } from 'react';
import classes from './chip.module.css';
import { MiddleText } from './middle-text.tsx';

export interface ChipProps {
  /** `moving`: names something that is moved to other things. Never the only way that is said. */
  tone?: 'neutral' | 'moving' | 'accent' | 'warning';
  /** For names and digests. */
  mono?: boolean;
  /** Said when the pointer rests on it. */
  hint?: string | undefined;
  children: ReactNode;
}

/** Characters of a text that is never cut: whatever it stands in has the room. */
const SHORT = 12;

/** A short word in a frame: a tag, a platform, a kind; a longer one is cut in its middle. No hook: a row of a table may have a dozen. */
export function Chip({ tone = 'neutral', mono = false, hint, children }: ChipProps) {
  return (
    <span className={classes.chip} data-tone={tone} data-mono={mono || undefined} data-hint={hint}>
      {typeof children === 'string' && children.length > SHORT ? (
        <MiddleText>{children}</MiddleText>
      ) : (
        children
      )}
    </span>
  );
}
