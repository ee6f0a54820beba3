import { Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Navigate, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedTransfer, SyncDefinition } from '../../src-main/common/transfer.ts';
import { useAccounts } from '../accounts/queries.ts';
import { savedQueries } from '../saved/queries.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatCount } from '../ui/format.ts';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { isSameDefinition } from './draft.ts';
import { problemsOf } from './draft-problems.ts';
import { draftOf, searchOf } from './draft-search.ts';
import classes from './pages.module.css';
import { FORM_PATH } from './paths.ts';
import { syncQueries } from './queries.ts';

const route = getRouteApi('/transfers/plan');

/** Finds out what a synchronisation would do, from the definition in the address or a saved one. */
export function PlanningPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const accounts = useAccounts();
  const saved = useQuery(savedQueries.list());
  const kept = saved.data?.find(({ id }) => id === search.saved);
  const definition = draftOf(search) ?? kept?.definition;
  const error = accounts.error ?? saved.error;
  if (accounts.data && saved.data) {
    const complete = definition && Object.keys(problemsOf(definition, accounts.data)).length === 0;
    if (!complete) {
      const { saved: id } = search;
      return (
        <Navigate
          to="/transfers/new"
          search={definition ? searchOf(definition, id) : { saved: id }}
          replace
        />
      );
    }
    return <Planning key={JSON.stringify(definition)} definition={definition} saved={kept} />;
  }
  return (
    <Page>
      <PageHeader title={t('transferPages.planTitle')} />
      {error === null ? (
        <Looking seen={undefined} />
      ) : (
        <ErrorPanel
          error={error}
          onRetry={() => {
            void accounts.refetch();
            void saved.refetch();
          }}
        />
      )}
    </Page>
  );
}

interface PlanningProps {
  definition: SyncDefinition;
  saved: SavedTransfer | undefined;
}

/** Compares both sides; the plan has a page of its own. Leaving this one stops it. */
function Planning({ definition, saved }: PlanningProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const navigate = route.useNavigate();
  const { stale } = route.useSearch();
  const unchanged = saved && isSameDefinition(saved.definition, definition) ? saved : undefined;
  const planning = useQuery(syncQueries.planning({ ...definition, savedId: unchanged?.id }));
  const seen = planning.data;
  const planId = seen?.kind === 'plan' && !planning.isFetching ? seen.plan.id : undefined;
  useEffect(() => {
    if (planId === undefined) return;
    const form = router.buildLocation({ to: FORM_PATH, search: searchOf(definition, saved?.id) });
    void navigate({
      to: '/plans/$planId',
      params: { planId },
      search: { from: form.href, stale },
      replace: true,
    });
  }, [planId, definition, saved, stale, router, navigate]);
  return (
    <Page>
      <PageHeader
        title={saved?.name ?? t('transferPages.planTitle')}
        breadcrumbs={[
          { label: t('transferPages.title'), link: { to: '/transfers' } },
          {
            label: saved?.name ?? t('transferPages.new'),
            link: { to: FORM_PATH, search: searchOf(definition, saved?.id) },
          },
        ]}
        meta={<Way definition={definition} />}
      />
      {planning.isError && !planning.isFetching && (
        <ErrorPanel error={planning.error} onRetry={() => void planning.refetch()} />
      )}
      {!planning.isError && <Looking seen={seen?.kind === 'looking' ? seen : undefined} />}
    </Page>
  );
}

/** From which registry to which. */
function Way({ definition: { source, target, repositories } }: { definition: SyncDefinition }) {
  const { data: accounts } = useAccounts();
  const name = (id: string) => accounts?.find((account) => account.id === id)?.name ?? '';
  return (
    <>
      <span>
        {name(source)} → {name(target)}
      </span>
      <span className={classes.mono}>{repositories.join(', ')}</span>
    </>
  );
}

interface LookingProps {
  seen: { repositories: { done: number; total: number }; tags: { done: number; total: number } } | undefined;
}

/** How far listing and comparing are. Leaving the page stops it. */
function Looking({ seen }: LookingProps) {
  const { t, i18n } = useTranslation();
  const { done = 0, total = 0 } = seen?.tags ?? {};
  const format = (count: number) => formatCount(count, i18n.language);
  const facts = [
    seen &&
      seen.repositories.total > 0 &&
      t('transferPages.lookedRepositories', {
        done: format(seen.repositories.done),
        total: format(seen.repositories.total),
      }),
    total > 0 && t('transferPages.lookedTags', { done: format(done), total: format(total) }),
  ].filter((fact) => typeof fact === 'string');
  return (
    <div className={classes.looking} role="status" aria-busy="true">
      <span>{t('transferPages.looking')}</span>
      <Progress.Root size={6}>
        <Progress.Section
          value={total > 0 ? (done / total) * 100 : 0}
          aria-label={t('transferPages.looking')}
        />
      </Progress.Root>
      <span className={classes.quiet}>
        {facts.length > 0 ? facts.join(' · ') : t('transferPages.listing')}
      </span>
    </div>
  );
}
