import { IconChevronDown, IconChevronRight, IconFile, IconFolder, IconLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ComparedFolder, FileDifference } from '../../src-main/common/comparison.ts';
import { FILE_CHANGES } from '../../src-main/engine/vocabulary/layers.ts';
import { Chip } from '../ui/chip.tsx';
import { formatBytes, formatCount } from '../ui/format.ts';
import { MiddleText } from '../ui/middle-text.tsx';
import { PendingCell } from '../ui/pending-cell.tsx';
import classes from './comparison.module.css';
import { type DifferenceRow, isFolder, type PlacedFolder } from './tree-rows.ts';

/** What a path that differs is called, and whether that is certain. */
export function DifferencePath({ item, children }: { item: FileDifference | undefined; children: string }) {
  const { t } = useTranslation();
  return (
    <span className={classes.path}>
      <MiddleText>{children}</MiddleText>
      {item?.uncertain && <Chip tone="warning">{t('comparison.uncertainMark')}</Chip>}
    </span>
  );
}

/** Pixels that a level of the tree is moved in. */
const INDENT = 16;

export interface TreeNameProps {
  row: DifferenceRow;
  item: FileDifference | undefined;
  /** Undefined for all but folders. */
  expanded: boolean | undefined;
  onToggle: (folder: PlacedFolder) => void;
}

/** Kind and name of a folder or a file, as deep as it lies. */
export function TreeName({ row, item, expanded, onToggle }: TreeNameProps) {
  const { t } = useTranslation();
  const type = isFolder(row) ? 'directory' : ((item?.right ?? item?.left)?.type ?? 'file');
  const Icon =
    type === 'directory' ? IconFolder : type === 'symlink' || type === 'hardlink' ? IconLink : IconFile;
  return (
    <span className={classes.entry} style={{ paddingInlineStart: (row.level - 1) * INDENT }}>
      <span className={classes.chevron} aria-hidden>
        {isFolder(row) && (
          <button type="button" tabIndex={-1} className={classes.toggle} onClick={() => onToggle(row)}>
            {expanded ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
          </button>
        )}
      </span>
      <Icon
        size={15}
        stroke={1.6}
        className={classes.kind}
        role="img"
        aria-label={t(`files.types.${type}`)}
      />
      {isFolder(row) ? (
        <DifferencePath item={item}>{row.folder.name}</DifferencePath>
      ) : item ? (
        <DifferencePath item={item}>
          {item.path.slice(row.above === '' ? 0 : row.above.length + 1)}
        </DifferencePath>
      ) : (
        <PendingCell />
      )}
    </span>
  );
}

const SIGNS = { added: '+', removed: '−', changed: '~' } as const;

/** What a folder comes to: by sign and word, not by colour alone. */
export function ChangeCounts({ folder }: { folder: ComparedFolder }) {
  const { t, i18n } = useTranslation();
  const { bytes } = folder;
  const some = FILE_CHANGES.filter((change) => folder[change] > 0);
  const counted = (change: (typeof some)[number]) => formatCount(folder[change], i18n.language);
  const words = some.map((change) => {
    const count = { count: folder[change], formatted: counted(change) };
    return change === 'changed'
      ? t('comparison.inFolder.changed', {
          ...count,
          before: formatBytes(bytes.changedLeft),
          after: formatBytes(bytes.changedRight),
        })
      : t(`comparison.inFolder.${change}`, { ...count, size: formatBytes(bytes[change]) });
  });
  return (
    <span role="img" className={classes.counts} aria-label={words.join(', ')} data-hint={words.join('\n')}>
      {some.map((change) => (
        <span key={change} data-change={change}>
          {SIGNS[change]}
          {counted(change)}
        </span>
      ))}
    </span>
  );
}
