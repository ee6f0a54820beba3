import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparedLayer, ComparedPlatform } from '../../src-main/common/comparison.ts';
import { readInstruction } from '../image/instruction.ts';
import { Bytes } from '../ui/bytes.tsx';
import { formatBytes } from '../ui/format.ts';
import { copyingOfRow } from '../ui/row-commands.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { VirtualTable } from '../ui/virtual-table.tsx';
import classes from './comparison.module.css';
import { Masked } from './masked.tsx';
import { StateMark } from './state-mark.tsx';
import { ViewBar } from './view-bar.tsx';
import { secretsIn } from './words.ts';

const rowId = ({ left, right }: ComparedLayer) => `${left?.index} ${right?.index}`;

/** The layers of both aligned, with the instruction that made each and the bytes. */
export function LayersTab({ platform }: { platform: ComparedPlatform }) {
  const { t } = useTranslation();
  const [onlyDifferences, setOnlyDifferences] = useState(false);
  const [reveals, setReveals] = useState(false);
  const { layers } = platform;
  const rows = useMemo(
    () => (onlyDifferences ? layers.filter(({ state }) => state !== 'same') : layers),
    [layers, onlyDifferences],
  );
  const columns = useLayerColumns(layers, reveals);
  return (
    <>
      <ViewBar
        onlyDifferences={onlyDifferences}
        onOnlyDifferences={setOnlyDifferences}
        secrets={secretsIn(platform).layers}
        reveals={reveals}
        onReveals={setReveals}
      />
      <VirtualTable
        label={t('comparison.layersLabel')}
        rows={rows}
        rowId={rowId}
        rowName={rowId}
        columns={columns}
        commands={({ left, right }) => [
          [
            ...(left
              ? [copyingOfRow('left', `${t('common.copyDigest')} (${t('comparison.left')})`, left.digest)]
              : []),
            ...(right
              ? [copyingOfRow('right', `${t('common.copyDigest')} (${t('comparison.right')})`, right.digest)]
              : []),
          ],
        ]}
        empty={<p className={classes.none}>{t('comparison.noDifferences')}</p>}
      />
    </>
  );
}

function useLayerColumns(
  layers: readonly ComparedLayer[],
  reveals: boolean,
): readonly VirtualColumn<ComparedLayer>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const largest = Math.max(1, ...layers.flatMap(({ left, right }) => [left?.size ?? 0, right?.size ?? 0]));
    const layer = (side: 'left' | 'right'): VirtualColumn<ComparedLayer> => ({
      id: side,
      header: t(side === 'left' ? 'comparison.leftLayer' : 'comparison.rightLayer'),
      width: 130,
      grow: 1,
      text: (row) => (row.secret && !reveals ? undefined : row[side]?.createdBy),
      cell: (row) => <Instruction layer={row[side]} masked={row.secret === true && !reveals} />,
    });
    const size = (side: 'left' | 'right'): VirtualColumn<ComparedLayer> => ({
      id: `${side}Size`,
      header: t(side === 'left' ? 'comparison.sizeLeft' : 'comparison.sizeRight'),
      width: 84,
      align: 'end',
      text: (row) => row[side] && formatBytes(row[side].size),
      cell: (row) => row[side] && <SizeBar size={row[side].size} largest={largest} />,
    });
    return [
      layer('left'),
      size('left'),
      {
        id: 'state',
        header: t('comparison.state'),
        width: 118,
        cell: ({ state }) => (
          <StateMark
            state={state}
            hint={state === 'recompressed' ? t('comparison.recompressedHelp') : undefined}
          >
            {t(`comparison.states.${state}`)}
          </StateMark>
        ),
      },
      layer('right'),
      size('right'),
    ];
  }, [t, layers, reveals]);
}

function Instruction({ layer, masked }: { layer: ComparedLayer['left']; masked: boolean }) {
  const { t } = useTranslation();
  if (!layer) return <span className={classes.quiet}>–</span>;
  const { keyword, text } = readInstruction(layer.createdBy ?? '');
  return (
    <span className={classes.layer}>
      <span className={classes.number}>{layer.index + 1}</span>
      {masked ? (
        <Masked />
      ) : (
        <span className={text === '' ? classes.quiet : classes.mono}>
          {keyword && <b>{keyword} </b>}
          {text === '' ? t('image.layers.noInstruction') : text}
        </span>
      )}
    </span>
  );
}

/** As long as it is large beside the largest layer of both. */
function SizeBar({ size, largest }: { size: number; largest: number }) {
  return (
    <span className={classes.sizeBar}>
      <Bytes value={size} />
      <span className={classes.track} aria-hidden>
        <span style={{ width: `${(100 * size) / largest}%` }} />
      </span>
    </span>
  );
}
