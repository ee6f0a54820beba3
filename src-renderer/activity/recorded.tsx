import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { HistoryRow, RecordedChange } from '../../src-main/common/audit.ts';
import { Fact } from '../ui/facts.tsx';
import { formatCount, shortDigest } from '../ui/format.ts';
import classes from './activity.module.css';
import { activityQueries } from './queries.ts';

/** Who made a change, where and as whom, and which entry of the record says so. */
export function RecordedFacts({ row }: { row: HistoryRow }) {
  const { t, i18n } = useTranslation();
  const { user, machine, app, account, registry, sequence, hash } = row;
  const apps = ['desktop', 'browser', 'cli'] as const;
  const known = apps.find((each) => each === app);
  const by = {
    user,
    machine: machine ?? t('activity.unknown'),
    app: known === undefined ? app : t(`activity.apps.${known}`),
  };
  return (
    <>
      <Fact name={t('activity.who')}>{t('activity.by', by)}</Fact>
      {registry !== null && <Fact name={t('activity.registry')}>{registry}</Fact>}
      {account && (
        <Fact name={t('activity.account')}>
          {[account.name, account.user ?? t('activity.anonymous')]
            .filter((part) => part !== null)
            .join(' · ')}
        </Fact>
      )}
      <Fact name={t('activity.entry')}>
        {formatCount(sequence, i18n.language)}
        {hash !== null && (
          <span className={classes.hash} data-hint={hash}>
            {hash.slice(0, 12)}
          </span>
        )}
      </Fact>
    </>
  );
}

/** The tags that an operation changed, with their digests before and after. */
export function ChangedTags({ operationId }: { operationId: string }) {
  const { t, i18n } = useTranslation();
  const { data } = useQuery(activityQueries.changes(operationId));
  if (!data || data.total === 0) return null;
  const more = data.total - data.items.length;
  return (
    <Fact name={t('activity.changed')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it */}
      <div className={classes.names} tabIndex={0}>
        {data.items.map((change) => (
          <div key={`${change.repository} ${change.reference}`}>
            {placeOf(change)} <Went change={change} />
          </div>
        ))}
        {more > 0 && (
          <div>{t('activity.more', { count: more, formatted: formatCount(more, i18n.language) })}</div>
        )}
      </div>
    </Fact>
  );
}

function placeOf({ repository, reference }: RecordedChange): string {
  return reference.includes(':') ? `${repository}@${shortDigest(reference)}` : `${repository}:${reference}`;
}

function Went({ change: { before, after, blind } }: { change: RecordedChange }) {
  const { t } = useTranslation();
  const words = (digest: string | null) => (digest === null ? t('activity.notThere') : shortDigest(digest));
  return (
    <span className={classes.went}>
      <span data-hint={before ?? undefined}>{blind ? t('activity.unseen') : words(before)}</span>
      {' → '}
      <span data-hint={after ?? undefined}>{words(after)}</span>
    </span>
  );
}
