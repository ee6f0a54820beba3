import type { TFunction } from 'i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { shownSubject } from '../operation-kinds.ts';
import { formatBytes, formatCount } from '../ui/format.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Time left in words: coarse on purpose, so that it does not jump about, and no promise of hundreds of hours. */
export function remainingText(t: TFunction, seconds: number): string {
  if (seconds < 1.5 * MINUTE)
    return t('operations.remaining.seconds', { count: Math.max(1, Math.round(seconds)) });
  if (seconds < 1.5 * HOUR) return t('operations.remaining.minutes', { count: Math.round(seconds / MINUTE) });
  if (seconds < DAY) return t('operations.remaining.hours', { count: Math.round(seconds / HOUR) });
  return t('operations.remaining.days');
}

/** How far one is: bytes where bytes move, and tags where it takes many. */
export function amountsText(t: TFunction, language: string, operation: Operation): readonly string[] {
  const { bytes, steps } = operation.progress;
  const many = shownSubject(operation).transfer?.many;
  const counted = { done: formatCount(steps.done, language), total: formatCount(steps.total, language) };
  return [
    bytes.total > 0 &&
      t('operations.bytesOf', { done: formatBytes(bytes.done), total: formatBytes(bytes.total) }),
    many && t('operations.tagsOf', counted),
    bytes.total === 0 && !many && steps.total > 1 && t('operations.stepsOf', counted),
  ].filter((text) => typeof text === 'string');
}

/** `3 of 120 tags failed`; undefined where it is about one thing, or none failed by itself. */
export function failedText(t: TFunction, language: string, operation: Operation): string | undefined {
  const { counts } = operation;
  if (!counts || counts.failed === 0 || counts.total <= 1) return undefined;
  const words = shownSubject(operation).transfer?.many ? 'operations.tagsFailed' : 'operations.stepsFailed';
  return t(words, {
    count: counts.total,
    failed: formatCount(counts.failed, language),
    total: formatCount(counts.total, language),
  });
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
