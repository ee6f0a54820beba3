import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatCount } from '../ui/format.ts';
import { type Choice, choiceOf } from './choice.ts';
import { storageQueries } from './queries.ts';
import classes from './storage.module.css';

/**
 * What a garbage collection could remove without what is chosen, in the whole registry: what other repositories hold stays. Nothing
 * where nothing is known.
 */
export function Freed({ accountId, choice }: { accountId: string; choice: Choice }) {
  const { t, i18n } = useTranslation();
  const { data, isError } = useQuery(storageQueries.freed(accountId, choice));
  if (choice.tags.size + choice.repositories.size === 0) return null;
  if (isError) return <span className={classes.quiet}>{t('storage.freedUnknown')}</span>;
  if (!data) return <span className={classes.quiet}>{t('storage.freedAsking')}</span>;
  const { bytes, untaggedBytes, atMost, stillHeld, attachedTags, unread } = data;
  if (bytes + stillHeld.bytes === 0)
    return (
      <span className={classes.quiet} data-testid="freed" data-bytes={unread > 0 ? undefined : 0}>
        {t(unread > 0 ? 'storage.freedUnknown' : 'storage.freedNothing')}
      </span>
    );
  const details = [
    t(atMost ? 'storage.freedAtMostHelp' : 'storage.freedHelp'),
    ...(untaggedBytes > 0 ? [t('storage.freedUntagged', { bytes: formatBytes(untaggedBytes) })] : []),
    ...(unread > 0
      ? [t('storage.freedUnread', { count: unread, formatted: formatCount(unread, i18n.language) })]
      : []),
    ...(attachedTags.count > 0
      ? [
          t('storage.freedAttached', {
            count: attachedTags.count,
            formatted: formatCount(attachedTags.count, i18n.language),
          }),
        ]
      : []),
  ].join(' ');
  return (
    <span data-testid="freed" data-bytes={bytes} data-hint={details}>
      {t(atMost ? 'storage.freedAtMost' : 'storage.freed', { bytes: formatBytes(bytes) })}
      {stillHeld.bytes > 0 && (
        <span className={classes.quiet}>
          {' · '}
          {t('storage.stillHeld', { bytes: formatBytes(stillHeld.bytes) })}
          {stillHeld.elsewhere > 0 && t('storage.heldElsewhere', { bytes: formatBytes(stillHeld.elsewhere) })}
        </span>
      )}
    </span>
  );
}

interface FreedBarProps {
  accountId: string;
  repository: string;
  tags: ReadonlySet<string>;
}

/** The same under a list of tags some of which are chosen. */
export function FreedBar({ accountId, repository, tags }: FreedBarProps) {
  const { t, i18n } = useTranslation();
  const choice = useMemo(() => choiceOf(repository, tags), [repository, tags]);
  if (tags.size === 0) return null;
  return (
    <section className={classes.choiceBar} aria-label={t('storage.chosenLabel')}>
      <strong>
        {t('storage.counts.tags', { count: tags.size, formatted: formatCount(tags.size, i18n.language) })}
      </strong>
      <span aria-live="polite">
        <Freed accountId={accountId} choice={choice} />
      </span>
    </section>
  );
}
