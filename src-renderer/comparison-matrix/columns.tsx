import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatrixPair, MatrixRow, PairState } from '../../src-main/common/comparison-matrix.ts';
import type { PagedRow } from '../lists/paged-rows.ts';
import { Bytes } from '../ui/bytes.tsx';
import { DateAge } from '../ui/date-age.tsx';
import { shortDigest } from '../ui/format.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import classes from './matrix.module.css';
import { formatPlatforms } from './platform-words.ts';
import { STATE_ICONS } from './words.ts';

type Column = VirtualColumn<PagedRow<MatrixRow>>;

export interface ColumnsOf {
  /** Of the sides. */
  names: readonly string[];
  /** Position of the side beside the first one. */
  other: number;
  /** All sides are one repository. */
  isRepository: boolean;
  /** No tag of the pair differs: what is said of those that do has no columns. */
  isUniform: boolean;
}

/** Columns of a matrix: the pair that is looked at in full, of further sides their states. */
export function useMatrixColumns({ names, other, isRepository, isUniform }: ColumnsOf): readonly Column[] {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const { language } = i18n;
    const column = (
      id: string,
      header: string,
      width: number,
      cell: (row: MatrixRow) => React.ReactNode,
      more: Partial<Column> = {},
    ): Column => ({ id, header, width, cell: ({ item }) => item && cell(item), ...more });
    const nameOf = (row: MatrixRow) => (isRepository ? row.tag : `${row.repository}:${row.tag}`);
    const dated = (at: number) => (row: MatrixRow) => {
      const cell = row.cells[at];
      if (cell === null || cell === undefined) return <span className={classes.quiet}>–</span>;
      if (cell === 'unseen') return <span className={classes.quiet}>{t('comparisonMatrix.unseen')}</span>;
      if (cell.digest === undefined)
        return <span className={classes.quiet}>{t('comparisonMatrix.noDigest')}</span>;
      const date = cell.created ?? cell.pushed;
      return (
        <span className={classes.cell}>
          {/* First, since narrow columns end in an ellipsis: the state says already whether digests differ. */}
          {date !== undefined && <DateAge value={date} t={t} language={language} />}
          <span className={classes.mono} data-hint={cell.digest}>
            {shortDigest(cell.digest).replace(/^sha256:/, '')}
          </span>
          {cell.size !== undefined && <Bytes value={cell.size} />}
        </span>
      );
    };
    const pairAt = (at: number) => (row: MatrixRow) => <State t={t} pair={row.pairs[at - 1]} />;
    const further = names.slice(1).flatMap((_, at) => (at + 1 === other ? [] : [at + 1]));
    const ofDiffering = [
      column('newer', t('comparisonMatrix.column.newer'), 96, ({ pairs }) => {
        const newer = pairs[other - 1]?.newer;
        return newer && <span className={classes.quiet}>{t(`comparisonMatrix.newer.${newer}`)}</span>;
      }),
      column(
        'platforms',
        t('comparisonMatrix.column.platforms'),
        96,
        ({ pairs }) => (
          <span className={classes.quiet}>{formatPlatforms(t, pairs[other - 1]?.platforms)}</span>
        ),
        { grow: 1, text: ({ item }) => item && formatPlatforms(t, item.pairs[other - 1]?.platforms) },
      ),
    ];
    return [
      column(
        'tag',
        t('comparisonMatrix.column.tag'),
        140,
        (row) => <span className={classes.mono}>{nameOf(row)}</span>,
        {
          grow: 3,
          text: ({ item }) => item && nameOf(item),
          fixed: true,
        },
      ),
      column(
        'state',
        names.length > 2 ? (names[other] ?? '') : t('comparisonMatrix.column.state'),
        112,
        pairAt(other),
      ),
      ...further.map((at) => column(`state-${at}`, names[at] ?? '', 112, pairAt(at))),
      ...(isUniform ? [] : ofDiffering),
      column('left', names[0] ?? '', 150, dated(0), { grow: 2 }),
      column('right', names[other] ?? '', 150, dated(other), { grow: 2 }),
    ];
  }, [t, i18n, names, other, isRepository, isUniform]);
}

/** What a tag is at two sides, by shape, colour and word. */
export function State({ t, pair }: { t: TFunction; pair: Pick<MatrixPair, 'state'> | undefined }) {
  const state = pair?.state;
  if (!state) return <span className={classes.quiet}>{t('comparisonMatrix.neither')}</span>;
  return <StateMark t={t} state={state} />;
}

function StateMark({ t, state }: { t: TFunction; state: PairState }) {
  const Icon = STATE_ICONS[state];
  return (
    <span className={classes.state} data-state={state}>
      <Icon size={14} aria-hidden />
      {t(`comparisonMatrix.states.${state}`)}
    </span>
  );
}
