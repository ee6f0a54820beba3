import '@mantine/charts/styles.css';
import { AreaChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import type { StorageDay } from '../../src-main/common/storage.ts';
import { formatBytes } from '../ui/format.ts';

interface HistoryChartProps {
  days: readonly StorageDay[];
  /** Of a day that was clicked. */
  onOpen: (day: string) => void;
}

/** Unique and referenced bytes, day by day. The table below has the same numbers and the keyboard. */
export function HistoryChart({ days, onOpen }: HistoryChartProps) {
  const { t } = useTranslation();
  return (
    <div role="img" aria-label={t('storage.historyLabel')} style={{ height: '100%' }}>
      <AreaChart
        h="100%"
        data={days.map(({ day, uniqueBytes, referencedBytes }) => ({ day, uniqueBytes, referencedBytes }))}
        dataKey="day"
        series={[
          { name: 'referencedBytes', label: t('storage.referenced'), color: 'var(--mantine-color-dimmed)' },
          { name: 'uniqueBytes', label: t('storage.unique'), color: 'var(--wharf-focus)' },
        ]}
        curveType="stepAfter"
        valueFormatter={formatBytes}
        gridAxis="x"
        tickLine="none"
        withLegend
        withDots={days.length < 40}
        yAxisProps={{ tickCount: 4, width: 64 }}
        areaChartProps={{
          accessibilityLayer: false,
          margin: { top: 9 },
          onClick: ({ activeLabel }) => typeof activeLabel === 'string' && onOpen(activeLabel),
        }}
        areaProps={{ isAnimationActive: false }}
        tooltipProps={{ isAnimationActive: false }}
      />
    </div>
  );
}
