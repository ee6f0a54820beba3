import type { ReactNode } from 'react';
import { ErrorPanel } from '../ui/error-panel.tsx';
import classes from './list-page.module.css';

export interface ListProblemProps {
  query: { isError: boolean; error: unknown; refetch: () => Promise<unknown> };
  /** Buttons beside "Try again". */
  actions?: ReactNode;
}

/** Why a page's rows could not be read, above what is known of them; nothing where they could. */
export function ListProblem({ query, actions }: ListProblemProps) {
  if (!query.isError) return null;
  return (
    <div className={classes.problem}>
      <ErrorPanel error={query.error} onRetry={() => void query.refetch()} actions={actions} />
    </div>
  );
}
