import type { TFunction } from 'i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { RegistryStatus } from '../../src-main/common/registry.ts';
import { failureTitle } from '../ui/failure-words.ts';
import { formatCount } from '../ui/format.ts';

/** A registry's state as the navigation shows it. */
export interface RegistryState {
  readonly mark: 'ok' | 'warning' | 'off' | 'unknown';
  /** All of it, in a sentence. */
  readonly sentence: string;
  /** A few letters beside the name: the count where all is well, else what is not. */
  readonly note: string;
}

export function registryState(
  t: TFunction,
  language: string,
  account: Account,
  status: RegistryStatus | 'stopped' | undefined,
  now: number,
): RegistryState {
  if (status === undefined) return { mark: 'unknown', sentence: t('layout.status.unknown'), note: '' };
  if (status === 'stopped')
    return { mark: 'unknown', sentence: t('layout.status.stopped'), note: t('layout.status.stoppedNote') };
  const { state, failure, answered } = status;
  const reason = failure ? failureTitle(t, failure) : '';
  if (state === 'signedOut')
    return {
      mark: 'warning',
      sentence: t('layout.status.signedOut', { reason }),
      note: t('layout.status.signedOutNote'),
    };
  if (state === 'unreachable') {
    const since = answered === undefined ? undefined : ageText(t, now - Date.parse(answered));
    return {
      mark: 'off',
      sentence:
        since === undefined
          ? t('layout.status.failed', { reason })
          : t('layout.status.failedSince', { reason, since }),
      note: since === undefined ? t('layout.status.offline') : t('layout.status.offlineSince', { since }),
    };
  }
  const note = countText(t, language, account, status);
  return account.insecure === 'no'
    ? { mark: 'ok', sentence: t('layout.status.ok'), note }
    : { mark: 'warning', sentence: t('layout.status.insecure'), note };
}

/** Where all that is known was added by name, the registry does not say how many there are. */
function countText(
  t: TFunction,
  language: string,
  account: Account,
  { repositories }: RegistryStatus,
): string {
  const byName = account.repositories.length;
  if (byName > 0 && (repositories ?? 0) <= byName) return t('layout.status.byName');
  return repositories === undefined ? '' : formatCount(repositories, language);
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span of time in a few letters, never more than it is. */
function ageText(t: TFunction, milliseconds: number): string {
  if (milliseconds >= DAY) return t('layout.age.days', { value: Math.floor(milliseconds / DAY) });
  if (milliseconds >= HOUR) return t('layout.age.hours', { value: Math.floor(milliseconds / HOUR) });
  return t('layout.age.minutes', { value: Math.max(1, Math.floor(milliseconds / MINUTE)) });
}
