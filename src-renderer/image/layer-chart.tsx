import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Paper } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../ui/format.ts';
import type { LayerRow } from './layer-rows.ts';

/** The accent, in the shade that stands out against the page of either theme. */
const BAR = 'var(--wharf-focus)';

/** Pixels that even the smallest layer gets, so that it can be seen and clicked. */
const LEAST_HEIGHT = 2;

export interface LayerChartProps {
  layers: readonly LayerRow[];
  /** The row picked out. */
  picked: string | undefined;
  onPick: (id: string) => void;
}

/** A bar for each layer, base layer first. The table beside it has the same numbers and the keyboard. */
export function LayerChart({ layers, picked, onPick }: LayerChartProps) {
  const { t } = useTranslation();
  const data = useMemo(
    () =>
      layers.map((row) => ({
        id: row.id,
        number: String(row.number),
        // No bar, rather than one of nothing.
        size: row.sizeUnknown ? null : row.size,
        color: row.id === picked ? 'var(--mantine-color-text)' : BAR,
        text: [row.instruction?.keyword, row.instruction?.text].filter(Boolean).join(' '),
      })),
    [layers, picked],
  );
  return (
    <div role="img" aria-label={t('image.layers.chartLabel')} style={{ height: '100%' }}>
      <BarChart
        h="100%"
        data={data}
        dataKey="number"
        series={[{ name: 'size', label: t('image.size'), color: BAR }]}
        valueFormatter={formatBytes}
        gridAxis="x"
        tickLine="none"
        yAxisProps={{ tickCount: 3, width: 64 }}
        withTooltip
        maxBarWidth={56}
        minBarSize={LEAST_HEIGHT}
        // Room for the upper half of the highest line's number.
        barChartProps={{ accessibilityLayer: false, margin: { top: 9 } }}
        barProps={{
          minPointSize: LEAST_HEIGHT,
          isAnimationActive: false,
          onClick: ({ payload }: { payload?: { id?: string } }) => {
            if (payload?.id !== undefined) onPick(payload.id);
          },
        }}
        tooltipProps={{
          isAnimationActive: false,
          content: ({ payload }) => {
            const [bar] = payload ?? [];
            const row: unknown = bar?.payload;
            const found = data.find((each) => each === row);
            if (!found) return null;
            return (
              <Paper shadow="md" px="sm" py={6} withBorder maw={360}>
                <strong>{t('image.layers.layer', { number: found.number })}</strong>{' '}
                {formatBytes(found.size ?? 0)}
                <div>{found.text}</div>
              </Paper>
            );
          },
        }}
      />
    </div>
  );
}
