import type { TFunction } from 'i18next';
import { formatAge, formatDay } from './format.ts';
import { lateHint } from './late-hint.ts';
import { useMinute } from './relative-time.tsx';
import classes from './text.module.css';

export interface DateAgeProps {
  /** RFC 3339; other text is shown as it is. */
  value: string;
  t: TFunction;
  language: string;
}

/** When something was and how long ago that is: `26 Sep · 60 d`, with the exact time in a tooltip. For cells: it is given the words. */
export function DateAge({ value, t, language }: DateAgeProps) {
  useMinute();
  const instant = new Date(value);
  if (Number.isNaN(instant.getTime())) return <span>{value}</span>;
  const now = new Date();
  return (
    <time dateTime={value} className={classes.number} {...lateHint({ of: 'time', at: instant.getTime() })}>
      {formatDay(instant, now, language)}
      <span className={classes.quiet}> · {formatAge(instant, now, t)}</span>
    </time>
  );
}
