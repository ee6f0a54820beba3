import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FactsSkeleton } from '../ui/facts-skeleton.tsx';
import { TableSkeleton } from '../ui/table-skeleton.tsx';
import classes from './image.module.css';
import type { ImageTab } from './tabs.ts';

/** Widths of values, each set that of a section of facts. */
const SECTIONS = [
  ['48%', '32%', '56%', '40%', '26%'],
  ['72%', '58%'],
] as const;

/** Lines of a document, each by how far it is indented and how long it is. */
const LINES = [
  [0, 12],
  [16, 150],
  [16, 320],
  [16, 90],
  [32, 340],
  [32, 560],
  [32, 100],
  [16, 12],
  [16, 100],
  [32, 380],
  [32, 560],
  [32, 110],
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
        <DocumentSkeleton />
      ) : (
        <div className={classes.columns}>
          {SECTIONS.map((widths) => (
            <FactsSkeleton key={widths.length} widths={widths} />
          ))}
        </div>
      )}
    </div>
  );
}

/** A bar of controls, and a frame with lines of text. */
function DocumentSkeleton() {
  return (
    <>
      <div className={classes.manifestBar}>
        <Skeleton height={30} width={170} radius="sm" />
        <Skeleton height={30} width={220} radius="sm" />
      </div>
      <div className={classes.skeletonDocument}>
        {LINES.map(([indent, width], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its position
          <Skeleton key={at} height={9} width={width} ml={indent} />
        ))}
      </div>
    </>
  );
}
