import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Bytes } from '../ui/bytes.tsx';
import { Digest } from '../ui/digest.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import classes from './image.module.css';
import type { LayerRow } from './layer-rows.ts';

/** The columns of the layers table; the same array until the language changes. */
export function useLayerColumns(): readonly VirtualColumn<LayerRow>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'number',
        header: t('image.layers.number'),
        width: 56,
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
        width: 220,
        grow: 1,
        text: ({ instruction }) => instruction?.text,
        cell: ({ instruction }) =>
          instruction ? (
            <span className={classes.instruction}>
              {instruction.keyword && <span className={classes.keyword}>{instruction.keyword}</span>}{' '}
              {instruction.text}
            </span>
          ) : (
            <span className={classes.quiet}>{t('image.layers.noInstruction')}</span>
          ),
      },
      {
        id: 'size',
        header: t('image.size'),
        width: 84,
        align: 'end',
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
        width: 130,
        cell: ({ number, share, sizeUnknown }) =>
          number !== undefined && !sizeUnknown && <Share share={share} />,
      },
      {
        id: 'digest',
        header: t('image.digest'),
        width: 184,
        cell: ({ digest }) => digest !== undefined && <Digest value={digest} />,
      },
    ],
    [t],
  );
}

/** A layer with anything in it is never shown as 0 %. */
const LEAST_SHARE = 0.001;

function Share({ share }: { share: number }) {
  const { i18n } = useTranslation();
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 });
  return (
    <span className={classes.share}>
      <span className={classes.track} aria-hidden>
        <span className={classes.fill} style={{ display: 'block', width: `${share * 100}%` }} />
      </span>
      <span className={classes.percent}>
        {share > 0 && share < LEAST_SHARE ? `<${percent.format(LEAST_SHARE)}` : percent.format(share)}
      </span>
    </span>
  );
}
