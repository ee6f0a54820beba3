import { Skeleton, Tabs } from '@mantine/core';
import { IconAdjustmentsOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { Managed } from '../../src-main/common/product-said.ts';
import type { ResourceKind } from '../../src-main/engine/resource-kinds.ts';
import type { JobKind } from '../../src-main/engine/vocabulary/jobs.ts';
import { useAccount } from '../accounts/queries.ts';
import { api } from '../api.ts';
import { useMakePlan } from '../plans/use-make-plan.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { toastFailure } from '../ui/toast.tsx';
import { AboutRegistry } from './about.tsx';
import { AuditSection } from './audit-section.tsx';
import { ConfigurationAdvice } from './configuration.tsx';
import { FoundRegistries } from './found-registries.tsx';
import { HandOverHere } from './hand-over-here.tsx';
import { JobRuns } from './job-runs.tsx';
import classes from './products.module.css';
import { ProjectChoice } from './project-choice.tsx';
import { PublicSearch } from './public-search.tsx';
import { productQueries } from './queries.ts';
import { ResourceTable } from './resource-table.tsx';
import { RetentionComparison } from './retention-comparison.tsx';

const route = getRouteApi('/registries/$accountId/administration');

/** Where the runs of each kind of work are shown. */
const JOB_AT: Readonly<Record<JobKind, ResourceKind>> = {
  garbageCollection: 'gcSchedule',
  retention: 'retentionRule',
  replication: 'replicationRule',
  scanAll: 'scanSchedule',
  task: 'task',
};

/** Kinds that need words beside their rows: an order, where they lead. */
const HELP = [
  'repository',
  'task',
  'cleanupPolicy',
  'replicationRule',
] as const satisfies readonly ResourceKind[];

const isIn = <K extends ResourceKind>(kinds: readonly K[], kind: ResourceKind): kind is K =>
  (kinds as readonly ResourceKind[]).includes(kind);

/** What a registry manages beside images, by what its product has an interface for. */
export function AdministrationPage() {
  const { accountId } = route.useParams();
  const account = useAccount(accountId);
  return account ? <Shown account={account} /> : null;
}

function Shown({ account }: { account: Account }) {
  const { t } = useTranslation();
  const managed = useQuery(productQueries.managed(account.id));
  const title = t('administration.title');
  const link = { to: '/registries/$accountId', params: { accountId: account.id } } as const;
  return (
    <Page>
      <PageHeader
        title={title}
        breadcrumbs={[{ label: account.name, link }]}
        busy={managed.isPending}
        meta={
          managed.data &&
          t('administration.source', {
            product: `${t(`ui.systems.${managed.data.system}`)} ${managed.data.version ?? ''}`.trim(),
          })
        }
      />
      {managed.isPending && <Skeleton height={160} aria-label={t('common.loading')} />}
      {managed.isError && <ErrorPanel error={managed.error} onRetry={() => void managed.refetch()} />}
      {managed.data && <Sections account={account} managed={managed.data} />}
    </Page>
  );
}

function Sections({ account, managed }: { account: Account; managed: Managed }) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const tabs = [
    ...(managed.describes ? [{ value: 'about', label: t('administration.about') }] : []),
    ...managed.resources
      .filter(isPlaced)
      .map(({ kind }) => ({ value: kind, label: t(`administration.many.${kind}`) })),
    ...(managed.searches ? [{ value: 'search', label: t('administration.search.title') }] : []),
    ...(managed.advises ? [{ value: 'configuration', label: t('administration.configuration') }] : []),
    ...(managed.audits ? [{ value: 'audit', label: t('administration.audit') }] : []),
  ];
  const [first] = tabs;
  const chosen = tabs.find(({ value }) => value === search.section) ?? first;
  if (!chosen)
    return (
      <EmptyState icon={<IconAdjustmentsOff size={24} />} title={t('administration.none')}>
        {t('administration.noneHelp')}
      </EmptyState>
    );
  const section = managed.resources.find(({ kind }) => kind === chosen.value);
  return (
    <Tabs
      orientation="vertical"
      keepMounted={false}
      className={classes.frame ?? ''}
      value={chosen.value}
      onChange={(value) =>
        void navigate({
          search: { ...search, section: value ?? undefined },
          replace: true,
          resetScroll: false,
        })
      }
    >
      <Tabs.List className={classes.sections ?? ''} aria-label={t('administration.sections')}>
        {tabs.map(({ value, label }) => (
          <Tabs.Tab key={value} value={value}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={chosen.value} className={classes.section ?? ''}>
        {section && (
          <ResourceSection key={section.kind} account={account} managed={managed} section={section} />
        )}
        {chosen.value === 'about' && <AboutRegistry accountId={account.id} version={managed.version} />}
        {chosen.value === 'search' && <PublicSearch accountId={account.id} host={account.host} />}
        {chosen.value === 'configuration' && <ConfigurationAdvice accountId={account.id} />}
        {chosen.value === 'audit' && (
          <AuditSection
            accountId={account.id}
            hasProjects={managed.resources.some(({ kind }) => kind === 'project')}
            project={search.project}
            onProject={(project) =>
              void navigate({ search: { ...search, project }, replace: true, resetScroll: false })
            }
          />
        )}
      </Tabs.Panel>
    </Tabs>
  );
}

/** What belongs to one artifact is shown with it. */
const isPlaced = ({ scopes }: Managed['resources'][number]) => scopes.some((scope) => scope !== 'artifact');

interface ResourceSectionProps {
  account: Account;
  managed: Managed;
  section: Managed['resources'][number];
}

function ResourceSection({ account, managed, section }: ResourceSectionProps) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const [picked, setPicked] = useState<string>();
  const plan = useMakePlan();
  const inProjects = section.scopes.includes('project');
  const project = inProjects ? search.project : undefined;
  const hasPlace = project !== undefined || section.scopes.includes('registry');
  const job = managed.jobs.find((each) => JOB_AT[each.job] === section.kind);
  const byRow = job?.about === section.kind ? job : undefined;
  const of = byRow ? picked : project;
  const choice = inProjects && (
    <ProjectChoice
      accountId={account.id}
      value={project}
      clearable={section.scopes.includes('registry')}
      onChange={(next) =>
        void navigate({ search: { ...search, project: next }, replace: true, resetScroll: false })
      }
    />
  );
  return (
    <>
      {isIn(HELP, section.kind) && (
        <p className={classes.quiet}>{t(`administration.helpOf.${section.kind}`)}</p>
      )}
      {section.kind === 'repository' && <FoundRegistries account={account} />}
      {!hasPlace && choice}
      {hasPlace ? (
        <ResourceTable
          choice={choice}
          more={section.kind === 'replicationRule' && <HandOverHere account={account} />}
          account={account}
          section={section}
          project={project}
          {...(byRow && {
            picked: picked ?? '',
            onPick: ({ id }) => setPicked(id),
            onRun: ({ id }) =>
              plan.mutate(
                (signal) =>
                  api.products.planJob(
                    { accountId: account.id, job: byRow.job, of: id, options: {} },
                    signal ? { signal } : {},
                  ),
                { onError: toastFailure },
              ),
          })}
        />
      ) : (
        <p className={classes.quiet}>{t('administration.chooseProject')}</p>
      )}
      {job && byRow && of === undefined && (
        <p className={classes.quiet}>{t('administration.job.chooseRow')}</p>
      )}
      {job && hasPlace && (job.about === undefined || of !== undefined) && (
        <JobRuns key={of} account={account} job={job} of={job.about === undefined ? undefined : of} />
      )}
      {section.kind === 'retentionRule' && project !== undefined && (
        <RetentionComparison key={project} account={account} project={project} />
      )}
    </>
  );
}
