import { Skeleton } from '@mantine/core';
import { Page } from './page.tsx';
import { TableSkeleton } from './table-skeleton.tsx';

/** Stands where a page will be of which nothing is known yet: a title, a line of facts, a list. */
export function PageSkeleton() {
  return (
    <Page>
      <Skeleton height={18} width={180} mt={6} mb={12} aria-hidden />
      <Skeleton height={10} width={300} mb={18} aria-hidden />
      <TableSkeleton bar />
    </Page>
  );
}
