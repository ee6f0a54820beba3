import { Button, Skeleton } from '@mantine/core';
import { IconClockOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { kindNamed } from '../operation-kinds.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { failureOf } from '../ui/failure.ts';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { TableSkeleton } from '../ui/table-skeleton.tsx';
import { planQueries } from './queries.ts';
import { useLeavePlan } from './use-leave-plan.ts';

const route = getRouteApi('/plans/$planId');

/** What a change would do, before it is confirmed; the parts are its kind's. */
export function PlanPage() {
  const { t } = useTranslation();
  const { planId } = route.useParams();
  const { from } = route.useSearch();
  const leave = useLeavePlan(from);
  const plan = useQuery(planQueries.get(planId));
  const Parts = plan.data && kindNamed(plan.data.kind)?.PlanPage;
  if (plan.data && Parts) {
    return (
      <Suspense fallback={<Waiting />}>
        <Parts key={planId} plan={plan.data} from={from} />
      </Suspense>
    );
  }
  if (plan.isPending) return <Waiting />;
  const expired = plan.isError && failureOf(plan.error).code === 'planExpired';
  return (
    <Page>
      <PageHeader title={t('plans.title')} />
      {expired ? (
        <EmptyState
          icon={<IconClockOff size={24} />}
          title={t('plans.expiredTitle')}
          action={<Button onClick={leave.back}>{t('plans.back')}</Button>}
        >
          {t('plans.expiredHelp')}
        </EmptyState>
      ) : plan.isError ? (
        <ErrorPanel error={plan.error} onRetry={() => void plan.refetch()} />
      ) : (
        <EmptyState
          icon={<IconClockOff size={24} />}
          title={t('plans.unknownTitle', { kind: plan.data.kind })}
        >
          {t('plans.unknownHelp')}
        </EmptyState>
      )}
    </Page>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <Page>
      <PageHeader title={t('plans.title')} />
      <Skeleton height={92} radius="md" mb="sm" aria-hidden />
      <TableSkeleton bar rows={8} />
    </Page>
  );
}
