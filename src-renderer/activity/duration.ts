import type { TFunction } from 'i18next';
import type { Operation } from '../../src-main/common/operation.ts';

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
