import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LayerCounts, LayerReading } from '../../src-main/common/files.ts';
import { FILE_CHANGES, type FileChange } from '../../src-main/engine/vocabulary/layers.ts';
import { copyingOfInstruction } from '../image/copying-of-instruction.ts';
import { instructionText } from '../image/instruction.ts';
import { formatBytes, formatCount } from '../ui/format.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { copyingOfRow, openingRow } from '../ui/row-commands.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { VirtualTable } from '../ui/virtual-table.tsx';
import classes from './files.module.css';
import type { LayerItem } from './layer-items.ts';

export interface LayerListProps {
  layers: readonly LayerItem[];
  /** The one whose files are shown. */
  at: number;
  progress?: ReadonlyMap<number, LayerReading> | undefined;
  /** They are not known yet. */
  busy?: boolean;
  onPick?: (layer: LayerItem) => void;
  /** Reads one again that failed. */
  onRetry?: (layer: LayerItem) => void;
}

interface Row extends LayerItem {
  readonly reading: LayerReading | undefined;
}

const ROW_HEIGHT = 50;
const rowId = ({ id }: Row) => id;

/** The layers, base first, with what is known of each. */
export function LayerList({ layers, at, progress, busy = false, onPick, onRetry }: LayerListProps) {
  const { t } = useTranslation();
  const rows = useMemo(
    () => layers.map((layer): Row => ({ ...layer, reading: progress?.get(layer.index) })),
    [layers, progress],
  );
  const columns = useMemo(
    (): readonly VirtualColumn<Row>[] => [
      {
        id: 'layer',
        header: t('files.layers'),
        width: 180,
        grow: 1,
        text: ({ instruction }) => instruction?.text,
        cell: (row) => (
          <span className={classes.two}>
            <span className={classes.instruction}>
              <span className={classes.number}>{row.index + 1}</span>{' '}
              {row.instruction ? instructionText(row.instruction) : row.digest}
            </span>
            <span className={classes.quiet}>
              <State row={row} onRetry={onRetry} />
            </span>
          </span>
        ),
      },
    ],
    [t, onRetry],
  );
  return (
    <VirtualTable
      label={t('files.layersLabel')}
      rows={rows}
      rowId={rowId}
      rowName={({ index }) => t('image.layers.layer', { number: index + 1 })}
      columns={columns}
      rowHeight={ROW_HEIGHT}
      picked={rows[at]?.id ?? ''}
      busy={busy}
      commands={(row) => [
        onPick ? [openingRow(t, () => onPick(row))] : [],
        [
          copyingOfRow('digest', t('common.copyDigest'), row.digest),
          ...copyingOfInstruction(t, row.instruction),
        ],
      ]}
      {...(onPick && { onOpen: onPick })}
    />
  );
}

function State({ row, onRetry }: { row: Row; onRetry: LayerListProps['onRetry'] }) {
  const { t, i18n } = useTranslation();
  const { state, size, entries = 0, toc, warnings, failure, reading, counts } = row;
  const format = (count: number) => formatCount(count, i18n.language);
  if (reading && reading.read < reading.size)
    return <>{t('files.readSoFar', { read: formatBytes(reading.read), size: formatBytes(size) })}</>;
  if (state === 'unread') return <>{`${formatBytes(size)} · ${t('files.states.unread')}`}</>;
  if (state === 'failed' || state === 'opaque')
    return (
      <span className={classes.problem}>
        <IconAlertTriangle size={14} aria-hidden />
        <span data-hint={failure?.reason ?? failure?.message}>{t(`files.states.${state}`)}</span>
        {state === 'failed' && <LinkButton onClick={() => onRetry?.(row)}>{t('common.retry')}</LinkButton>}
      </span>
    );
  const parts = [
    formatBytes(size),
    ...(counts ? [] : [t('files.entries', { count: entries, formatted: format(entries) })]),
    ...(toc ? [t(`files.tocs.${toc}`)] : []),
  ];
  return (
    <>
      {parts.join(' · ')}
      {counts && <Counts counts={counts} />}
      {warnings.length > 0 && (
        <span
          role="img"
          className={classes.warn}
          data-hint={warnings.map((warning) => t(`files.warnings.${warning}`)).join('\n')}
          aria-label={warnings.map((warning) => t(`files.warnings.${warning}`)).join(' ')}
        >
          <IconInfoCircle size={14} aria-hidden />
        </span>
      )}
    </>
  );
}

/** Paths that a layer added, changed and removed: by sign and word, not by colour alone. */
function Counts({ counts }: { counts: LayerCounts }) {
  const { t, i18n } = useTranslation();
  const words = FILE_CHANGES.map((change) =>
    t(`files.counts.${change}`, {
      count: counts[change],
      formatted: formatCount(counts[change], i18n.language),
    }),
  );
  return (
    <span role="img" className={classes.counts} aria-label={words.join(', ')} data-hint={words.join('\n')}>
      {FILE_CHANGES.filter((change) => counts[change] > 0).map((change) => (
        <span key={change} className={classes.count} data-change={change}>
          {SIGNS[change]}
          {formatCount(counts[change], i18n.language)}
        </span>
      ))}
    </span>
  );
}

const SIGNS: Readonly<Record<FileChange, string>> = { added: '+', changed: '~', removed: '−' };
