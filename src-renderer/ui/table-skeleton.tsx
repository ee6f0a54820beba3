import { Skeleton, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './virtual-table.module.css';

/** Widths that look like names of differing lengths, the same at every render. */
const WIDTHS = ['34%', '22%', '41%', '28%', '37%', '25%'];

/** Stands where a table will be, while its first rows are on their way. */
export function TableSkeleton({ rows }: { rows: number }) {
  const { t } = useTranslation();
  return (
    <div className={classes.skeleton} role="status" aria-busy="true">
      <VisuallyHidden>{t('common.loading')}</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
        <div key={row} className={classes.skeletonRow}>
          <Skeleton height={10} width={WIDTHS[row % WIDTHS.length] ?? '30%'} />
          <Skeleton height={10} width="12%" />
          <Skeleton height={10} width="8%" />
        </div>
      ))}
    </div>
  );
}
