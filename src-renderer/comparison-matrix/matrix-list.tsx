import { SegmentedControl } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import {
  DATED,
  type MatrixCounts,
  type MatrixDefinition,
  type MatrixFilter,
  type MatrixRow,
  PAIR_STATES,
} from '../../src-main/common/comparison-matrix.ts';
import { isLocked } from '../accounts/lock.ts';
import { PagedTable } from '../lists/paged-table.tsx';
import { StateFilter } from '../lists/state-filter.tsx';
import { FilterInput } from '../ui/filter-input.tsx';
import { copyingOfRow, openingRow } from '../ui/row-commands.tsx';
import { MatrixActions } from './actions.tsx';
import { useMatrixColumns } from './columns.tsx';
import classes from './matrix.module.css';
import { matrixQueries, totalOf } from './queries.ts';
import { ReadDiffering } from './read-differing.tsx';
import type { MatrixSearch } from './search.ts';

const route = getRouteApi('/compare/tags');

export interface MatrixListProps {
  accounts: readonly Account[];
  definition: MatrixDefinition;
  counts: MatrixCounts | undefined;
  /** Of the sides. */
  names: readonly string[];
}

/** The first side knows tags by these. */
const idOf = ({ repository, tag }: MatrixRow) => `${repository}:${tag}`;

/** The rows of a comparison, which of them are shown, and what can be done with them. */
export function MatrixList({ accounts, definition, counts, names }: MatrixListProps) {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(NONE);
  const other = Math.min(search.other ?? 1, names.length - 1);
  const { state, newer, filter: text = '' } = search;
  const filter = useMemo<MatrixFilter>(
    () => ({ other, states: state ? [state] : [], ...(newer ? { newer } : {}), text }),
    [other, state, newer, text],
  );
  const show = (next: Partial<MatrixSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  const page = useCallback(
    (number: number) => matrixQueries.rows(definition, filter, number),
    [definition, filter],
  );
  const isRepository = definition.sides[0]?.repository !== undefined;
  const pair = counts?.pairs[other - 1];
  const columns = useMatrixColumns({ names, other, isRepository, isUniform: pair?.tags.different === 0 });
  const target = accounts.find(({ id }) => id === definition.sides[other]?.accountId);
  return (
    <>
      {names.length > 2 && (
        <SegmentedControl
          size="xs"
          mb="xs"
          className={classes.others ?? ''}
          aria-label={t('comparisonMatrix.besideFirst')}
          value={String(other)}
          data={names.slice(1).map((name, at) => ({ value: String(at + 1), label: name }))}
          onChange={(value) => show({ other: Number(value) })}
        />
      )}
      <div className={classes.filters}>
        <StateFilter
          label={t('comparisonMatrix.statesLabel')}
          value={state}
          options={[
            { value: undefined, label: t('comparisonMatrix.all'), count: counts?.rows },
            ...PAIR_STATES.map((value) => ({
              value,
              label: t(`comparisonMatrix.states.${value}`),
              count: pair?.tags[value],
            })),
          ]}
          onChange={(value) => show({ state: value, newer: undefined })}
        />
        {state === 'different' && (
          <StateFilter
            label={t('comparisonMatrix.newerLabel')}
            value={newer}
            options={[
              { value: undefined, label: t('comparisonMatrix.all'), count: pair?.tags.different },
              ...DATED.map((value) => ({
                value,
                label: t(`comparisonMatrix.newer.${value}`),
                count: pair?.newer[value],
              })),
            ]}
            onChange={(value) => show({ newer: value })}
          />
        )}
        <FilterInput value={text} onChange={(next) => show({ filter: next || undefined })} />
      </div>
      <MatrixActions
        definition={definition}
        other={other}
        counts={text === '' ? counts : undefined}
        chosen={chosen}
        readOnly={target ? isLocked(target) : true}
      />
      {(pair?.tags.different ?? 0) > 0 && <ReadDiffering definition={definition} other={other} />}
      <PagedTable
        label={t('comparisonMatrix.tableLabel')}
        list={JSON.stringify([definition, filter])}
        page={page}
        counted={totalOf(counts, filter)}
        columns={columns}
        choosing={{ id: idOf, chosen, onChoose: setChosen }}
        commands={(row) => commandsOf(row)}
        empty={t('comparisonMatrix.noRows')}
      />
    </>
  );

  function commandsOf(row: MatrixRow) {
    const [left] = row.cells;
    const [first] = definition.sides;
    const opening =
      left && left !== 'unseen' && first
        ? [
            openingRow(
              t,
              () =>
                void navigate({
                  to: '/registries/$accountId/image',
                  params: { accountId: first.accountId },
                  search: { repository: left.repository, reference: row.tag },
                }),
            ),
          ]
        : [];
    return [opening, [copyingOfRow('name', t('commands.row.copyName'), idOf(row))]];
  }
}

const NONE: ReadonlySet<string> = new Set();
