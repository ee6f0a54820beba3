import { SkeletonRows } from './skeleton-rows.tsx';

/** A name and three short values. */
const COLUMNS = [{}, {}, {}, { align: 'end' }] as const;
const TEMPLATE = 'minmax(0, 3fr) minmax(0, 1fr) minmax(0, 1fr) 96px';

/** Stands where a table will be whose columns are not known yet; a table that is there draws its own while it is `busy`. */
export function TableSkeleton({ rows }: { rows: number }) {
  return <SkeletonRows columns={COLUMNS} template={TEMPLATE} rows={rows} />;
}
