import { Alert, Button, Progress } from '@mantine/core';
import { IconBookmark, IconInfoCircle, IconPencil } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, Navigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedTransfer, SyncDefinition, SyncPlan } from '../../src-main/common/transfer.ts';
import { useAccounts } from '../accounts/queries.ts';
import { api, orpc } from '../api.ts';
import { usePlanStart } from '../plans/use-plan-start.ts';
import { savedQueries } from '../saved/queries.ts';
import { SaveDialog } from '../saved/save-dialog.tsx';
import { ActionButton } from '../ui/action-button.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatCount } from '../ui/format.ts';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { TableSkeleton } from '../ui/table-skeleton.tsx';
import { isSameDefinition } from './draft.ts';
import { problemsOf } from './draft-problems.ts';
import { draftOf, searchOf } from './draft-search.ts';
import classes from './pages.module.css';
import { PlanView } from './plan-view.tsx';
import { type Origin, transferKeys, transferQueries } from './queries.ts';

const route = getRouteApi('/transfers/plan');

/** What a synchronisation would do, from the definition in the address or a saved one. */
export function PlanPage() {
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
    return <Plan key={JSON.stringify(definition)} definition={definition} saved={kept} />;
  }
  return (
    <Page>
      <PageHeader title={t('transferPages.planTitle')} />
      {error === null ? (
        <TableSkeleton rows={10} />
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

interface PlanProps {
  definition: SyncDefinition;
  saved: SavedTransfer | undefined;
}

function Plan({ definition, saved }: PlanProps) {
  const { t, i18n } = useTranslation();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const [saving, setSaving] = useState(false);
  const planning = useQuery(transferQueries.plan(definition));
  const told = planning.data;
  const plan = told?.kind === 'plan' && !planning.isFetching ? told.plan : undefined;
  const unchanged = saved && isSameDefinition(saved.definition, definition) ? saved : undefined;
  const start = usePlanStart({
    start: async ({ id, onlyAtTarget }: SyncPlan) => {
      const savedId = unchanged?.id;
      const { operationId } = await api.transfers.start({ planId: id, ...(savedId && { savedId }) });
      const origin: Origin = { definition, savedId, onlyAtTarget };
      client.setQueryDefaults(transferKeys.origin(operationId), { gcTime: Number.POSITIVE_INFINITY });
      client.setQueryData<Origin>(transferKeys.origin(operationId), origin);
      void client.invalidateQueries({ queryKey: orpc.transfers.saved.key() });
      await navigate({ to: '/transfers/$operationId', params: { operationId } });
    },
    onStarted: () => {},
    replan: () => void planning.refetch(),
  });
  const todo = plan ? plan.items.new + plan.items.changed : 0;
  const search = searchOf(definition, saved?.id);
  return (
    <Page>
      <PageHeader
        title={saved?.name ?? t('transferPages.planTitle')}
        breadcrumbs={[
          { label: t('transferPages.title'), link: { to: '/transfers' } },
          { label: saved?.name ?? t('transferPages.new'), link: { to: '/transfers/new', search } },
          { label: t('transferPages.planTitle') },
        ]}
        meta={<Way definition={definition} />}
        actions={
          <>
            <Button
              variant="default"
              leftSection={<IconPencil size={14} />}
              renderRoot={(props) => <Link to="/transfers/new" search={search} {...props} />}
            >
              {t('transferPages.change')}
            </Button>
            {!unchanged && (
              <Button
                variant="default"
                leftSection={<IconBookmark size={14} />}
                onClick={() => setSaving(true)}
              >
                {t('transferPages.save')}
              </Button>
            )}
            <ActionButton
              loading={start.pending}
              reason={
                !plan ? t('transferPages.noPlanYet') : todo === 0 ? t('transferPages.nothingToDo') : undefined
              }
              onClick={() => {
                if (plan) start.confirm(plan);
              }}
            >
              {plan && todo > 0
                ? t('transferPages.start', { count: todo, formatted: formatCount(todo, i18n.language) })
                : t('transferPages.startNone')}
            </ActionButton>
          </>
        }
      />
      {start.replanned && plan && (
        <Alert
          className={classes.notice ?? ''}
          color="yellow"
          icon={<IconInfoCircle size={18} />}
          role="alert"
        >
          {t('transferPages.replanned')}
        </Alert>
      )}
      {start.error && (
        <div className={classes.notice}>
          <ErrorPanel error={start.error} />
        </div>
      )}
      {planning.isError && !planning.isFetching && (
        <ErrorPanel error={planning.error} onRetry={() => void planning.refetch()} />
      )}
      {planning.isFetching && <Looking told={told?.kind === 'looking' ? told : undefined} />}
      {plan && <PlanView plan={plan} onPlanAgain={() => void planning.refetch()} />}
      <SaveDialog
        opened={saving}
        definition={definition}
        saved={saved}
        onClose={() => setSaving(false)}
        onSaved={(id) => void navigate({ search: searchOf(definition, id), replace: true })}
      />
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
  told: { repositories: { done: number; total: number }; tags: { done: number; total: number } } | undefined;
}

/** How far listing and comparing are. Leaving the page stops it. */
function Looking({ told }: LookingProps) {
  const { t, i18n } = useTranslation();
  const { done = 0, total = 0 } = told?.tags ?? {};
  const format = (count: number) => formatCount(count, i18n.language);
  const facts = [
    told &&
      told.repositories.total > 0 &&
      t('transferPages.lookedRepositories', {
        done: format(told.repositories.done),
        total: format(told.repositories.total),
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
