import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeletionSummary as Summary } from '../../src-main/common/deletion.ts';
import { PlanLines } from '../plans/plan-lines.tsx';
import { Bytes } from '../ui/bytes.tsx';
import { Card } from '../ui/card.tsx';
import { formatBytes } from '../ui/format.ts';
import { namesText } from '../ui/names.ts';
import classes from './deletion.module.css';
import { orphanedReferrers } from './plan-words.ts';

/** Lines drawn of a long list; the counts in the titles are of all. */
const LINES = 50;
/** Names in one line. */
const NAMED = 6;

interface DeletionSummaryProps {
  summary: Summary;
  /** What becomes free in the whole registry. */
  inRegistry?: ReactNode;
  /** What can be chosen about it. */
  children: ReactNode;
}

/** What a deletion would do in all. */
export function DeletionSummary({ summary, inRegistry, children }: DeletionSummaryProps) {
  const { t } = useTranslation();
  const { manifests, tagsAlone, attached, unread } = summary;
  const referrers = orphanedReferrers(summary);
  return (
    <>
      <Card title={t('plans.willHappen')} testId="plan">
        <PlanLines>
          {manifests.length > 0 && <li>{t('deletion.manifests', { count: manifests.length })}</li>}
          {tagsAlone.length > 0 && (
            <li>
              {t('deletion.alone', { count: tagsAlone.length })}
              <span className={classes.quiet}>
                {t(summary.aloneBy === 'placeholder' ? 'deletion.aloneByPlaceholder' : 'deletion.aloneHelp')}
              </span>
            </li>
          )}
          {referrers > 0 && !attached.taken && <li>{t('deletion.referrers', { count: referrers })}</li>}
          {manifests.length > 0 && <Freed summary={summary} />}
          {manifests.length > 0 && inRegistry && (
            <li>
              {t('storage.wholeRegistry')}: {inRegistry}
            </li>
          )}
          {summary.countsPulls && <li className={classes.quiet}>{t('deletion.countsPulls')}</li>}
          {summary.refilled && <li>{t('deletion.refilled')}</li>}
          <li className={classes.quiet}>
            {t(manifests.length > 0 ? 'deletion.undoable' : 'deletion.undoableTags')}
          </li>
        </PlanLines>
        {children}
      </Card>
      {summary.blocked.length > 0 && <Blocked blocked={summary.blocked} />}
      {unread.length > 0 && manifests.length > 0 && (
        <Card title={t('deletion.unread', { count: unread.length })}>
          <p className={classes.quiet}>{t('deletion.unreadHelp', { count: unread.length })}</p>
          <span className={classes.names}>{namesText(t, unread, NAMED)}</span>
        </Card>
      )}
    </>
  );
}

function Freed({ summary }: { summary: Summary }) {
  const { t } = useTranslation();
  const { bytesFreed, bytesInChildren, bytesAtMost, garbageCollection } = summary;
  return (
    <li>
      <span>
        {t(bytesAtMost ? 'deletion.bytesFreedAtMost' : 'deletion.bytesFreed')}:{' '}
        <strong>
          <Bytes value={bytesFreed} />
        </strong>
      </span>
      <span className={classes.quiet}>{t(`deletion.garbage.${garbageCollection}`)}</span>
      {bytesInChildren > 0 && (
        <span className={classes.quiet}>
          {t(bytesAtMost ? 'deletion.bytesInChildrenAtMost' : 'deletion.bytesInChildren', {
            bytes: formatBytes(bytesInChildren),
          })}
        </span>
      )}
      {bytesAtMost && <span className={classes.quiet}>{t('deletion.atMostHelp')}</span>}
    </li>
  );
}

/** Tags that were asked for and stay, each with the registry's reason. */
function Blocked({ blocked }: Pick<Summary, 'blocked'>) {
  const { t } = useTranslation();
  return (
    <Card title={t('deletion.blocked', { count: blocked.length })}>
      <p className={classes.quiet}>{t('deletion.blockedHelp', { count: blocked.length })}</p>
      <ul className={classes.list}>
        {blocked.slice(0, LINES).map(({ tag, failure }) => (
          <li key={tag} className={classes.item} data-tag={tag}>
            <span className={classes.tag}>{tag}</span>
            <span className={classes.quiet}>{failure.reason ?? t(`errors.${failure.code}.title`)}</span>
          </li>
        ))}
        {blocked.length > LINES && (
          <li className={`${classes.item} ${classes.quiet}`}>
            {t('common.more', { count: blocked.length - LINES })}
          </li>
        )}
      </ul>
    </Card>
  );
}
