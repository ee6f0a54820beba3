import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeletionSummary as Summary } from '../../src-main/common/deletion.ts';
import { whenFreed } from '../collection/when-freed.ts';
import { Card } from '../ui/card.tsx';
import { failureReason } from '../ui/failure-words.ts';
import { formatBytes, formatCount } from '../ui/format.ts';
import { namesText } from '../ui/names.ts';
import classes from './deletion.module.css';
import { Effect, Effects } from './effects.tsx';
import { freedInChildren } from './freed-in-children.ts';
import { leftUntagged, orphanedReferrers } from './plan-words.ts';

/** Lines drawn of a long list; the counts in the titles are of all. */
const LINES = 50;
/** Names in one line. */
const NAMED = 6;

interface DeletionSummaryProps {
  summary: Summary;
  /** What becomes free in the whole registry. */
  inRegistry?: ReactNode;
}

/** What a deletion would do in all: its effects side by side, so that the table has the room. */
export function DeletionSummary({ summary, inRegistry }: DeletionSummaryProps) {
  const { t, i18n } = useTranslation();
  const { manifests, tagsAlone, aloneBy, attached, unread, blocked } = summary;
  const words = (count: number) => ({ count, formatted: formatCount(count, i18n.language) });
  const referrers = orphanedReferrers(summary);
  const untagged = leftUntagged(summary);
  const goes = manifests.length > 0;
  return (
    <>
      <Effects>
        {goes && (
          <Effect title={t('deletion.manifests', words(manifests.length))}>
            {referrers > 0 && !attached.taken && t('deletion.referrers', words(referrers))}
            {untagged > 0 && ` ${t('deletion.leftUntagged', words(untagged))}`}
          </Effect>
        )}
        {tagsAlone.length > 0 && (
          <Effect title={t('deletion.alone', words(tagsAlone.length))}>
            {t(aloneBy === 'placeholder' ? 'deletion.aloneByPlaceholder' : 'deletion.aloneHelp')}
          </Effect>
        )}
        {goes && <Freed summary={summary} inRegistry={inRegistry} />}
        <Effect title={t('deletion.undo')}>
          {t(goes ? 'deletion.undoable' : 'deletion.undoableTags')}
          {summary.countsPulls && ` ${t('deletion.countsPulls')}`}
        </Effect>
        {summary.refilled && <Effect title={t('deletion.cache')}>{t('deletion.refilled')}</Effect>}
      </Effects>
      {blocked.length > 0 && <Blocked blocked={blocked} />}
      {unread.length > 0 && goes && (
        <Card title={t('deletion.unread', words(unread.length))}>
          <p className={classes.quiet}>{t('deletion.unreadHelp', words(unread.length))}</p>
          <span className={classes.names}>{namesText(t, unread, NAMED)}</span>
        </Card>
      )}
    </>
  );
}

/** What becomes free, and when: of what the repository holds, and in the whole registry. */
function Freed({ summary, inRegistry }: { summary: Summary; inRegistry: ReactNode }) {
  const { t } = useTranslation();
  const { bytesFreed, bytesAtMost, garbageCollection } = summary;
  const bytes = formatBytes(bytesFreed);
  return (
    <Effect title={t(bytesAtMost ? 'deletion.bytesFreedAtMost' : 'deletion.bytesFreed', { bytes })}>
      {whenFreed(t, garbageCollection)}
      {freedInChildren(t, summary)}
      {bytesAtMost && ` ${t('deletion.atMostHelp')}`}
      {inRegistry && (
        <span className={classes.inRegistry}>
          {t('deletion.inRegistry')}
          {inRegistry}
        </span>
      )}
    </Effect>
  );
}

/** Tags that were asked for and stay, each with the registry's reason. */
function Blocked({ blocked }: Pick<Summary, 'blocked'>) {
  const { t, i18n } = useTranslation();
  const words = { count: blocked.length, formatted: formatCount(blocked.length, i18n.language) };
  return (
    <Card title={t('deletion.blocked', words)}>
      <p className={classes.quiet}>{t('deletion.blockedHelp', words)}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <ul className={classes.list} tabIndex={0} aria-label={t('deletion.blocked', words)}>
        {blocked.slice(0, LINES).map(({ tag, failure }) => (
          <li key={tag} className={classes.item} data-tag={tag}>
            <span className={classes.tag}>{tag}</span>
            <span className={classes.quiet}>{failureReason(t, failure)}</span>
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
