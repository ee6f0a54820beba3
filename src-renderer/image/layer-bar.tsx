import { useTranslation } from 'react-i18next';
import { formatBytes } from '../ui/format.ts';
import classes from './layer-bar.module.css';
import type { LayerRow } from './layer-rows.ts';

export interface LayerBarProps {
  /** In build order. */
  layers: readonly LayerRow[];
  nameOf: (row: LayerRow) => string;
  /** The row that is pointed at, or has the keys, or is picked out. */
  marked: string | undefined;
  /** One is pointed at here, or none any more. */
  onPoint: (id: string | undefined) => void;
  onPick: (id: string) => void;
}

/**
 * All the bytes of an image as one bar, base layer first, each layer as wide as it is large. The rows of the table below have the
 * same numbers, and the keyboard.
 */
export function LayerBar({ layers, nameOf, marked, onPoint, onPick }: LayerBarProps) {
  const { t } = useTranslation();
  const idAt = (target: EventTarget) => (target instanceof HTMLElement ? target.dataset.id : undefined);
  return (
    // biome-ignore-start lint/a11y/useKeyWithClickEvents: the table below has the keys
    // biome-ignore-start lint/a11y/useKeyWithMouseEvents: as above
    <div
      role="img"
      aria-label={t('image.layers.barLabel')}
      className={classes.bar}
      data-marked={marked !== undefined || undefined}
      onMouseOver={(event) => onPoint(idAt(event.target))}
      onMouseLeave={() => onPoint(undefined)}
      onClick={(event) => {
        const id = idAt(event.target);
        if (id !== undefined) onPick(id);
      }}
    >
      {layers.map((row) => (
        <span
          key={row.id}
          className={classes.layer}
          data-id={row.id}
          data-current={row.id === marked || undefined}
          data-hint={[nameOf(row), formatBytes(row.size), row.instruction?.text].filter(Boolean).join(' · ')}
          style={{ flexGrow: row.size }}
        />
      ))}
    </div>
    // biome-ignore-end lint/a11y/useKeyWithMouseEvents: as above
    // biome-ignore-end lint/a11y/useKeyWithClickEvents: the table below has the keys
  );
}
