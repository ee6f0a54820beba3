import { Button } from '@mantine/core';
import { IconDatabaseOff, IconTags } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { StorageScope, StorageSummary } from '../../src-main/common/storage.ts';
import { EditAccountButton } from '../accounts/edit-account-button.tsx';
import { useAccount } from '../accounts/queries.ts';
import { ListProblem } from '../lists/list-problem.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { PageTabPanel, PageTabs } from '../ui/page-tabs.tsx';
import { TableSkeleton } from '../ui/table-skeleton.tsx';
import { isNothing, useChoice } from './choice.ts';
import { ChoiceBar } from './choice-bar.tsx';
import { ChosenView } from './chosen-view.tsx';
import { HistoryView } from './history-view.tsx';
import { DayTags, Holders } from './holders.tsx';
import { KeepFresh } from './keep-fresh.tsx';
import { KnownLine, KnownNote, OwnDiskUse, Unknowable } from './known.tsx';
import { FamiliesView, ItemsView, RepositoriesView } from './lists-view.tsx';
import { storageQueries } from './queries.ts';
import { ManifestStep, ScanButton } from './scan-button.tsx';
import { ScanPanel } from './scan-panel.tsx';
import { scansQuery, shownScans } from './scans.ts';
import { baseName, namespacesAbove, useScope } from './scope.ts';
import { SpaceView } from './space-view.tsx';
import classes from './storage.module.css';
import { Totals, TotalsSkeleton } from './totals.tsx';
import { Undated } from './undated.tsx';
import { STORAGE_VIEWS, type StorageViewName } from './views.ts';

const route = getRouteApi('/registries/$accountId/storage');

/** Where the bytes of a registry are, of a namespace or of a repository in it. */
export function StoragePage() {
  const scope = useScope();
  const account = useAccount(scope.accountId);
  const { t } = useTranslation();
  const summary = useQuery(storageQueries.summary(scope));
  const scans = shownScans(useQuery(scansQuery).data, scope);
  if (!account) return null;
  // With its slash a namespace is not taken for a registry of that name.
  const name = scope.repository ?? (scope.namespace === undefined ? account.name : `${scope.namespace}/`);
  const known = summary.data;
  const isAnything = known !== undefined && known.manifests > 0;
  return (
    <Page>
      <PageHeader
        title={t('storage.of', { name })}
        breadcrumbs={crumbsOf(scope, account.name, t('storage.title'))}
        busy={summary.isPending}
        meta={known && known.known.scanned.total > 0 && <KnownLine known={known.known} />}
        actions={
          <>
            {scope.repository !== undefined && <TagsButton scope={scope} />}
            {isAnything && scope.namespace === undefined && scope.repository === undefined && (
              <KeepFresh account={account} />
            )}
            {isAnything && <ScanButton scope={scope} scans={scans} />}
          </>
        }
      />
      <ScanPanel scans={scans} />
      <ManifestStep scope={scope} scans={scans} />
      <Undated scope={scope} scans={scans} />
      <ListProblem query={summary} actions={<EditAccountButton accountId={scope.accountId} />} />
      {summary.isPending && (
        <>
          <TotalsSkeleton />
          <TableSkeleton bar />
        </>
      )}
      {known &&
        (isAnything ? (
          <Known key={name} scope={scope} summary={known} />
        ) : (
          <>
            <Nothing
              scope={scope}
              isScanned={scans.last?.status === 'done'}
              action={<ScanButton scope={scope} scans={scans} />}
            />
            <OwnDiskUse scope={scope} />
          </>
        ))}
    </Page>
  );
}

function crumbsOf(scope: StorageScope, account: string, title: string) {
  const to = '/registries/$accountId/storage' as const;
  const { accountId, namespace, repository } = scope;
  const params = { accountId };
  const own = repository ?? namespace;
  return [
    { label: account, link: { to: '/registries/$accountId' as const, params } },
    ...(own === undefined ? [] : [{ label: title, link: { to, params, search: {} } }]),
    ...namespacesAbove(scope).map((above) => ({
      label: `${baseName(above)}/`,
      link: { to, params, search: { namespace: above } },
    })),
  ];
}

function TagsButton({ scope: { accountId, repository = '' } }: { scope: StorageScope }) {
  const { t } = useTranslation();
  return (
    <Button
      variant="default"
      leftSection={<IconTags size={14} />}
      renderRoot={(props) => (
        <Link to="/registries/$accountId/tags" params={{ accountId }} search={{ repository }} {...props} />
      )}
    >
      {t('storage.openTags')}
    </Button>
  );
}

interface NothingProps {
  scope: StorageScope;
  /** It was looked at: there is nothing. */
  isScanned: boolean;
  action: React.ReactNode;
}

function Nothing({ scope, isScanned, action }: NothingProps) {
  const { t } = useTranslation();
  const isPart = scope.namespace !== undefined || scope.repository !== undefined;
  if (isScanned)
    return (
      <EmptyState icon={<IconDatabaseOff size={24} />} title={t('storage.emptyTitle')} action={action}>
        {t('storage.emptyHelp')}
      </EmptyState>
    );
  return (
    <EmptyState
      icon={<IconDatabaseOff size={24} />}
      title={t(isPart ? 'storage.nothingTitlePart' : 'storage.nothingTitle')}
      action={action}
    >
      {t('storage.nothingHelp')}
    </EmptyState>
  );
}

function Known({ scope, summary }: { scope: StorageScope; summary: StorageSummary }) {
  const { t } = useTranslation();
  const { view: wanted, digest, day, order = 'exclusiveBytes' } = route.useSearch();
  const navigate = route.useNavigate();
  const choosing = useChoice(scope.accountId);
  const views = STORAGE_VIEWS.filter(
    (each) =>
      (scope.repository === undefined || (each !== 'space' && each !== 'repositories')) &&
      (each !== 'chosen' || wanted === 'chosen' || !isNothing(choosing.choice)),
  );
  const view = views.find((each) => each === wanted) ?? views[0] ?? 'largest';
  const setView = (next: StorageViewName | undefined) =>
    void navigate({
      search: (before) => ({ ...before, view: next, digest: undefined, day: undefined }),
      replace: true,
      resetScroll: false,
    });
  const openHolders = useCallback(
    (next: string | undefined) =>
      void navigate({ search: (before) => ({ ...before, digest: next }), replace: true, resetScroll: false }),
    [navigate],
  );
  const openDay = useCallback(
    (next: string | undefined) =>
      void navigate({ search: (before) => ({ ...before, day: next }), replace: true, resetScroll: false }),
    [navigate],
  );
  const openRepository = (repository: string) =>
    void navigate({
      to: '/registries/$accountId/tags',
      params: { accountId: scope.accountId },
      search: { repository },
    });
  const panels: Record<StorageViewName, React.ReactNode> = {
    space: <SpaceView scope={scope} />,
    repositories: (
      <RepositoriesView
        scope={scope}
        order={order}
        onOrder={(next) =>
          void navigate({
            search: (before) => ({ ...before, order: next }),
            replace: true,
            resetScroll: false,
          })
        }
        choosing={choosing}
        onOpen={openRepository}
      />
    ),
    largest: <ItemsView scope={scope} what="largest" onOpen={openHolders} />,
    duplicates: <ItemsView scope={scope} what="duplicates" onOpen={openHolders} />,
    families: <FamiliesView scope={scope} onOpen={openHolders} />,
    history: <HistoryView scope={scope} onOpen={openDay} />,
    chosen: <ChosenView accountId={scope.accountId} choice={choosing.choice} onOpen={openHolders} />,
  };
  return (
    <>
      <KnownNote known={summary.known} />
      <Totals scope={scope} summary={summary} />
      <PageTabs
        label={t('storage.viewsLabel')}
        tabs={views.map((value) => ({ value, label: t(`storage.views.${value}`) }))}
        value={view}
        onChange={setView}
        className={classes.tabs}
      >
        <PageTabPanel value={view}>{panels[view]}</PageTabPanel>
      </PageTabs>
      {digest !== undefined && (
        <Holders
          accountId={scope.accountId}
          digest={digest}
          choosing={choosing}
          onClose={() => openHolders(undefined)}
        />
      )}
      {day !== undefined && (
        <DayTags scope={scope} day={day} choosing={choosing} onClose={() => openDay(undefined)} />
      )}
      <ChoiceBar
        accountId={scope.accountId}
        choosing={choosing}
        onSums={view === 'chosen' ? undefined : () => setView('chosen')}
      />
      <div className={classes.below}>
        <Unknowable scope={scope} />
      </div>
    </>
  );
}
