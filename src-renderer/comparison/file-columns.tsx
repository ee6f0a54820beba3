import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparedFile, ComparedFolder, FileDifference } from '../../src-main/common/comparison.ts';
import type { PagedRow } from '../lists/paged-rows.ts';
import { Bytes } from '../ui/bytes.tsx';
import { PendingCell } from '../ui/pending-cell.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import classes from './comparison.module.css';
import { ChangeCounts, DifferencePath, TreeName } from './difference-cells.tsx';
import { StateMark } from './state-mark.tsx';
import { type DifferenceRow, isFolder, type PlacedFolder } from './tree-rows.ts';

type Side = 'left' | 'right';

/** The columns of a list of files that differ; the same array until the language changes. */
export function useFileColumns(): readonly VirtualColumn<PagedRow<FileDifference>>[] {
  const { t } = useTranslation();
  const { change, aspects, size } = useColumnParts();
  return useMemo(
    () => [
      { ...change, cell: ({ item }) => item && <Change item={item} /> },
      {
        id: 'path',
        header: t('comparison.path'),
        width: 200,
        grow: 3,
        cell: ({ item }) =>
          item ? <DifferencePath item={item}>{`/${item.path}`}</DifferencePath> : <PendingCell />,
      },
      {
        ...aspects.column,
        text: ({ item }) => item && aspects.text(item),
        cell: ({ item }) => item && aspects.cell(item),
      },
      { ...size('left'), cell: ({ item }) => <Size file={item?.left} /> },
      { ...size('right'), cell: ({ item }) => <Size file={item?.right} /> },
    ],
    [t, change, aspects, size],
  );
}

export interface TreeColumnsOptions {
  /** Of a file, and of a folder that differs itself; undefined while it is not there. */
  itemOf: (row: DifferenceRow) => FileDifference | undefined;
  isOpen: (folder: PlacedFolder) => boolean;
  onToggle: (folder: PlacedFolder) => void;
}

/** The columns of a tree of files that differ. Keep the options the same from render to render. */
export function useTreeColumns(options: TreeColumnsOptions): readonly VirtualColumn<DifferenceRow>[] {
  const { itemOf, isOpen, onToggle } = options;
  const { t } = useTranslation();
  const { change, aspects, size } = useColumnParts();
  return useMemo(() => {
    const sizeOf = (side: Side): VirtualColumn<DifferenceRow> => ({
      ...size(side),
      cell: (row) =>
        isFolder(row) ? <Bytes value={bytesOf(row.folder)[side]} /> : <Size file={itemOf(row)?.[side]} />,
    });
    return [
      {
        id: 'name',
        header: t('comparison.path'),
        width: 220,
        grow: 3,
        cell: (row) => (
          <TreeName
            row={row}
            item={itemOf(row)}
            expanded={isFolder(row) ? isOpen(row) : undefined}
            onToggle={onToggle}
          />
        ),
      },
      {
        ...change,
        width: 130,
        cell: (row) => {
          if (isFolder(row)) return <ChangeCounts folder={row.folder} />;
          const item = itemOf(row);
          return item && <Change item={item} />;
        },
      },
      {
        ...aspects.column,
        text: (row) => aspects.text(itemOf(row)),
        cell: (row) => aspects.cell(itemOf(row)),
      },
      sizeOf('left'),
      sizeOf('right'),
    ];
  }, [t, change, aspects, size, itemOf, isOpen, onToggle]);
}

/** Of files that differ, as large as they are on a side. */
const bytesOf = ({ bytes }: ComparedFolder): Record<Side, number> => ({
  left: bytes.removed + bytes.changedLeft,
  right: bytes.added + bytes.changedRight,
});

/** What both views have in common; the same until the language changes. */
function useColumnParts() {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const text = (item: FileDifference | undefined) =>
      item &&
      new Intl.ListFormat(i18n.language, { type: 'conjunction', style: 'narrow' }).format(
        item.aspects.map((aspect) => t(`comparison.fileAspects.${aspect}`)),
      );
    return {
      change: { id: 'change', header: t('comparison.state'), width: 104 },
      aspects: {
        column: { id: 'aspects', header: t('comparison.differences'), width: 130, grow: 1 },
        text,
        cell: (item: FileDifference | undefined) =>
          item && <span className={classes.quiet}>{text(item)}</span>,
      },
      size: (side: Side) => ({
        id: side,
        header: t(side === 'left' ? 'comparison.sizeLeft' : 'comparison.sizeRight'),
        width: 80,
        align: 'end' as const,
      }),
    };
  }, [t, i18n.language]);
}

function Change({ item: { change } }: { item: FileDifference }) {
  const { t } = useTranslation();
  return <StateMark state={change}>{t(`comparison.change.${change}`)}</StateMark>;
}

function Size({ file }: { file: ComparedFile | undefined }) {
  if (!file) return <span className={classes.quiet}>–</span>;
  return file.type === 'file' || file.type === 'hardlink' ? <Bytes value={file.size} /> : null;
}
