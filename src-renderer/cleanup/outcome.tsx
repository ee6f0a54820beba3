import { IconCircleCheck, IconHelpCircle, IconTrash } from '@tabler/icons-react';
import classes from './cleanup.module.css';

const ICONS = { going: IconTrash, kept: IconCircleCheck, unknown: IconHelpCircle } as const;

export interface OutcomeProps {
  state: keyof typeof ICONS;
  word: string;
}

/** What becomes of a tag, by shape, colour and word. */
export function Outcome({ state, word }: OutcomeProps) {
  const Icon = ICONS[state];
  return (
    <span className={classes.outcome} data-outcome={state}>
      <Icon size={14} aria-hidden />
      {word}
    </span>
  );
}
