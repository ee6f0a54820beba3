import type { ReactNode } from 'react';
import type { Account } from '../../src-main/common/account.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Page } from '../ui/page.tsx';
import { PageSkeleton } from '../ui/page-skeleton.tsx';
import { useAccounts } from './queries.ts';

/** A page about whatever registries there are: drawn once they are known. */
export function WithAccounts({ children }: { children: (accounts: readonly Account[]) => ReactNode }) {
  const accounts = useAccounts();
  if (accounts.isError)
    return (
      <Page>
        <ErrorPanel error={accounts.error} onRetry={() => void accounts.refetch()} />
      </Page>
    );
  if (accounts.isPending) return <PageSkeleton />;
  return children(accounts.data);
}
