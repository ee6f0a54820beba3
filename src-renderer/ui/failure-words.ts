import type { TFunction } from 'i18next';
import type { Failure } from '../../src-main/common/failure.ts';

/** What happened and what to do about it. Without a sign-in none was refused: then it is asked for. */
export function failureWords(
  t: TFunction,
  { code, signInAt, retryAfter }: Failure,
): { title: string; help: string } {
  const words = signInAt === undefined ? (`errors.${code}` as const) : ('common.signInAsked' as const);
  const wait = Math.ceil(retryAfter ?? 0);
  const help = wait > 0 ? t('common.waitAsked', { count: wait }) : t(`${words}.help`);
  return { title: t(`${words}.title`), help };
}
