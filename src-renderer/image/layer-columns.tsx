import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Bytes } from '../ui/bytes.tsx';
import { Digest } from '../ui/digest.tsx';
import { compareValues } from '../ui/sort.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import classes from './image.module.css';
import type { LayerRow } from './layer-rows.ts';

export const LAYER_SORTS = ['size'] as const;

/**
 * The columns of the layers table; the same array until the language or the room changes.
 *
 * @param narrow details stand beside it, which have the digest too
 */
export function useLayerColumns(narrow: boolean): readonly VirtualColumn<LayerRow>[] {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 });
    return [
      {
        id: 'number',
        header: t('image.layers.number'),
        width: 44,
        cell: ({ number }) =>
          number ?? (
            <span data-hint={t('image.layers.noLayerHelp')} className={classes.quiet}>
              –
            </span>
          ),
      },
      {
        id: 'instruction',
        header: t('image.layers.instruction'),
        width: narrow ? 140 : 220,
        grow: 1,
        text: ({ instruction }) => instruction?.text,
        cell: ({ id, instruction }) => (
          <span className={instruction ? classes.instruction : classes.quiet} data-layer={id}>
            {instruction?.keyword && <span className={classes.keyword}>{instruction.keyword}</span>}{' '}
            {instruction ? instruction.text : t('image.layers.noInstruction')}
          </span>
        ),
      },
      {
        id: 'size',
        header: t('image.size'),
        width: 84,
        align: 'end',
        compare: (a, b, descending) => compareValues(sizeOf(a), sizeOf(b), descending),
        cell: ({ number, size, sizeUnknown }) =>
          number === undefined || sizeUnknown ? (
            <span className={classes.quiet}>
              {t(sizeUnknown ? 'image.sizeUnknown' : 'image.layers.noLayer')}
            </span>
          ) : (
            <Bytes value={size} />
          ),
      },
      {
        id: 'share',
        header: t('image.layers.share'),
        width: narrow ? 104 : 170,
        cell: (row) => row.number !== undefined && !row.sizeUnknown && <Share row={row} percent={percent} />,
      },
      ...(narrow ? [] : [digestColumn(t('image.digest'))]),
    ];
  }, [t, i18n.language, narrow]);
}

function digestColumn(header: string): VirtualColumn<LayerRow> {
  return {
    id: 'digest',
    header,
    width: 192,
    cell: ({ digest }) => digest !== undefined && <Digest value={digest} />,
  };
}

function sizeOf({ number, size, sizeUnknown }: LayerRow): number | undefined {
  return number === undefined || sizeUnknown ? undefined : size;
}

/** A layer with anything in it is never shown as 0 %. */
const LEAST_SHARE = 0.001;

/** Where the layer lies in the image, as in the bar above the table, and how much of it it is. */
function Share({ row: { before, share }, percent }: { row: LayerRow; percent: Intl.NumberFormat }) {
  return (
    <span className={classes.share}>
      <span className={classes.track} aria-hidden>
        <span
          className={classes.fill}
          style={{ marginInlineStart: `${before * 100}%`, width: `${share * 100}%` }}
        />
      </span>
      <span className={classes.percent}>
        {share > 0 && share < LEAST_SHARE ? `<${percent.format(LEAST_SHARE)}` : percent.format(share)}
      </span>
    </span>
  );
}
