import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import type { ComparedPlatform } from '../../src-main/common/comparison.ts';
import { Bytes } from '../ui/bytes.tsx';
import { formatBytes } from '../ui/format.ts';
import classes from './comparison.module.css';
import { growthOf } from './growth.ts';

/** Pixels of a bar with what is around it. */
const BAR = 26;

const signed = (bytes: number) =>
  `${bytes === 0 ? '' : bytes < 0 ? '−' : '+'}${formatBytes(Math.abs(bytes))}`;

/** Where the difference in size comes from, as a picture; the table beside it has the same numbers. */
export function SizeTab({ platform }: { platform: ComparedPlatform }) {
  const { t } = useTranslation();
  const { by, parts } = growthOf(platform);
  const data = parts.map(({ name, left, right }) => ({
    name,
    grown: Math.max(0, right - left),
    shrunk: Math.min(0, right - left),
  }));
  return (
    <section className={classes.size} aria-labelledby="size-title">
      <h2 id="size-title">{t('comparison.sizeTitle')}</h2>
      <p className={classes.quiet}>
        {t(by === 'folders' ? 'comparison.sizeByFolder' : 'comparison.sizeByLayer')}
      </p>
      {parts.length === 0 ? (
        <p className={classes.none}>{t('comparison.sizeNone')}</p>
      ) : (
        <div className={classes.sizes}>
          <div role="img" aria-label={t('comparison.sizeLabel')}>
            <BarChart
              h={parts.length * BAR + 40}
              data={data}
              dataKey="name"
              orientation="vertical"
              type="stacked"
              series={[
                { name: 'grown', label: t('comparison.growth'), color: 'var(--wharf-focus)' },
                { name: 'shrunk', label: t('comparison.growth'), color: 'var(--mantine-color-dimmed)' },
              ]}
              valueFormatter={signed}
              gridAxis="y"
              tickLine="none"
              withTooltip={false}
              yAxisProps={{ width: 140, interval: 0 }}
              xAxisProps={{ tickCount: 5 }}
              barChartProps={{ accessibilityLayer: false }}
              barProps={{ isAnimationActive: false }}
            />
          </div>
          <table className={classes.table} data-numbers>
            <thead>
              <tr>
                <th scope="col">{t('comparison.sizeOf')}</th>
                <th scope="col">{t('comparison.left')}</th>
                <th scope="col">{t('comparison.right')}</th>
                <th scope="col">{t('comparison.growth')}</th>
              </tr>
            </thead>
            <tbody>
              {parts.map(({ name, detail, left, right }) => (
                <tr key={name}>
                  <th scope="row" className={classes.mono}>
                    {name}
                    {detail !== undefined && <span className={classes.detail}>{detail}</span>}
                  </th>
                  <td>
                    <Bytes value={left} />
                  </td>
                  <td>
                    <Bytes value={right} />
                  </td>
                  <td>{signed(right - left)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
