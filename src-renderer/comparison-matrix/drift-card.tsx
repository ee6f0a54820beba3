import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SavedComparison } from '../../src-main/common/comparison-matrix.ts';
import { Card } from '../ui/card.tsx';
import { State } from './columns.tsx';
import classes from './matrix.module.css';
import { matrixQueries } from './queries.ts';
import { LastRun } from './saved.tsx';

/** What has changed between the last two looks at a saved comparison. */
export function DriftCard({ saved }: { saved: SavedComparison }) {
  const { t } = useTranslation();
  const drift = useQuery(matrixQueries.drift(saved.id));
  const { items = [], total = 0 } = drift.data ?? {};
  return (
    <Card title={t('comparisonMatrix.driftTitle', { name: saved.name })} testId="drift">
      <p className={classes.quiet}>
        <LastRun saved={saved} />
      </p>
      <ul className={classes.drift}>
        {items.map(({ repository, tag, before, now }) => (
          <li key={`${repository}:${tag}`}>
            <span className={classes.mono}>
              {repository}:{tag}
            </span>
            {before.map((state, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a pair is its position
              <span key={at} className={classes.change}>
                <State t={t} pair={{ state }} /> → <State t={t} pair={{ state: now[at] ?? null }} />
              </span>
            ))}
          </li>
        ))}
      </ul>
      {total > items.length && (
        <p className={classes.quiet}>{t('comparisonMatrix.moreDrift', { count: total - items.length })}</p>
      )}
    </Card>
  );
}
