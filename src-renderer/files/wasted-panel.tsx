import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { WastedFiles } from '../../src-main/common/files.ts';
import { Bytes } from '../ui/bytes.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatBytes, formatCount } from '../ui/format.ts';
import { copyingOfRow, openingRow } from '../ui/row-commands.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { VirtualTable } from '../ui/virtual-table.tsx';
import classes from './files.module.css';
import { fileQueries, type ShownFiles } from './queries.ts';

type Row = WastedFiles['items'][number];

const ROW_HEIGHT = 28;
const rowId = ({ path }: Row) => path;
const NONE: readonly Row[] = [];

/** Files that lie in several layers, or in one that a later one removed: what the image carries for nothing. */
export function WastedPanel({ image, onShow }: { image: ShownFiles; onShow: (path: string) => void }) {
  const { t, i18n } = useTranslation();
  const wasted = useQuery(fileQueries.wasted(image));
  const columns = useMemo(
    (): readonly VirtualColumn<Row>[] => [
      {
        id: 'path',
        header: t('files.path'),
        width: 220,
        grow: 1,
        text: ({ path }) => `/${path}`,
        cell: ({ path }) => <span className={classes.mono}>{`/${path}`}</span>,
      },
      {
        id: 'bytes',
        header: t('files.wastedBytes'),
        width: 96,
        align: 'end',
        cell: ({ bytes }) => <Bytes value={bytes} />,
      },
      {
        id: 'layers',
        header: t('files.inLayers'),
        width: 120,
        text: ({ layers }) => layers.map((layer) => layer + 1).join(', '),
        cell: ({ layers }) => layers.map((layer) => layer + 1).join(', '),
      },
    ],
    [t],
  );
  if (wasted.isError) return <ErrorPanel error={wasted.error} onRetry={() => void wasted.refetch()} />;
  const { wastedBytes = 0, efficiency = 1, items = NONE, total = 0 } = wasted.data ?? {};
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 });
  const more = total - items.length;
  return (
    <>
      <div className={classes.score}>
        <dl>
          <div>
            <dt>{t('files.efficiency')}</dt>
            <dd>{wasted.isPending ? <Value /> : percent.format(efficiency)}</dd>
          </div>
          <div>
            <dt>{t('files.wasted')}</dt>
            <dd>{wasted.isPending ? <Value /> : <Bytes value={wastedBytes} />}</dd>
          </div>
        </dl>
        <p className={classes.quiet}>{t('files.wastedHelp')}</p>
      </div>
      {wasted.data && items.length === 0 ? (
        <p className={classes.none}>{t('files.nothingWasted')}</p>
      ) : (
        <VirtualTable
          label={t('files.wastedLabel', { size: formatBytes(wastedBytes) })}
          rows={items}
          rowId={rowId}
          rowName={rowId}
          columns={columns}
          rowHeight={ROW_HEIGHT}
          busy={wasted.isPending}
          commands={({ path }) => [
            [openingRow(t, () => onShow(path), t('files.showInTree'))],
            [copyingOfRow('path', t('files.copyPath'), `/${path}`)],
          ]}
          onOpen={({ path }) => onShow(path)}
        />
      )}
      {more > 0 && (
        <p className={classes.note}>
          {t('files.moreWasted', { count: more, formatted: formatCount(more, i18n.language) })}
        </p>
      )}
    </>
  );
}

/** Stands for a sum that is being worked out. */
function Value() {
  return <Skeleton height={12} width={56} my={6} />;
}
