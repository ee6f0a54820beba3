import {
  IconArrowBarLeft,
  IconArrowBarRight,
  IconArrowDown,
  IconArrowUp,
  IconClock,
  IconEqual,
  IconEqualNot,
  IconFileZip,
  IconMinus,
  IconPencil,
  IconPlus,
} from '@tabler/icons-react';
import classes from './comparison.module.css';

const ICONS = {
  same: IconEqual,
  identical: IconEqual,
  sameContent: IconEqual,
  sameFiles: IconEqual,
  recompressed: IconFileZip,
  dates: IconClock,
  timestamps: IconClock,
  different: IconEqualNot,
  onlyLeft: IconArrowBarLeft,
  onlyRight: IconArrowBarRight,
  added: IconPlus,
  removed: IconMinus,
  changed: IconPencil,
  upgraded: IconArrowUp,
  downgraded: IconArrowDown,
} as const;

export interface StateMarkProps {
  state: keyof typeof ICONS;
  /** What it is called. */
  children: string;
  hint?: string | undefined;
}

/** How two things lie beside each other: by shape, by word, and by colour. */
export function StateMark({ state, children, hint }: StateMarkProps) {
  const Icon = ICONS[state];
  return (
    <span className={classes.state} data-state={state} data-hint={hint}>
      <Icon size={14} aria-hidden />
      {children}
    </span>
  );
}
