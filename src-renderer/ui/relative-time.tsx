import type { TFunction } from 'i18next';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { formatRelative } from './format.ts';
import { type LateHint, lateHint } from './late-hint.ts';
import classes from './text.module.css';

const MINUTE_MS = 60_000;

const listeners = new Set<() => void>();
let minute = Math.floor(Date.now() / MINUTE_MS);
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for all the times shown, ticking only while there are any. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    minute = Math.floor(Date.now() / MINUTE_MS);
    for (const each of listeners) each();
  }, MINUTE_MS / 2);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Draws what shows an age again each minute. */
export function useMinute(): void {
  useSyncExternalStore(subscribe, () => minute);
}

export interface RelativeTimeProps {
  /** RFC 3339; other text is shown as it is. */
  value: string;
  /** What happened then, before the exact time. */
  of?: Extract<LateHint, { of: 'time' }>['what'];
}

/** How long ago something was, with the exact time in a tooltip. */
export function RelativeTime(props: RelativeTimeProps) {
  const { t, i18n } = useTranslation();
  return <Ago {...props} t={t} language={i18n.language} />;
}

export interface AgoProps extends RelativeTimeProps {
  t: TFunction;
  language: string;
}

/** The same for cells: it is given the words. */
export function Ago({ value, of, t, language }: AgoProps) {
  useMinute();
  const instant = new Date(value);
  if (Number.isNaN(instant.getTime())) return <span>{value}</span>;
  return (
    <time
      dateTime={value}
      className={classes.number}
      {...lateHint({ of: 'time', at: instant.getTime(), what: of })}
    >
      {formatRelative(instant, new Date(), t, language)}
    </time>
  );
}
