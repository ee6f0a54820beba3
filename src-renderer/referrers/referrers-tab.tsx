import { Skeleton } from '@mantine/core';
import { IconPaperclip, IconShieldQuestion } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Image } from '../../src-main/common/image.ts';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import type { Referrer, ReferrerList } from '../../src-main/common/referrers.ts';
import { Bytes } from '../ui/bytes.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel, FailureDetails } from '../ui/error-panel.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { copyingOfRow, openingRow } from '../ui/row-commands.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { VirtualTable } from '../ui/virtual-table.tsx';
import { KindIcon } from './kind-icon.tsx';
import { referrerQueries } from './queries.ts';
import { ReferrerDetails } from './referrer-details.tsx';
import classes from './referrers.module.css';
import { referrerTitle, subjectName } from './words.ts';

export interface ReferrersTabProps {
  place: RepositoryPlace;
  /** What is shown: the root, or a child of it. */
  image: Image;
  root: Image;
  /** Id of the row whose details are shown, from the address; the first without. */
  picked: string | undefined;
  onPick: (id: string) => void;
}

const ROW_HEIGHT = 48;

/** A manifest may be attached to the index and to a child of it. */
const rowId = ({ digest, subject }: Referrer) => `${digest}@${subject}`;

/** What is attached to the image: present, and never shown as verified. */
export function ReferrersTab({ place, image, root, picked, onPick }: ReferrersTabProps) {
  const child = image.digest === root.digest ? undefined : image.digest;
  const list = useQuery(referrerQueries.list(place, root.digest, child));
  if (list.isError) return <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <ListSkeleton />;
  return <List place={place} image={image} root={root} picked={picked} onPick={onPick} list={list.data} />;
}

function List({ place, image, root, picked, onPick, list }: ReferrersTabProps & { list: ReferrerList }) {
  const { t } = useTranslation();
  const { referrers, unseen, leftOut } = list;
  const columns = useColumns(image, root);
  const shown = referrers.find((row) => rowId(row) === picked) ?? referrers[0];
  return (
    <>
      {referrers.length > 0 && (
        <p className={classes.note}>
          <IconShieldQuestion size={18} aria-hidden />
          <span>
            <b>{t('referrers.notVerified')}</b> {t('referrers.notVerifiedHelp')}
          </span>
        </p>
      )}
      {unseen.map(({ place: where, failure }) => (
        <div key={where} role="alert" className={classes.unseen} data-failure={failure.code}>
          <span>{t('referrers.unseen', { place: where })}</span>
          <FailureDetails failure={failure} />
        </div>
      ))}
      {shown ? (
        <div className={classes.split}>
          <VirtualTable
            label={t('referrers.tableLabel')}
            rows={referrers}
            rowId={rowId}
            rowName={(row) => referrerTitle(t, row)}
            columns={columns}
            rowHeight={ROW_HEIGHT}
            picked={rowId(shown)}
            commands={(row) => [
              [openingRow(t, () => onPick(rowId(row)), t('commands.row.show'))],
              [copyingOfRow('digest', t('common.copyDigest'), row.digest)],
            ]}
            onOpen={(row) => onPick(rowId(row))}
          />
          <ReferrerDetails key={rowId(shown)} place={place} referrer={shown} image={image} root={root} />
        </div>
      ) : (
        unseen.length === 0 && (
          <EmptyState icon={<IconPaperclip size={24} />} title={t('referrers.none')}>
            {t('referrers.noneHelp')}
          </EmptyState>
        )
      )}
      {leftOut > 0 && <p className={classes.leftOut}>{t('referrers.leftOut', { count: leftOut })}</p>}
    </>
  );
}

function useColumns(image: Image, root: Image): readonly VirtualColumn<Referrer>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'attached',
        header: t('referrers.attached'),
        width: 150,
        grow: 1,
        cell: (row) => (
          <span className={classes.line}>
            <KindIcon kind={row.kind} problem={row.problem !== undefined} />
            <span className={classes.two}>
              <span>{referrerTitle(t, row)}</span>
              <span className={classes.quiet}>
                {subjectName(t, row.subject, root, image)}
                {row.created !== undefined && (
                  <>
                    {' · '}
                    <RelativeTime value={row.created} />
                  </>
                )}
              </span>
            </span>
          </span>
        ),
        text: (row) => referrerTitle(t, row),
      },
      {
        id: 'size',
        header: t('image.size'),
        width: 72,
        align: 'end',
        cell: ({ size, documents }) => (
          <Bytes value={documents.reduce((bytes, document) => bytes + document.size, size)} />
        ),
      },
    ],
    [t, image, root],
  );
}

function ListSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={classes.split} role="status" aria-busy="true" aria-label={t('common.loading')}>
      <Skeleton height={160} />
      <div>
        <Skeleton height={14} width="38%" mb={14} />
        <Skeleton height={10} width="62%" mb={10} />
        <Skeleton height={10} width="54%" mb={10} />
        <Skeleton height={72} mt={18} />
      </div>
    </div>
  );
}
