import { useTranslation } from 'react-i18next';
import type { StorageKnown, StorageScope } from '../../src-main/common/storage.ts';
import { LocalRegistryDiskUse } from '../collection/disk-use.tsx';
import listClasses from '../lists/list-page.module.css';
import { useLocalRegistry } from '../local-registry/queries.ts';
import { formatCount } from '../ui/format.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import { StatusDot } from '../ui/status-dot.tsx';
import classes from './storage.module.css';

/** In one line how much the numbers rest on, and how old the oldest of it is. */
export function KnownLine({ known }: { known: StorageKnown }) {
  const { t, i18n } = useTranslation();
  const { complete, scanned, asOf } = known;
  const format = (count: number) => formatCount(count, i18n.language);
  const isScanned = complete || scanned.done > 0;
  return (
    <span className={classes.known} data-testid="known" data-complete={complete}>
      <StatusDot
        status={complete ? 'ok' : isScanned ? 'warning' : 'unknown'}
        label={t(complete ? 'storage.complete' : isScanned ? 'storage.partial' : 'storage.never')}
      />
      {complete
        ? t('storage.knownAll')
        : !isScanned
          ? t('storage.never')
          : t('storage.knownPart', { done: format(scanned.done), total: format(scanned.total) })}
      {asOf !== undefined && (
        <>
          {' · '}
          {t('storage.asOf')} <RelativeTime value={asOf} />
        </>
      )}
    </span>
  );
}

/** What is missing in the numbers, where something is. */
export function KnownNote({ known }: { known: StorageKnown }) {
  const { t, i18n } = useTranslation();
  const { complete, scanned, unread } = known;
  if (complete) return null;
  const format = (count: number) => formatCount(count, i18n.language);
  const missing = [
    ...(scanned.done < scanned.total
      ? [
          t('storage.notScanned', {
            count: scanned.total - scanned.done,
            formatted: format(scanned.total - scanned.done),
          }),
        ]
      : []),
    ...(unread > 0 ? [t('storage.notRead', { count: unread, formatted: format(unread) })] : []),
  ];
  return (
    <div className={listClasses.note} data-testid="partial">
      {missing.join(' ')} {t('storage.atLeast')}
    </div>
  );
}

/** Of the embedded registry, whose folder can be looked at whether it was scanned or not; nothing of all others, and of parts. */
export function OwnDiskUse({ scope: { accountId, namespace, repository } }: { scope: StorageScope }) {
  const local = useLocalRegistry();
  const isWhole = namespace === undefined && repository === undefined;
  return isWhole && local.data?.accountId === accountId ? (
    <LocalRegistryDiskUse accountId={accountId} />
  ) : null;
}

/** What no registry reports, so that no number here is taken for it; of the embedded one its disk use is shown. */
export function Unknowable({ scope }: { scope: StorageScope }) {
  const { t } = useTranslation();
  const local = useLocalRegistry();
  if (local.data?.accountId === scope.accountId) return <OwnDiskUse scope={scope} />;
  return (
    <details className={classes.unknowable}>
      <summary>{t('storage.unknowable')}</summary>
      <ul>
        <li>{t('storage.unknowableDisk')}</li>
        <li>{t('storage.unknowableOrphans')}</li>
        <li>{t('storage.unknowableUntagged')}</li>
        <li>{t('storage.unknowableCollection')}</li>
      </ul>
    </details>
  );
}
