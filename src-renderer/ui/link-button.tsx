import type { ReactNode } from 'react';
import classes from './link-button.module.css';
import { useTabIndex } from './row-focus.ts';

export interface LinkButtonProps {
  onClick: () => void;
  /** What it does, where its text does not say it. */
  label?: string;
  /** At least as large as a finger or an unsteady hand needs: where it is not a word in a line of text. */
  roomy?: boolean;
  children: ReactNode;
}

/** A button that reads as a link, in text or in a row of a table. */
export function LinkButton({ onClick, label, roomy = false, children }: LinkButtonProps) {
  return (
    <button
      type="button"
      className={classes.link}
      data-roomy={roomy || undefined}
      tabIndex={useTabIndex()}
      aria-label={label}
      data-hint={label}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
