import type { TFunction } from 'i18next';
import type { Operation } from '../../src-main/common/operation.ts';

/** Time left in words: coarse on purpose, so that it does not jump about. */
export function remainingText(t: TFunction, seconds: number): string {
  if (seconds < 90) return t('operations.remaining.seconds', { count: Math.max(1, Math.round(seconds)) });
  if (seconds < 90 * 60) return t('operations.remaining.minutes', { count: Math.round(seconds / 60) });
  return t('operations.remaining.hours', { count: Math.round(seconds / 3600) });
}

/** How long an operation took, or undefined while it runs. */
export function durationText(t: TFunction, { started, ended }: Operation): string | undefined {
  if (ended === undefined) return undefined;
  const seconds = (Date.parse(ended) - Date.parse(started)) / 1000;
  if (!Number.isFinite(seconds) || seconds < 0) return undefined;
  if (seconds < 60)
    return t('activity.seconds', {
      value: seconds < 10 ? Math.max(0.1, seconds).toFixed(1) : Math.round(seconds),
    });
  const whole = Math.round(seconds);
  return t('activity.minutes', { minutes: Math.floor(whole / 60), seconds: whole % 60 });
}
