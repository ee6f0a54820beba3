import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileEntry } from '../../src-main/common/files.ts';
import type { FileChange } from '../../src-main/engine/vocabulary/layers.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { failureWords } from '../ui/failure-words.ts';
import type { Sort } from '../ui/sort.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { type ContextPoint, VirtualTable } from '../ui/virtual-table.tsx';
import { ChangeFilter } from './change-filter.tsx';
import { EntryName, useEntryColumns } from './entry-columns.tsx';
import { EntryMenu, type OpenEntry } from './entry-menu.tsx';
import classes from './files.module.css';
import { PathCrumbs } from './path-crumbs.tsx';
import type { ShownFiles } from './queries.ts';
import type { TreeRow } from './tree-rows.ts';
import { useTree } from './use-tree.ts';

export interface TreePanelProps {
  image: ShownFiles;
  at: number;
  view: 'merged' | 'layer';
  /** A path that is to be shown. */
  reveal: { readonly id: string } | undefined;
  /** A file was opened. */
  onOpen: (entry: FileEntry) => void;
}

const ROW_HEIGHT = 28;
const rowId = ({ id }: TreeRow) => id;
const entryOf = ({ entry }: TreeRow) => entry;
const levelOf = ({ level }: TreeRow) => level;
const expandedOf = ({ expanded }: TreeRow) => expanded;

/** Files as a tree, each directory read when it is opened. */
export function TreePanel({ image, at, view, reveal: asked, onOpen }: TreePanelProps) {
  const { t } = useTranslation();
  const [sort, setSort] = useState<Sort>();
  const [changes, setChanges] = useState<ReadonlySet<FileChange>>();
  const [active, setActive] = useState<TreeRow>();
  const [reveal, setReveal] = useState(asked);
  const [menu, setMenu] = useState<OpenEntry>();
  const { rows, busy, toggle, openTo, retry } = useTree({ image, at, view, sort, changes });
  useEffect(() => {
    if (!asked) return;
    openTo(asked.id);
    setReveal(asked);
  }, [asked, openTo]);
  const open = useCallback(
    (row: TreeRow) => {
      if (row.note === 'failed') retry();
      else if (row.expanded !== undefined) toggle(row);
      else if (row.entry && row.entry.change !== 'removed') onOpen(row.entry);
    },
    [toggle, retry, onOpen],
  );
  const name = useMemo(
    (): VirtualColumn<TreeRow> => ({
      id: 'name',
      header: t('files.name'),
      width: 190,
      grow: 1,
      text: ({ entry }) => entry?.path,
      cell: (row) =>
        row.entry ? (
          <EntryName
            entry={row.entry}
            text={row.entry.name}
            tree={{ level: row.level, expanded: row.expanded, onToggle: () => toggle(row) }}
          />
        ) : (
          <Note row={row} />
        ),
    }),
    [t, toggle],
  );
  const onMenu = useCallback(
    (entry: FileEntry, at: HTMLElement | ContextPoint) => setMenu({ entry, at }),
    [],
  );
  const columns = useEntryColumns({ entryOf, name, onMenu, sortable: true });
  const tree = useMemo(() => ({ level: levelOf, expanded: expandedOf, onToggle: toggle }), [toggle]);
  const path = active?.entry?.path ?? '';
  const isEmpty = rows.length === 0;
  return (
    <>
      <div className={classes.bar}>
        <PathCrumbs path={path} onPick={(id) => setReveal({ id })} />
        {path !== '' && <CopyButton value={`/${path}`} label={t('files.copyPath')} />}
        {view === 'layer' && <ChangeFilter value={changes} onChange={setChanges} />}
      </div>
      <VirtualTable
        label={t(view === 'layer' ? 'files.changesLabel' : 'files.treeLabel', { number: at + 1 })}
        rows={rows}
        rowId={rowId}
        rowName={rowId}
        columns={columns}
        rowHeight={ROW_HEIGHT}
        sort={sort}
        onSort={setSort}
        tree={tree}
        reveal={reveal}
        onActive={setActive}
        onContext={({ entry }, point) => entry && onMenu(entry, point)}
        onOpen={open}
        busy={busy}
        empty={
          isEmpty && <p className={classes.none}>{t(view === 'layer' ? 'files.noChanges' : 'files.empty')}</p>
        }
      />
      {menu && (
        <EntryMenu menu={menu} image={image} at={at} onOpen={onOpen} onClose={() => setMenu(undefined)} />
      )}
    </>
  );
}

/** In the place of a directory's entries. */
function Note({ row: { level, note, failure } }: { row: TreeRow }) {
  const { t } = useTranslation();
  const style = { paddingLeft: (level - 1) * 16 + 24 };
  if (note === 'failed' && failure) {
    const { title } = failureWords(t, failure);
    return (
      <span className={classes.problem} style={style}>
        {`${title} ${failure.reason ?? ''} ${t('files.retryHelp')}`}
      </span>
    );
  }
  return (
    <span className={classes.quiet} style={style}>
      {t('common.loading')}
    </span>
  );
}
