import type { ReactNode } from 'react';

/** What is in place of the rows; a grid may hold nothing but rows. */
export function EmptyRow({ columns, children }: { columns: number; children: ReactNode }) {
  if (!children) return null;
  return (
    // biome-ignore-start lint/a11y/useSemanticElements: as the rows above
    // biome-ignore-start lint/a11y/useFocusableInteractive: the grid holds the focus
    <div role="rowgroup">
      <div role="row">
        <div role="gridcell" aria-colspan={columns}>
          {children}
        </div>
      </div>
    </div>
    // biome-ignore-end lint/a11y/useFocusableInteractive: the grid holds the focus
    // biome-ignore-end lint/a11y/useSemanticElements: as the rows above
  );
}
