import { lateHint } from '../ui/late-hint.ts';
import classes from './storage.module.css';

/** Something is never shown as nothing, nor a part as the whole. */
const LEAST = 0.001;

export function formatShare(share: number, language: string): string {
  const percent = new Intl.NumberFormat(language, {
    style: 'percent',
    maximumFractionDigits: share < 0.1 ? 1 : 0,
  });
  if (share > 0 && share < LEAST) return `<${percent.format(LEAST)}`;
  return percent.format(share < 1 ? Math.min(share, 0.99) : 1);
}

interface SplitBarProps {
  /** Bytes of the longest bar of the table. */
  of: number;
  unique: number;
  exclusive: number;
}

/** Bytes as a bar: what nothing else holds, then what is shared. The numbers are beside it. */
export function SplitBar({ of, unique, exclusive }: SplitBarProps) {
  if (of <= 0) return null;
  const width = (bytes: number) => `${(Math.max(0, bytes) / of) * 100}%`;
  return (
    <span
      className={classes.track}
      {...lateHint({ of: 'split', exclusive, shared: Math.max(0, unique - exclusive) })}
      aria-hidden
    >
      <span className={classes.own} style={{ width: width(exclusive) }} />
      <span className={classes.common} style={{ width: width(unique - exclusive) }} />
    </span>
  );
}
