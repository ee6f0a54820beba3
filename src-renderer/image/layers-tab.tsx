import { IconStack2 } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Image, ImageContent } from '../../src-main/common/image.ts';
import { WithDetails } from '../ui/details-panel.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatBytes } from '../ui/format.ts';
import { copyingOfRow, openingRow } from '../ui/row-commands.tsx';
import { formatSort, parseSort } from '../ui/sort.ts';
import { VirtualTable } from '../ui/virtual-table.tsx';
import { copyingOfInstruction } from './copying-of-instruction.ts';
import classes from './image.module.css';
import { LayerBar } from './layer-bar.tsx';
import { LAYER_SORTS, useLayerColumns } from './layer-columns.tsx';
import { LayerDetails } from './layer-details.tsx';
import { type LayerRow, layerRows } from './layer-rows.ts';

const route = getRouteApi('/registries/$accountId/image');

const rowId = (row: LayerRow) => row.id;

/** The layers of what is shown: all as one bar, and the instruction that made each. */
export function LayersTab({ image }: { image: Image }) {
  const { t } = useTranslation();
  const { content } = image;
  switch (content.kind) {
    case 'image':
      return <Layers content={content} />;
    case 'artifact':
    case 'helmChart':
    case 'buildCache':
      return <Layers content={{ layers: content.blobs, config: { history: [] } }} />;
    case 'schema1':
      return (
        <Layers
          content={{
            layers: content.layers.map(({ digest, createdBy }) => ({
              digest,
              size: 0,
              mediaType: image.mediaType,
              foreign: false,
              annotations: {},
              ...(createdBy !== undefined && { createdBy }),
            })),
            config: { history: [] },
          }}
          sizeless
        />
      );
    case 'index':
      return (
        <EmptyState icon={<IconStack2 size={24} />} title={t('image.index.choosePlatform')}>
          {t('image.index.choosePlatformHelp')}
        </EmptyState>
      );
    case 'unreadable':
      return (
        <EmptyState icon={<IconStack2 size={24} />} title={t('image.unreadable.title')}>
          {t('image.unreadable.intro')}
        </EmptyState>
      );
    case 'attestation':
    case 'unknown':
      return (
        <EmptyState icon={<IconStack2 size={24} />} title={t('image.layers.none')}>
          {content.kind === 'attestation'
            ? t('image.attestation.intro')
            : t('image.unknownKind.intro', { mediaType: image.mediaType })}
        </EmptyState>
      );
  }
}

/** What was done to build the image, where it cannot be joined with the layers. */
function HistoryApart({ history }: { history: LayersProps['content']['config']['history'] }) {
  const { t } = useTranslation();
  return (
    <section className={classes.apart}>
      <h2 className={classes.sectionTitle}>{t('image.layers.apart')}</h2>
      <p className={classes.quiet}>{t('image.layers.apartHelp')}</p>
      <ol className={classes.mono}>
        {history.map(({ createdBy, comment }, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step may be repeated; the list never changes
          <li key={position}>{createdBy ?? comment ?? '–'}</li>
        ))}
      </ol>
    </section>
  );
}

interface LayersProps {
  content: {
    layers: Extract<ImageContent, { kind: 'image' }>['layers'];
    config: Pick<Extract<ImageContent, { kind: 'image' }>['config'], 'history' | 'historyApart'>;
  };
  /** The manifest has no sizes: a bar of them would be empty. */
  sizeless?: boolean;
}

function Layers({ content, sizeless = false }: LayersProps) {
  const { t } = useTranslation();
  const { layer: picked, sort: order } = route.useSearch();
  const navigate = route.useNavigate();
  const rows = useMemo(() => layerRows(content), [content]);
  const layers = useMemo(() => rows.filter(({ number }) => number !== undefined), [rows]);
  const total = layers.reduce((sum, { size }) => sum + size, 0);
  const [onBar, setOnBar] = useState<string>();
  const [onRow, setOnRow] = useState<string>();
  const [active, setActive] = useState<string>();
  const [reveal, setReveal] = useState<{ readonly id: string } | undefined>(
    picked ? { id: picked } : undefined,
  );
  const details = rows.find(({ id }) => id === picked);
  const columns = useLayerColumns(details !== undefined);
  const name = useCallback(
    ({ number, instruction }: LayerRow) =>
      number === undefined
        ? `${instruction?.keyword ?? ''} ${instruction?.text ?? t('image.layers.noLayer')}`.trim()
        : t('image.layers.layer', { number }),
    [t],
  );
  const pick = useCallback(
    (id: string | undefined) =>
      void navigate({ search: (before) => ({ ...before, layer: id }), replace: true, resetScroll: false }),
    [navigate],
  );
  const onActive = useCallback(({ id }: LayerRow) => setActive(id), []);
  if (rows.length === 0) {
    return (
      <EmptyState icon={<IconStack2 size={24} />} title={t('image.layers.none')}>
        {t('image.layers.noneHelp')}
      </EmptyState>
    );
  }
  return (
    <>
      <div className={classes.layerMeta}>
        {t('image.layers.total', { count: layers.length, size: formatBytes(total) })}
      </div>
      {!sizeless && (
        <LayerBar
          layers={layers}
          nameOf={name}
          marked={onBar ?? onRow ?? picked ?? active}
          onPoint={setOnBar}
          onPick={(id) => {
            pick(id);
            setReveal({ id });
          }}
        />
      )}
      <PointedRows onPoint={setOnRow}>
        <WithDetails
          details={
            details && <LayerDetails row={details} name={name(details)} onClose={() => pick(undefined)} />
          }
        >
          <VirtualTable
            label={t('image.layers.tableLabel')}
            rows={rows}
            rowId={rowId}
            rowName={name}
            columns={columns}
            commands={(row) => [
              [openingRow(t, () => pick(row.id), t('commands.row.show'))],
              [
                ...(row.digest === undefined
                  ? []
                  : [copyingOfRow('digest', t('common.copyDigest'), row.digest)]),
                ...copyingOfInstruction(t, row.instruction),
              ],
            ]}
            sort={parseSort(order, LAYER_SORTS)}
            onSort={(sort) =>
              void navigate({
                search: (before) => ({ ...before, sort: formatSort(sort) }),
                replace: true,
                resetScroll: false,
              })
            }
            picked={onBar ?? picked ?? ''}
            reveal={reveal}
            onActive={onActive}
            onOpen={(row) => pick(row.id === picked ? undefined : row.id)}
          />
        </WithDetails>
      </PointedRows>
      {content.config.historyApart && <HistoryApart history={content.config.history} />}
    </>
  );
}

/** Says which row of the table in it is pointed at, if any. */
function PointedRows({
  onPoint,
  children,
}: {
  onPoint: (id: string | undefined) => void;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithMouseEvents: the row that has the keys says so itself
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows in it are what is interactive
    <div
      className={classes.rows}
      onMouseOver={({ target }) => {
        const row = target instanceof Element ? target.closest('[role="row"]') : null;
        onPoint(row?.querySelector<HTMLElement>('[data-layer]')?.dataset.layer);
      }}
      onMouseLeave={() => onPoint(undefined)}
    >
      {children}
    </div>
  );
}
