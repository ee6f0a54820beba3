import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparedPlatform, ComparedStep } from '../../src-main/common/comparison.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import { copyingOfRow } from '../ui/row-commands.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { VirtualTable } from '../ui/virtual-table.tsx';
import classes from './comparison.module.css';
import { Masked } from './masked.tsx';
import { StateMark } from './state-mark.tsx';
import { ViewBar } from './view-bar.tsx';
import { secretsIn } from './words.ts';

/** A step with its place, by which it is known: a build may do the same thing twice. */
interface StepRow extends ComparedStep {
  readonly id: string;
}

const rowId = ({ id }: StepRow) => id;

/** What was done to build both, step by step. */
export function HistoryTab({ platform }: { platform: ComparedPlatform }) {
  const { t } = useTranslation();
  const [onlyDifferences, setOnlyDifferences] = useState(true);
  const [reveals, setReveals] = useState(false);
  const { history } = platform;
  const rows = useMemo(
    () =>
      history
        .map((step, at): StepRow => ({ ...step, id: String(at + 1) }))
        .filter(({ state }) => !onlyDifferences || state !== 'same'),
    [history, onlyDifferences],
  );
  const columns = useMemo<readonly VirtualColumn<StepRow>[]>(() => {
    const textOf = (row: StepRow, side: 'left' | 'right') => row[side]?.createdBy ?? row[side]?.comment;
    const step = (side: 'left' | 'right'): VirtualColumn<StepRow> => ({
      id: side,
      header: t(`comparison.${side}`),
      width: 150,
      grow: 1,
      text: (row) => (row.secret && !reveals ? undefined : textOf(row, side)),
      cell: (row) =>
        row[side] === undefined ? (
          <span className={classes.quiet}>–</span>
        ) : row.secret && !reveals ? (
          <Masked />
        ) : (
          <span className={classes.mono}>{textOf(row, side)}</span>
        ),
    });
    const date = (side: 'left' | 'right'): VirtualColumn<StepRow> => ({
      id: `${side}Date`,
      header: t('image.created'),
      width: 96,
      cell: (row) => row[side]?.created !== undefined && <RelativeTime value={row[side].created} />,
    });
    return [
      step('left'),
      date('left'),
      {
        id: 'state',
        header: t('comparison.state'),
        width: 108,
        cell: ({ state }) => <StateMark state={state}>{t(`comparison.states.${state}`)}</StateMark>,
      },
      step('right'),
      date('right'),
    ];
  }, [t, reveals]);
  return (
    <>
      <ViewBar
        onlyDifferences={onlyDifferences}
        onOnlyDifferences={setOnlyDifferences}
        secrets={secretsIn(platform).history}
        reveals={reveals}
        onReveals={setReveals}
      />
      <VirtualTable
        label={t('comparison.historyLabel')}
        rows={rows}
        rowId={rowId}
        rowName={rowId}
        columns={columns}
        commands={(row) => {
          const text = row.right?.createdBy ?? row.left?.createdBy;
          return text === undefined || (row.secret && !reveals)
            ? []
            : [[copyingOfRow('step', t('commands.row.copyInstruction'), text)]];
        }}
        empty={<p className={classes.none}>{t('comparison.noDifferences')}</p>}
      />
    </>
  );
}
