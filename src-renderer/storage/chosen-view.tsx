import { IconChecklist } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChosenStorage } from '../../src-main/common/storage.ts';
import { PagedTable } from '../lists/paged-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatBytes, formatCount } from '../ui/format.ts';
import { namesText } from '../ui/names.ts';
import { copyingOfRow, openingRow } from '../ui/row-commands.tsx';
import { type Choice, isNothing } from './choice.ts';
import { useItemColumns } from './columns.tsx';
import { freedNotes } from './freed-notes.ts';
import { storageQueries } from './queries.ts';
import classes from './storage.module.css';
import { Total, TotalsSkeleton } from './totals.tsx';

/** Names of what is chosen that are written out. */
const NAMED = 12;

interface ChosenViewProps {
  accountId: string;
  choice: Choice;
  /** Shows the tags that hold it. */
  onOpen: (digest: string) => void;
}

/** What tags and repositories chosen anywhere hold, what would become free without them, and what stays because others hold it. */
export function ChosenView({ accountId, choice, onOpen }: ChosenViewProps) {
  const { t } = useTranslation();
  if (isNothing(choice))
    return (
      <EmptyState icon={<IconChecklist size={24} />} title={t('storage.chosen.none')}>
        {t('storage.chosen.noneHelp')}
      </EmptyState>
    );
  return (
    <div className={classes.chosen}>
      <ChosenSums accountId={accountId} choice={choice} />
      <Staying accountId={accountId} choice={choice} onOpen={onOpen} />
    </div>
  );
}

function ChosenSums({ accountId, choice }: Omit<ChosenViewProps, 'onOpen'>) {
  const { t } = useTranslation();
  const chosen = useQuery(storageQueries.chosen(accountId, choice));
  const names = [
    ...[...choice.repositories].map((repository) => t('storage.chosen.all', { repository })),
    ...choice.tags,
  ];
  if (chosen.isError) return <ErrorPanel error={chosen.error} onRetry={() => void chosen.refetch()} />;
  return (
    <div aria-busy={chosen.isPlaceholderData}>
      <p className={classes.quiet}>{namesText(t, names, NAMED)}</p>
      {chosen.data ? <Sums sums={chosen.data} /> : <TotalsSkeleton />}
    </div>
  );
}

function Sums({ sums }: { sums: ChosenStorage }) {
  const { t, i18n } = useTranslation();
  const { tags, manifests, uniqueBytes, referencedBytes, sharedBytes, exclusiveBytes, estimated, freed } =
    sums;
  const words = (count: number) => ({ count, formatted: formatCount(count, i18n.language) });
  const saved = referencedBytes - uniqueBytes;
  return (
    <>
      <dl className={classes.totals} data-testid="chosen-totals">
        <Total name={t('storage.unique')} bytes={uniqueBytes} help={t('storage.uniqueHelp')}>
          {[t('storage.counts.tags', words(tags)), t('storage.counts.manifests', words(manifests))].join(
            ' · ',
          )}
        </Total>
        <Total
          name={t('storage.referenced')}
          bytes={referencedBytes}
          help={t('storage.chosen.referencedHelp')}
        >
          {saved > 0
            ? t('storage.savedBySharing', { bytes: formatBytes(saved) })
            : t('storage.nothingShared')}
        </Total>
        <Total
          name={t(freed.atMost ? 'storage.chosen.freesAtMost' : 'storage.chosen.frees')}
          bytes={exclusiveBytes}
          help={t('storage.chosen.freesHelp')}
        >
          {t('storage.chosen.afterCollection')}
        </Total>
        <Total name={t('storage.chosen.stays')} bytes={sharedBytes} help={t('storage.chosen.staysHelp')}>
          {t('storage.chosen.staysBelow')}
        </Total>
      </dl>
      <ul className={classes.notes}>
        {[
          ...freedNotes(t, i18n.language, freed),
          ...(estimated > 0 ? [t('storage.chosen.estimated', words(estimated))] : []),
        ].map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  );
}

function Staying({ accountId, choice, onOpen }: ChosenViewProps) {
  const { t } = useTranslation();
  const columns = useItemColumns('largest', onOpen);
  const page = useCallback(
    (number: number) => storageQueries.staying(accountId, choice, number),
    [accountId, choice],
  );
  // Another choice is another list.
  const list = useMemo(
    () => JSON.stringify([accountId, ...choice.repositories, '', ...choice.tags]),
    [accountId, choice],
  );
  return (
    <PagedTable
      label={t('storage.chosen.stayingLabel')}
      list={list}
      page={page}
      columns={columns}
      commands={({ digest }) => [
        [openingRow(t, () => onOpen(digest), t('commands.row.holders'))],
        [copyingOfRow('digest', t('common.copyDigest'), digest)],
      ]}
      onOpen={(item) => item && onOpen(item.digest)}
      empty={t('storage.chosen.nothingStays')}
    />
  );
}
