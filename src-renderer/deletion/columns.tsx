import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Bytes } from '../ui/bytes.tsx';
import { CheckBox } from '../ui/check-box.tsx';
import { Digest } from '../ui/digest.tsx';
import { shortDigest } from '../ui/format.ts';
import { namesText } from '../ui/names.ts';
import { compareValues } from '../ui/sort.ts';
import { useNarrow } from '../ui/use-narrow.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import classes from './deletion.module.css';
import type { DeletionRow } from './rows.ts';

/** Names in one line. */
const NAMED = 8;

/** What is attached to an image can go with it, or stay. */
export interface Attaching {
  isTaken: (digest: string) => boolean;
  take: (digest: string, taken: boolean) => void;
}

/**
 * The columns of a deletion's table: those in which some row has something. The same array until the rows or the language change.
 *
 * @param attaching where it can be chosen
 */
export function useDeletionColumns(
  rows: readonly DeletionRow[],
  attaching: Attaching | undefined,
): readonly VirtualColumn<DeletionRow>[] {
  const { t } = useTranslation();
  const narrow = useNarrow();
  return useMemo(() => {
    const along = rows.some((row) => row.along.length > 0);
    const attached = rows.some((row) => row.attached.length > 0);
    const bytes = rows.some((row) => row.bytes);
    // Where every image goes, the sum says that.
    const differs = rows.some((row) => !row.isGone || row.breaks.length > 0);
    return [
      {
        id: 'tags',
        header: t('deletion.columns.tags'),
        width: 140,
        grow: 3,
        text: ({ tags }) => tags.join(', '),
        cell: (row) => <Tags t={t} row={row} />,
      },
      ...(along ? [alongColumn(t)] : []),
      ...(differs ? [becomesColumn(t)] : []),
      ...(attached ? [attachedColumn(t, attaching)] : []),
      ...(bytes ? [freesColumn(t), ...(narrow ? [] : [sizeColumn(t)])] : []),
      {
        id: 'digest',
        header: t('tags.digest'),
        width: 172,
        cell: ({ digest }) => (
          <span data-digest={digest}>
            <Digest value={digest} />
          </span>
        ),
      },
    ];
  }, [t, rows, narrow, attaching]);
}

function Tags({ t, row: { tags, attachedTo } }: { t: TFunction; row: DeletionRow }) {
  if (tags.length > 0) return <span className={classes.tag}>{tags.join(', ')}</span>;
  return (
    <span className={classes.quiet}>
      {attachedTo === undefined
        ? t('deletion.untagged')
        : t('deletion.attachedTo', { digest: shortDigest(attachedTo) })}
    </span>
  );
}

function becomesText(t: TFunction, { isGone, stays, breaks }: DeletionRow): string {
  if (breaks.length > 0)
    return t('deletion.imageBreaks', {
      indexes: namesText(
        t,
        breaks.map(({ digest, tags }) => tags.join(', ') || shortDigest(digest)),
        NAMED,
      ),
    });
  if (isGone) return t('deletion.imageGoes');
  // Its image is kept by an index that contains it.
  return stays.length === 0
    ? t('deletion.staysInIndex')
    : t('deletion.staysWith', { tags: namesText(t, stays, NAMED) });
}

function becomesColumn(t: TFunction): VirtualColumn<DeletionRow> {
  return {
    id: 'becomes',
    header: t('deletion.columns.becomes'),
    width: 130,
    grow: 2,
    text: (row) => becomesText(t, row),
    cell: (row) => <span data-breaks={row.breaks.length > 0 || undefined}>{becomesText(t, row)}</span>,
  };
}

function alongColumn(t: TFunction): VirtualColumn<DeletionRow> {
  return {
    id: 'along',
    header: t('deletion.columns.along'),
    width: 130,
    grow: 2,
    text: ({ along }) => along.join(', '),
    cell: ({ along }) =>
      along.length > 0 && <span className={`${classes.tag} ${classes.extra}`}>{along.join(', ')}</span>,
  };
}

function attachedColumn(t: TFunction, attaching: Attaching | undefined): VirtualColumn<DeletionRow> {
  const text = ({ attached }: DeletionRow) =>
    [...Map.groupBy(attached, ({ kind }) => kind)]
      .map(([kind, all]) => {
        const name = t(`referrers.kinds.${kind}`);
        return all.length > 1 ? `${all.length} × ${name}` : name;
      })
      .join(t('tags.and'));
  return {
    id: 'attached',
    header: t('deletion.columns.attached'),
    width: 130,
    grow: 1,
    text,
    cell: (row) => {
      const what = text(row);
      if (!attaching || what === '' || row.attachedTo !== undefined) return what;
      const taken = attaching.isTaken(row.digest);
      return (
        <span className={classes.attached}>
          <CheckBox
            label={t('deletion.withAttached', { what })}
            checked={taken}
            tabIndex={0}
            onClick={() => attaching.take(row.digest, !taken)}
          />
          {what}
        </span>
      );
    },
  };
}

function freesColumn(t: TFunction): VirtualColumn<DeletionRow> {
  return {
    id: 'frees',
    header: t('deletion.columns.frees'),
    width: 84,
    align: 'end',
    compare: (a, b, descending) => compareValues(a.bytes?.own, b.bytes?.own, descending),
    cell: ({ isGone, bytes }) =>
      bytes ? (
        <span data-hint={t('deletion.freesHelp')}>
          <Bytes value={bytes.own} />
        </span>
      ) : (
        <Missing t={t} isGone={isGone} />
      ),
  };
}

function sizeColumn(t: TFunction): VirtualColumn<DeletionRow> {
  return {
    id: 'size',
    header: t('tags.size'),
    width: 84,
    align: 'end',
    compare: (a, b, descending) => compareValues(a.bytes?.size, b.bytes?.size, descending),
    cell: ({ isGone, bytes }) => (bytes ? <Bytes value={bytes.size} /> : <Missing t={t} isGone={isGone} />),
  };
}

/** Nothing becomes free of an image that stays; of one that goes its bytes could not be read. */
function Missing({ t, isGone }: { t: TFunction; isGone: boolean }) {
  return <span className={classes.quiet}>{isGone ? t('common.unknown') : '–'}</span>;
}
