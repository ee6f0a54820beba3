import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileEntry } from '../../src-main/common/files.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatCount } from '../ui/format.ts';
import { NoMatch } from '../ui/no-match.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { type ContextPoint, VirtualTable } from '../ui/virtual-table.tsx';
import { EntryName, useEntryColumns } from './entry-columns.tsx';
import { EntryMenu, type OpenEntry } from './entry-menu.tsx';
import classes from './files.module.css';
import { globOf } from './glob.ts';
import { fileQueries, type ShownFiles } from './queries.ts';

export interface FoundListProps {
  image: ShownFiles;
  at: number;
  /** As it is typed. */
  text: string;
  onOpen: (entry: FileEntry) => void;
  /** Shows one in the tree. */
  onShow: (path: string) => void;
  onClear: () => void;
}

const ROW_HEIGHT = 28;
const rowId = ({ path }: FileEntry) => path;
const same = (entry: FileEntry) => entry;
const NONE: readonly FileEntry[] = [];

/** The files whose paths match what is typed. */
export function FoundList({ image, at, text, onOpen, onShow, onClear }: FoundListProps) {
  const { t, i18n } = useTranslation();
  const [menu, setMenu] = useState<OpenEntry>();
  const found = useQuery(fileQueries.search(image, at, globOf(text)));
  const name = useMemo(
    (): VirtualColumn<FileEntry> => ({
      id: 'name',
      header: t('files.path'),
      width: 220,
      grow: 1,
      text: ({ path }) => path,
      cell: (entry) => <EntryName entry={entry} text={`/${entry.path}`} />,
    }),
    [t],
  );
  const onMenu = useCallback(
    (entry: FileEntry, at: HTMLElement | ContextPoint) => setMenu({ entry, at }),
    [],
  );
  const columns = useEntryColumns({ entryOf: same, name, onMenu, sortable: false });
  if (found.isError) return <ErrorPanel error={found.error} onRetry={() => void found.refetch()} />;
  const { entries = NONE, more = false } = found.data ?? {};
  if (found.data && entries.length === 0)
    return (
      <NoMatch title={t('files.noneFound')} onClear={onClear}>
        {t('files.noneFoundHelp', { pattern: globOf(text) })}
      </NoMatch>
    );
  const formatted = formatCount(entries.length, i18n.language);
  return (
    <>
      <p className={classes.note} role="status">
        {found.isPending
          ? t('common.loading')
          : t(more ? 'files.foundFirst' : 'files.found', { count: entries.length, formatted })}
      </p>
      <VirtualTable
        label={t('files.foundLabel')}
        rows={entries}
        rowId={rowId}
        rowName={rowId}
        columns={columns}
        rowHeight={ROW_HEIGHT}
        onContext={onMenu}
        busy={found.isPending || found.isPlaceholderData}
        onOpen={(entry) => (entry.type === 'directory' ? onShow(entry.path) : onOpen(entry))}
      />
      {menu && (
        <EntryMenu
          menu={menu}
          image={image}
          at={at}
          onOpen={onOpen}
          onShow={onShow}
          onClose={() => setMenu(undefined)}
        />
      )}
    </>
  );
}
