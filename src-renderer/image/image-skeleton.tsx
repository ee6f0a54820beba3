import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { TableSkeleton } from '../ui/table-skeleton.tsx';
import classes from './image.module.css';
import type { ImageTab } from './tabs.ts';

/** Widths of values, each set that of a section of facts. */
const SECTIONS = [
  ['48%', '32%', '56%', '40%', '26%'],
  ['72%', '58%'],
] as const;

/** Stands for what a tab will show: facts, a list, or a document. */
export function ImageSkeleton({ tab }: { tab: ImageTab }) {
  const { t } = useTranslation();
  if (tab === 'files' || tab === 'referrers')
    return (
      <div className={classes.skeletonSplit} data-tab={tab}>
        <TableSkeleton rows={6} />
        <div>
          <TableSkeleton bar={tab === 'files'} />
        </div>
      </div>
    );
  if (tab !== 'overview' && tab !== 'manifest') return <TableSkeleton bar />;
  return (
    <div role="status" aria-busy="true" aria-label={t('common.loading')}>
      {tab === 'manifest' ? (
        <Skeleton height={320} radius="sm" />
      ) : (
        <div className={classes.columns}>
          {SECTIONS.map((widths) => (
            <div key={widths.length}>
              <Skeleton height={14} width={110} mb={14} />
              {widths.map((width) => (
                <div key={width} className={classes.skeletonFact}>
                  <Skeleton height={9} width={84} />
                  <Skeleton height={9} width={width} />
                </div>
              ))}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
