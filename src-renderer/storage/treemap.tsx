import '@mantine/charts/styles.css';
import { Treemap } from '@mantine/charts';
import { Paper } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../ui/format.ts';
import { baseName } from './scope.ts';
import classes from './storage.module.css';
import type { Rectangle } from './treemap-data.ts';

export interface StorageTreemapProps {
  rectangles: Rectangle[];
  onOpen: (rectangle: Rectangle) => void;
}

/**
 * Rectangles as large as their unique bytes, those of a namespace side by side; the darker part of each is what nothing else holds. The
 * table beside it has the same numbers and the keyboard.
 */
export function StorageTreemap({ rectangles, onOpen }: StorageTreemapProps) {
  const { t } = useTranslation();
  const { ref, height } = useElementSize();
  const byName = useMemo(
    () => new Map(rectangles.flatMap((each) => each.children ?? [each]).map((each) => [each.name, each])),
    [rectangles],
  );
  return (
    <div ref={ref} role="img" aria-label={t('storage.treemapLabel')} className={classes.treemap}>
      {height > 0 && (
        <Treemap
          data={rectangles}
          height={height}
          tooltipProps={{
            isAnimationActive: false,
            content: ({ payload }) => {
              const found = byName.get(String(payload?.[0]?.name));
              return found ? <Tip of={found} /> : null;
            },
          }}
          treemapProps={{
            isAnimationActive: false,
            nodeInset: 2,
            nodeGap: 3,
            content: ({ x, y, width, height: high, name, depth, children }) => {
              const place = { x, y, width, height: high };
              if (depth === 0 || width <= 0 || high <= 0) return <g />;
              if (children !== null) return <rect {...place} rx={4} className={classes.group} />;
              const found = byName.get(name);
              return found ? <Drawn place={place} of={found} onOpen={onOpen} /> : <g />;
            },
          }}
        />
      )}
    </div>
  );
}

function Tip({ of: { name, value, exclusiveBytes } }: { of: Rectangle }) {
  const { t } = useTranslation();
  return (
    <Paper shadow="md" px="sm" py={6} withBorder maw={360}>
      <strong>{name}</strong> {formatBytes(value)}
      <div className={classes.quiet}>
        {t('storage.splitDetail', {
          exclusive: formatBytes(exclusiveBytes),
          shared: formatBytes(Math.max(0, value - exclusiveBytes)),
        })}
      </div>
    </Paper>
  );
}

/** Pixels below which there is no room for a line of text, and for a second one. */
const TEXT = { width: 40, height: 22, second: 40 };
/** Pixels of a letter, about, and on both sides of a line. */
const LETTER = 7.4;
const MARGIN = 12;

interface DrawnProps {
  place: { x: number; y: number; width: number; height: number };
  of: Rectangle;
  onOpen: (rectangle: Rectangle) => void;
}

function Drawn({ place: { x, y, width, height }, of, onOpen }: DrawnProps) {
  const own = of.value > 0 ? Math.min(1, of.exclusiveBytes / of.value) : 0;
  const room = Math.floor((width - MARGIN) / LETTER);
  const size = formatBytes(of.value);
  const hasText = width >= TEXT.width && height >= TEXT.height;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a picture; the table beside it has the keyboard
    <g className={classes.rectangle} data-name={of.name} onClick={() => onOpen(of)}>
      <rect x={x} y={y} width={width} height={height} rx={2} className={classes.commonArea} />
      <rect
        x={x}
        y={y + height * (1 - own)}
        width={width}
        height={height * own}
        rx={2}
        className={classes.ownArea}
      />
      {hasText && (
        <text x={x + 6} y={y + 15} className={classes.rectangleName}>
          {shortened(of.name, room)}
        </text>
      )}
      {hasText && height >= TEXT.second && size.length <= room && (
        <text x={x + 6} y={y + 31} className={classes.rectangleSize}>
          {size}
        </text>
      )}
    </g>
  );
}

/** As much of a name as there is room for, its last part first. */
function shortened(name: string, room: number): string {
  if (name.length <= room) return name;
  const isNamespace = name.endsWith('/');
  const base = isNamespace ? `${baseName(name.slice(0, -1))}/` : baseName(name);
  if (base.length <= room) return base;
  return room > 1 ? `${base.slice(0, room - 1)}…` : '';
}
