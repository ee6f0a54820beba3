import { useTranslation } from 'react-i18next';
import type { Plan } from '../../src-main/common/plan.ts';
import type { TransferSummary } from '../../src-main/common/transfer.ts';
import { Card } from '../ui/card.tsx';
import { formatCount } from '../ui/format.ts';
import { BlobTallies } from './blob-tallies.tsx';
import classes from './copy.module.css';
import { toDo } from './to-do.ts';

export interface TransferSummaryCardProps {
  plan: Pick<Plan, 'items'> & { summary: TransferSummary };
  /** How many of them were left out. */
  left: number;
  /** Blobs may have to move. */
  moves?: boolean;
}

/** How many tags would be written, and what has to be sent for it. */
export function TransferSummaryCard({
  plan: { items, summary },
  left,
  moves = true,
}: TransferSummaryCardProps) {
  const { t, i18n } = useTranslation();
  const todo = toDo(items) - left;
  return (
    <Card
      testId="plan"
      title={
        todo > 0
          ? t('transferPages.sumTitle', { count: todo, formatted: formatCount(todo, i18n.language) })
          : t('transferPages.sumNothing')
      }
    >
      {left > 0 && <p className={classes.quiet}>{t('transferPages.leftOut', { count: left })}</p>}
      {todo > 0 && summary.takesReplaced && (
        <p className={classes.quiet} data-testid="takes-replaced">
          {t('transfers.takesReplaced')}
        </p>
      )}
      {todo > 0 && moves && (
        <BlobTallies
          blobs={summary.blobs}
          manifests={summary.manifests}
          attached={summary.attached}
          leftOut={summary.leftOut}
        />
      )}
    </Card>
  );
}
