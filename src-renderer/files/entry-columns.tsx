import {
  IconChevronDown,
  IconChevronRight,
  IconFile,
  IconFolder,
  IconLink,
  IconPlugConnected,
} from '@tabler/icons-react';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileEntry } from '../../src-main/common/files.ts';
import { MoreButton } from '../ui/more-button.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { useNarrow } from '../ui/use-narrow.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { EntrySize } from './entry-size.tsx';
import classes from './files.module.css';
import { modeText } from './mode.ts';

type OpenEntryMenu = (entry: FileEntry, button: HTMLElement) => void;

export interface EntryColumnsOptions<Row> {
  /** Undefined for a row that is none. */
  entryOf: (row: Row) => FileEntry | undefined;
  /** The first column. */
  name: VirtualColumn<Row>;
  onMenu: OpenEntryMenu;
  sortable: boolean;
}

/** What can be sorted is sorted where the rows are made: see `treeRows`. */
const sorts = () => 0;

/** The columns of entries, in a tree and in a list. Keep the options the same from render to render. */
export function useEntryColumns<Row>({
  entryOf,
  name,
  onMenu,
  sortable,
}: EntryColumnsOptions<Row>): readonly VirtualColumn<Row>[] {
  const { t } = useTranslation();
  const narrow = useNarrow();
  return useMemo(() => {
    const sort = sortable ? { compare: sorts } : {};
    const shown = (show: (entry: FileEntry) => ReactNode) => (row: Row) => {
      const entry = entryOf(row);
      return entry ? show(entry) : null;
    };
    const wide: readonly VirtualColumn<Row>[] = [
      {
        id: 'mode',
        header: t('files.mode'),
        width: 88,
        cell: shown((entry) => <span className={classes.mono}>{modeText(entry)}</span>),
      },
      {
        id: 'owner',
        header: t('files.owner'),
        width: 76,
        cell: shown(({ uid, gid }) => <span className={classes.mono}>{`${uid}:${gid}`}</span>),
      },
    ];
    return [
      { ...name, ...sort },
      {
        id: 'size',
        header: t('image.size'),
        width: 72,
        align: 'end',
        ...sort,
        cell: shown((entry) => <EntrySize entry={entry} />),
      },
      ...(narrow ? [] : wide),
      {
        id: 'modified',
        header: t('files.modified'),
        width: 96,
        ...sort,
        cell: shown(({ modified }) => (modified === undefined ? null : <RelativeTime value={modified} />)),
      },
      {
        id: 'layer',
        header: t('image.layers.number'),
        width: 52,
        align: 'end',
        ...sort,
        cell: shown(({ layer }) => layer + 1),
      },
      {
        id: 'menu',
        header: '',
        width: 28,
        align: 'end',
        cell: shown((entry) => (
          <MoreButton
            label={t('common.rowActions', { name: entry.path })}
            onClick={(button) => onMenu(entry, button)}
          />
        )),
      },
    ];
  }, [t, narrow, entryOf, name, onMenu, sortable]);
}

const ICONS = {
  file: IconFile,
  directory: IconFolder,
  symlink: IconLink,
  hardlink: IconLink,
  character: IconPlugConnected,
  block: IconPlugConnected,
  fifo: IconPlugConnected,
};

export interface EntryNameProps {
  entry: FileEntry;
  /** What is shown of it: its name, or its path. */
  text: string;
  /** In a tree: how deep it lies, and what opens it. */
  tree?: { level: number; expanded: boolean | undefined; onToggle: () => void };
}

/** Pixels that a level of the tree is moved in. */
const INDENT = 16;

/** Kind, name, where a link leads and what a layer did to it. */
export function EntryName({ entry, text, tree }: EntryNameProps) {
  const { t } = useTranslation();
  const { type, link, change } = entry;
  const Icon = ICONS[type];
  return (
    <span
      className={classes.entry}
      style={tree && { paddingLeft: (tree.level - 1) * INDENT }}
      data-change={change}
    >
      {tree && (
        <span className={classes.chevron} aria-hidden>
          {tree.expanded !== undefined && (
            <button type="button" tabIndex={-1} className={classes.toggle} onClick={tree.onToggle}>
              {tree.expanded ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
            </button>
          )}
        </span>
      )}
      <Icon
        size={15}
        stroke={1.6}
        className={classes.kind}
        role="img"
        aria-label={t(`files.types.${type}`)}
      />
      <span className={classes.name}>{text}</span>
      {link !== undefined && <span className={classes.quiet}>{`→ ${link}`}</span>}
      {change !== undefined && (
        <span className={classes.change} data-change={change}>
          {t(`files.changes.${change}`)}
        </span>
      )}
    </span>
  );
}
