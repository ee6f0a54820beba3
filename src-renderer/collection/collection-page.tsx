import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { CollectionFacts } from '../../src-main/common/collection-facts.ts';
import { EditAccountButton } from '../accounts/edit-account-button.tsx';
import { useAccount } from '../accounts/queries.ts';
import { useRegistry } from '../repositories/use-registry.ts';
import { BlockSkeleton } from '../ui/block-skeleton.tsx';
import { Card } from '../ui/card.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import classes from './collection.module.css';
import { Commands } from './commands.tsx';
import { LocalRegistryDiskUse } from './disk-use.tsx';
import { HowFreed } from './how-freed.tsx';
import { Output } from './output.tsx';
import { RemoteRuns } from './remote-runs.tsx';

const route = getRouteApi('/registries/$accountId/collection');

/** A registry's garbage collection: what frees the bytes of what was deleted, and how to run it, from here or on its host. */
export function CollectionPage() {
  const { accountId } = route.useParams();
  const account = useAccount(accountId);
  return account ? <Shown account={account} /> : null;
}

function Shown({ account }: { account: Account }) {
  const { t } = useTranslation();
  const { overview, local } = useRegistry(account);
  const facts = overview.data?.garbageCollection;
  const link = { to: '/registries/$accountId', params: { accountId: account.id } } as const;
  return (
    <Page>
      <PageHeader title={t('freeing.page')} breadcrumbs={[{ label: account.name, link }]} />
      <div className={classes.cards}>
        {overview.isLoading && <BlockSkeleton height={160} />}
        {overview.isError && (
          <ErrorPanel
            error={overview.error}
            onRetry={() => void overview.refetch()}
            actions={<EditAccountButton accountId={account.id} />}
          />
        )}
        {facts && (
          <Card title={t('freeing.title')} testId="how-freed">
            <HowFreed facts={facts} />
          </Card>
        )}
        {local ? (
          <LocalRegistryDiskUse accountId={account.id} />
        ) : (
          facts && <Work account={account} facts={facts} />
        )}
      </div>
    </Page>
  );
}

/** What can be done from here, where anything can. */
function Work({ account, facts: { way, frees, commands } }: { account: Account; facts: CollectionFacts }) {
  // Another program's embedded registry is collected there.
  if (way === 'api' && !frees.includes('localCollection')) return <RemoteRuns account={account} />;
  return (
    <>
      {commands && <Commands commands={commands} />}
      {way === 'commands' && <Output accountId={account.id} />}
    </>
  );
}
