import type { TFunction } from 'i18next';
import type { Failure } from '../../src-main/common/failure.ts';

/** What happened and what to do about it. Without a sign-in none was refused: then it is asked for. */
export function failureWords(t: TFunction, failure: Failure): { title: string; help: string } {
  const wait = Math.ceil(failure.retryAfter ?? 0);
  return {
    title: failureTitle(t, failure),
    help: wait > 0 ? t('common.waitAsked', { count: wait }) : t(`${keyOf(failure)}.help`),
  };
}

/** What happened, in a few words: the same wherever it is said. */
export function failureTitle(t: TFunction, failure: Failure): string {
  return t(`${keyOf(failure)}.title`);
}

/** What happened in one line, and at which of two registries. */
export function failureLine(t: TFunction, failure: Failure): string {
  const title = failureTitle(t, failure);
  return failure.side ? title + t('ui.aside', { text: t(`operations.side.${failure.side}`) }) : title;
}

/** Beside other things: in the words of the other side where it gave any. */
export function failureReason(t: TFunction, failure: Failure): string {
  return failure.reason ?? failureTitle(t, failure);
}

function keyOf({ code, signInAt, robot }: Failure) {
  if (robot) return 'common.robotRefused' as const;
  return signInAt === undefined ? (`errors.${code}` as const) : ('common.signInAsked' as const);
}
