import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileDifference } from '../../src-main/common/comparison.ts';
import { PAGE, pagesAt } from '../lists/paged-rows.ts';
import { usePages } from '../lists/use-paged-rows.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { copyingOfRow, openingRow } from '../ui/row-commands.tsx';
import { VirtualTable } from '../ui/virtual-table.tsx';
import classes from './comparison.module.css';
import { useTreeColumns } from './file-columns.tsx';
import { comparisonQueries, type FilesFilter, type Pair } from './queries.ts';
import { type DifferenceRow, isFolder, treeRows } from './tree-rows.ts';
import type { Folding } from './use-folding.ts';

export interface DifferenceTreeProps {
  images: Pair;
  wanted: FilesFilter;
  folding: Folding;
  onOpen: (item: FileDifference) => void;
  /** Said where there is no row. */
  empty: string;
}

const rowId = ({ id }: DifferenceRow) => id;
const levelOf = ({ level }: DifferenceRow) => level;
const NO_PAGES: readonly number[] = [0];

/** Files that differ by folder, each folder with what is in it summed up; their rows are read where they are looked at. */
export function DifferenceTree({ images, wanted, folding, onOpen, empty }: DifferenceTreeProps) {
  const { t } = useTranslation();
  const { data, isPending, isPlaceholderData, error, refetch } = useQuery(
    comparisonQueries.folders(images, wanted),
  );
  const { isOpen, toggle } = folding;
  const rows = useMemo(() => treeRows(data?.folders ?? [], isOpen), [data, isOpen]);
  const [numbers, setNumbers] = useState(NO_PAGES);
  // Rows of the tree that is shown, which stays while another is asked for.
  const shown = data?.filter ?? wanted;
  const files = usePages(numbers, (number) => comparisonQueries.files(images, shown, number, true));
  const { pages } = files;
  const itemOf = useMemo(() => {
    const known = new Map(numbers.map((number, index) => [number, pages[index]]));
    return ({ position }: DifferenceRow): FileDifference | undefined =>
      position === undefined ? undefined : known.get(Math.floor(position / PAGE))?.items[position % PAGE];
  }, [numbers, pages]);
  const onVisible = useCallback((seen: readonly DifferenceRow[]) => {
    const next = pagesAt(seen.flatMap(({ position }) => position ?? []));
    setNumbers((before) => (before.join() === next.join() ? before : next));
  }, []);
  const columns = useTreeColumns({ itemOf, isOpen, onToggle: toggle });
  const tree = useMemo(
    () => ({
      level: levelOf,
      expanded: (row: DifferenceRow) => (isFolder(row) ? isOpen(row) : undefined),
      onToggle: toggle,
    }),
    [isOpen, toggle],
  );
  const failed = error ?? files.error;
  if (failed) return <ErrorPanel error={failed} onRetry={() => (error ? void refetch() : files.refetch())} />;
  const open = (row: DifferenceRow) => {
    const item = itemOf(row);
    if (isFolder(row)) toggle(row);
    else if (item) onOpen(item);
  };
  return (
    <VirtualTable
      label={t('comparison.filesLabel')}
      rows={rows}
      rowId={rowId}
      rowName={(row) => pathOf(row, itemOf(row))}
      columns={columns}
      tree={tree}
      filter={JSON.stringify(shown)}
      onVisible={onVisible}
      onOpen={open}
      commands={(row) => {
        const item = itemOf(row);
        const path = pathOf(row, item);
        return [
          [
            ...(item ? [openingRow(t, () => onOpen(item), t('commands.row.show'))] : []),
            ...(path === '' ? [] : [copyingOfRow('path', t('files.copyPath'), path)]),
          ],
        ];
      }}
      busy={isPending || isPlaceholderData || files.isReading}
      empty={!isPending && <p className={classes.none}>{empty}</p>}
    />
  );
}

/** As it is from the root; empty while it is not known. */
function pathOf(row: DifferenceRow, item: FileDifference | undefined): string {
  if (isFolder(row)) return `/${row.path}`;
  return item ? `/${item.path}` : '';
}
