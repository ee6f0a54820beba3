import { CloseButton } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { StorageScope } from '../../src-main/common/storage.ts';
import { PagedTable } from '../lists/paged-table.tsx';
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
  const navigate = useNavigate();
  const columns = useHolderColumns(accountId);
  const scope: StorageScope = { accountId };
  return (
    <section className={classes.holders} aria-label={t('storage.holdersLabel')} data-testid="holders">
      <div className={classes.holdersHead}>
        <h2>{t('storage.holders')}</h2>
        <Digest value={digest} />
        <span className={classes.grow} />
        <CloseButton size="sm" aria-label={t('common.close')} onClick={onClose} />
      </div>
      <PagedTable
        label={t('storage.holdersLabel')}
        list={digest}
        page={(page) => storageQueries.holders(scope, digest, page)}
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
        empty={t('storage.noHolders')}
      />
    </section>
  );
}
