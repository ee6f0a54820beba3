import { Alert, Checkbox } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeletionSummary } from '../../src-main/common/deletion.ts';
import { shortDigest } from '../ui/format.ts';
import { namesText } from '../ui/names.ts';
import { useAttachedWords } from './attached-words.ts';
import classes from './deletion.module.css';
import { brokenIndexes } from './plan-words.ts';

/** Names in the checkbox's label; all of them stand above it. */
const NAMED = 8;

export interface ConsentProps {
  summary: DeletionSummary;
  given: boolean;
  onChange: (given: boolean) => void;
}

/** What goes beyond the tags chosen, in so many words, and the second consent to it. */
export function Consent({ summary, given, onChange }: ConsentProps) {
  const { t } = useTranslation();
  const indexes = brokenIndexes(summary);
  const names = (all: readonly string[]) => namesText(t, all, NAMED);
  const tagNames = names(summary.alsoRemoved);
  const indexNames = names(
    indexes.map(({ digest, tags }) =>
      tags.length > 0 ? tags.join(', ') : t('deletion.indexOf', { digest: shortDigest(digest) }),
    ),
  );
  const count = summary.alsoRemoved.length;
  const along = useAttachedWords(summary.attached);
  const label =
    count > 0 && indexes.length > 0
      ? t('deletion.consentBoth', { tags: tagNames, indexes: indexNames })
      : count > 0
        ? t('deletion.consentTags', { count, tags: tagNames })
        : indexes.length > 0
          ? t('deletion.consentIndexes', { count: indexes.length, indexes: indexNames })
          : summary.attached.byRegistry && along !== ''
            ? t('deletion.consentAttached', { what: along })
            : summary.unseen.length > 0
              ? t('deletion.consentUnseen', { count: summary.unseen.length, tags: names(summary.unseen) })
              : t('deletion.consentUnread', { count: summary.unread.length, tags: names(summary.unread) });
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} data-testid="consent">
      {count > 0 && (
        <>
          <h3 className={classes.title}>{t('deletion.alsoTitle', { count })}</h3>
          <span>{t('deletion.alsoHelp', { count })}</span>
          <p className={classes.warningTags}>{summary.alsoRemoved.join(', ')}</p>
        </>
      )}
      {summary.attached.byRegistry && along !== '' && (
        <>
          <h3 className={classes.title}>{t('deletion.attachedTitle')}</h3>
          <span>{t('deletion.attachedHelp')}</span>
          <p className={classes.warningTags}>{along}</p>
        </>
      )}
      {summary.unseen.length > 0 && (
        <>
          <h3 className={classes.title}>{t('deletion.unseen', { count: summary.unseen.length })}</h3>
          <span>{t('deletion.unseenHelp', { count: summary.unseen.length })}</span>
          <p className={classes.warningTags}>{summary.unseen.join(', ')}</p>
        </>
      )}
      {indexes.length > 0 && (
        <>
          <h3 className={classes.title}>{t('deletion.brokenIndexes', { count: indexes.length })}</h3>
          <span>{t('deletion.brokenIndexesHelp', { count: indexes.length })}</span>
          <p className={classes.warningTags}>
            {indexes
              .map(
                ({ digest, tags }) => `${tags.join(', ') || t('deletion.untagged')} (${shortDigest(digest)})`,
              )
              .join('; ')}
          </p>
        </>
      )}
      <Checkbox
        mt="sm"
        color="red"
        label={label}
        checked={given}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </Alert>
  );
}
