import type { ReactNode } from 'react';
import classes from './scrolled-text.module.css';

export interface ScrolledTextProps {
  /** Its name for screen readers. */
  label: string;
  /** Long lines go on in the next one; without it they are scrolled to. */
  wrap?: boolean;
  /** How high it is. */
  className: string | undefined;
  /** Text, parts of it marked. */
  children: ReactNode;
}

/** Text of a file as it is, in a frame that scrolls, by keyboard too. */
export function ScrolledText({ label, wrap = false, className = '', children }: ScrolledTextProps) {
  return (
    <section
      aria-label={label}
      className={`${classes.text} ${className}`}
      data-wrap={wrap || undefined}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling text must be reachable by keyboard
      tabIndex={0}
    >
      {children}
    </section>
  );
}
