import type { TFunction } from 'i18next';
import { formatBytes, formatCount, formatExact } from './format.ts';

/** A hint that is put into words when it is shown: those of rows that scroll by would cost a sixth of what drawing them does. */
export type LateHint =
  | { of: 'bytes'; bytes: number }
  /** Unix milliseconds, and what happened then. */
  | { of: 'time'; at: number; what?: 'createdAt' | 'pushedAt' | undefined }
  | { of: 'split'; exclusive: number; shared: number };

/** The attribute that the hint layer reads. */
export const lateHint = (hint: LateHint) => ({ 'data-late-hint': JSON.stringify(hint) });

/** @param attribute as {@link lateHint} wrote it */
export function lateHintWords(attribute: string, t: TFunction, language: string): string {
  const hint = JSON.parse(attribute) as LateHint;
  switch (hint.of) {
    case 'bytes':
      return t('common.exactBytes', { count: hint.bytes, formatted: formatCount(hint.bytes, language) });
    case 'time': {
      const exact = formatExact(new Date(hint.at), language);
      return hint.what ? `${t(`storage.${hint.what}`)}${t('ui.colon')}${exact}` : exact;
    }
    case 'split':
      return t('storage.splitDetail', {
        exclusive: formatBytes(hint.exclusive),
        shared: formatBytes(hint.shared),
      });
  }
}
