import { CloseButton } from '@mantine/core';
import type { QueryKey } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Holder, StorageScope } from '../../src-main/common/storage.ts';
import { PagedTable, type PagedTableProps } from '../lists/paged-table.tsx';
import { Digest } from '../ui/digest.tsx';
import { copyingOfRow, openingRow } from '../ui/row-commands.tsx';
import { type Choosing, chosenTag } from './choice.ts';
import { useHolderColumns } from './columns.tsx';
import { storageQueries } from './queries.ts';
import classes from './storage.module.css';

interface HoldersProps {
  accountId: string;
  digest: string;
  choosing: Choosing;
  onClose: () => void;
}

/** The tags of the whole registry that hold something, which can be chosen there. */
export function Holders({ accountId, digest, choosing, onClose }: HoldersProps) {
  const { t } = useTranslation();
  return (
    <TagsBehind
      accountId={accountId}
      title={t('storage.holders')}
      label={t('storage.holdersLabel')}
      mark={<Digest value={digest} />}
      list={digest}
      page={(page) => storageQueries.holders({ accountId }, digest, page)}
      empty={t('storage.noHolders')}
      choosing={choosing}
      onClose={onClose}
    />
  );
}

interface DayTagsProps {
  scope: StorageScope;
  day: string;
  choosing: Choosing;
  onClose: () => void;
}

/** The tags behind a day of the history. */
export function DayTags({ scope, day, choosing, onClose }: DayTagsProps) {
  const { t } = useTranslation();
  return (
    <TagsBehind
      accountId={scope.accountId}
      title={t('storage.dayTags')}
      label={t('storage.dayTagsLabel', { day })}
      mark={day}
      list={day}
      page={(page) => storageQueries.dayTags(scope, day, page)}
      empty={t('storage.noDayTags')}
      choosing={choosing}
      onClose={onClose}
    />
  );
}

interface TagsBehindProps<Key extends QueryKey>
  extends Pick<PagedTableProps<Holder, Key>, 'label' | 'list' | 'page' | 'empty'> {
  accountId: string;
  title: string;
  /** What they are behind. */
  mark: React.ReactNode;
  choosing: Choosing;
  onClose: () => void;
}

/** The tags behind a mark of a chart or a row, which can be chosen there. */
function TagsBehind<Key extends QueryKey>(props: TagsBehindProps<Key>) {
  const { accountId, title, label, mark, list, page, empty, choosing, onClose } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const columns = useHolderColumns(accountId);
  return (
    <section className={classes.holders} aria-label={label} data-testid="holders">
      <div className={classes.holdersHead}>
        <h2>{title}</h2>
        {mark}
        <span className={classes.grow} />
        <CloseButton size="sm" aria-label={t('common.close')} onClick={onClose} />
      </div>
      <PagedTable
        label={label}
        list={list}
        page={page}
        columns={columns}
        commands={({ repository, tag, digest: held }) => [
          [
            openingRow(
              t,
              () =>
                void navigate({
                  to: '/registries/$accountId/image',
                  params: { accountId },
                  search: { repository, reference: tag },
                }),
            ),
          ],
          [
            copyingOfRow('name', t('commands.row.copyName'), `${repository}:${tag}`),
            copyingOfRow('digest', t('common.copyDigest'), held),
          ],
        ]}
        choosing={{ id: chosenTag, chosen: choosing.choice.tags, onChoose: choosing.chooseTags }}
        empty={empty}
      />
    </section>
  );
}
