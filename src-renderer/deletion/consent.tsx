import { Alert, Checkbox } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeletionSummary } from '../../src-main/common/deletion.ts';
import { formatCount, shortDigest } from '../ui/format.ts';
import { namesText } from '../ui/names.ts';
import { useAttachedWords } from './attached-words.ts';
import classes from './deletion.module.css';
import type { BrokenIndex } from './plan-words.ts';

/** Names in the checkbox's label; all of them stand above it. */
const NAMED = 8;

/** What goes, or may break, beyond what was chosen. */
export interface Beyond extends Pick<DeletionSummary, 'alsoRemoved' | 'unseen' | 'unread'> {
  broken: readonly BrokenIndex[];
  attached: Pick<DeletionSummary['attached'], 'byRegistry' | 'manifests' | 'tags'>;
}

export interface ConsentProps {
  beyond: Beyond;
  given: boolean;
  onChange: (given: boolean) => void;
}

/** What goes beyond the tags chosen, in so many words, and the second consent to it, which is in sight however much that is. */
export function Consent({ beyond, given, onChange }: ConsentProps) {
  const { t, i18n } = useTranslation();
  const { alsoRemoved, attached, unseen, unread, broken: indexes } = beyond;
  const words = (count: number) => ({ count, formatted: formatCount(count, i18n.language) });
  const along = useAttachedWords(attached);
  const parts = [
    ...(alsoRemoved.length > 0
      ? [
          {
            title: t('deletion.alsoTitle', words(alsoRemoved.length)),
            help: t('deletion.alsoHelp', words(alsoRemoved.length)),
            names: alsoRemoved.join(', '),
          },
        ]
      : []),
    ...(attached.byRegistry && along !== ''
      ? [{ title: t('deletion.attachedTitle'), help: t('deletion.attachedHelp'), names: along }]
      : []),
    ...(unseen.length > 0
      ? [
          {
            title: t('deletion.unseen', words(unseen.length)),
            help: t('deletion.unseenHelp', words(unseen.length)),
            names: unseen.join(', '),
          },
        ]
      : []),
    ...(indexes.length > 0
      ? [
          {
            title: t('deletion.brokenIndexes', words(indexes.length)),
            help: t('deletion.brokenIndexesHelp', words(indexes.length)),
            names: indexes
              .map(
                ({ digest, tags }) => `${tags.join(', ') || t('deletion.untagged')} (${shortDigest(digest)})`,
              )
              .join('; '),
          },
        ]
      : []),
  ];
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} data-testid="consent">
      {parts.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section className={classes.beyond} tabIndex={0} aria-label={t('plans.beyond')}>
          {parts.map(({ title, help, names }) => (
            <Fragment key={title}>
              <h2 className={classes.title}>{title}</h2>
              <span>{help}</span>
              <p className={classes.warningTags}>{names}</p>
            </Fragment>
          ))}
        </section>
      )}
      <Checkbox
        mt={parts.length > 0 ? 8 : 0}
        color="red"
        label={label()}
        checked={given}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </Alert>
  );

  function label(): string {
    const named = (all: readonly string[]) => namesText(t, all, NAMED);
    const tags = named(alsoRemoved);
    const broken = named(
      indexes.map(({ digest, tags: its }) =>
        its.length > 0 ? its.join(', ') : t('deletion.indexOf', { digest: shortDigest(digest) }),
      ),
    );
    if (alsoRemoved.length > 0 && indexes.length > 0)
      return t('deletion.consentBoth', { tags, indexes: broken });
    if (alsoRemoved.length > 0) return t('deletion.consentTags', { count: alsoRemoved.length, tags });
    if (indexes.length > 0) return t('deletion.consentIndexes', { count: indexes.length, indexes: broken });
    if (attached.byRegistry && along !== '') return t('deletion.consentAttached', { what: along });
    if (unseen.length > 0) return t('deletion.consentUnseen', { count: unseen.length, tags: named(unseen) });
    return t('deletion.consentUnread', { count: unread.length, tags: named(unread) });
  }
}
