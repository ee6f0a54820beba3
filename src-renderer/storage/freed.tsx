import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../ui/format.ts';
import { type Choice, isNothing } from './choice.ts';
import { freedNotes } from './freed-notes.ts';
import { storageQueries } from './queries.ts';
import classes from './storage.module.css';

export interface FreedProps {
  accountId: string;
  choice: Choice;
  /** A few words among others; the rest is in a hint. */
  brief?: boolean;
}

/**
 * What a garbage collection could remove without what is chosen, in the whole registry: what other repositories hold stays. Nothing
 * where nothing is chosen.
 */
export function Freed({ accountId, choice, brief = false }: FreedProps) {
  const { t, i18n } = useTranslation();
  const { data, isError, isPlaceholderData } = useQuery(storageQueries.freed(accountId, choice));
  if (isNothing(choice)) return null;
  const unknown = brief ? (
    <span data-hint={t('storage.freedUnknown')}>{t('storage.freedUnknownBrief')}</span>
  ) : (
    <span className={classes.quiet}>{t('storage.freedUnknown')}</span>
  );
  if (isError) return unknown;
  if (!data) return <span className={classes.quiet}>{t('storage.freedAsking')}</span>;
  const { bytes, atMost, stillHeld, unread } = data;
  if (bytes + stillHeld.bytes === 0 && unread > 0) return unknown;
  if (bytes + stillHeld.bytes === 0)
    return (
      <span
        className={classes.quiet}
        data-testid="freed"
        data-bytes={0}
        data-hint={brief ? t('storage.freedNothing') : undefined}
      >
        {t(brief ? 'storage.freedNothingBrief' : 'storage.freedNothing')}
      </span>
    );
  const held = heldText(t, stillHeld);
  const details = [...(brief && held !== '' ? [`${held}.`] : []), ...freedNotes(t, i18n.language, data)].join(
    ' ',
  );
  return (
    <span
      data-testid="freed"
      data-bytes={bytes}
      data-hint={details}
      aria-busy={isPlaceholderData}
      className={isPlaceholderData ? classes.quiet : undefined}
    >
      {t(atMost ? 'storage.freedAtMost' : 'storage.freed', { bytes: formatBytes(bytes) })}
      {!brief && held !== '' && (
        <span className={classes.quiet}>
          {' · '}
          {held}
        </span>
      )}
    </span>
  );
}

/** What stays since something else needs it, and how much of that for other repositories. */
function heldText(t: TFunction, { bytes, elsewhere }: { bytes: number; elsewhere: number }): string {
  if (bytes === 0) return '';
  const words = { bytes: formatBytes(bytes) };
  if (bytes === elsewhere) return t('storage.heldOnlyElsewhere', words);
  return (
    t('storage.stillHeld', words) +
    (elsewhere > 0 ? t('storage.heldElsewhere', { bytes: formatBytes(elsewhere) }) : '')
  );
}
