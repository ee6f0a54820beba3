import { Skeleton } from '@mantine/core';
import classes from './facts-skeleton.module.css';

/** Stands for facts under a title: a line for each width that a value has. */
export function FactsSkeleton({ widths }: { widths: readonly string[] }) {
  return (
    <div>
      <Skeleton height={14} width={110} mb={14} />
      {widths.map((width) => (
        <div key={width} className={classes.fact}>
          <Skeleton height={9} width={84} />
          <Skeleton height={9} width={width} />
        </div>
      ))}
    </div>
  );
}
