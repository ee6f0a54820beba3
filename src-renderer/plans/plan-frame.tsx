import { Alert, Button, TextInput } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan, PlanItem } from '../../src-main/common/plan.ts';
import { api } from '../api.ts';
import type { PagedRow } from '../lists/paged-rows.ts';
import { PagedTable } from '../lists/paged-table.tsx';
import { StateFilter } from '../lists/state-filter.tsx';
import { useDryRun } from '../settings/queries.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { failureOf } from '../ui/failure.ts';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { copyingOfRow, openingRow } from '../ui/row-commands.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { KeepContent, useKeepContent } from './keep-content.tsx';
import classes from './plans.module.css';
import { planQueries } from './queries.ts';
import { useLeavePlan } from './use-leave-plan.ts';
import { type PlanPlace, usePlanPlace } from './use-plan-place.ts';
import { useReplan } from './use-replan.ts';

const route = getRouteApi('/plans/$planId');

export interface PlanFrameProps {
  plan: Plan;
  from: string | undefined;
  title: string;
  place: PlanPlace;
  /** Above everything: what must not be overlooked. */
  notices?: ReactNode;
  /** What it would do in all. */
  summary: ReactNode;
  /** The second consent, of a plan that needs one. */
  consent?: (given: boolean, onChange: (given: boolean) => void) => ReactNode;
  /** Beside the buttons: what it would do, in a few words. */
  sum?: ReactNode;
  /** Its lines, read where they are looked at; else `children` are its lines. */
  items?: PlanItems;
  children?: ReactNode;
  start: {
    label: string;
    /** Why it cannot be started. */
    reason?: string | undefined;
    icon?: ReactNode;
    /** It destroys something: the focus starts on the button that keeps everything. */
    danger?: boolean;
  };
  /** What becomes of content that can be kept whole before. */
  takesContent?: 'deleted' | 'overwritten' | undefined;
  /** Opens what was started; else the place where it was asked for. */
  onStarted?: (operationId: string) => void;
  /** The plan that is started, where lines of this one were left out. */
  narrow?: (() => Promise<string>) | undefined;
  /** Makes a plan anew by going to another page; else it is made in place. */
  again?: (() => void) | undefined;
}

interface PlanItems {
  label: string;
  /** In the order of the filter; none where a filter says nothing. */
  states: readonly { value: string; label: string }[];
  columns: readonly VirtualColumn<PagedRow<PlanItem>>[];
  /** All that is known of one. */
  details?: (item: PlanItem | undefined, onClose: () => void) => ReactNode;
  empty: string;
}

/** The page of a plan, the same for every kind: what it would do, line by line, the consent it needs, and the start. */
export function PlanFrame(props: PlanFrameProps) {
  const { plan, from, title, place, notices, summary, consent, sum, items, children } = props;
  const { start, narrow, onStarted } = props;
  const { t } = useTranslation();
  const { stale } = route.useSearch();
  const { typed } = plan;
  const { isOn: isDryRun } = useDryRun();
  const [given, setGiven] = useState(false);
  const [name, setName] = useState('');
  const kept = useKeepContent();
  const leave = useLeavePlan(from);
  const replan = useReplan(plan, from);
  const again = props.again ?? replan.again;
  const starting = useMutation({
    mutationFn: async () =>
      api.plans.start({
        planId: (await narrow?.()) ?? plan.id,
        consent: given,
        typed: name,
        keepContent: kept.chosen,
      }),
    onSuccess: ({ operationId }) => (onStarted ? onStarted(operationId) : leave.done()),
    onError: (error) => {
      const { code } = failureOf(error);
      if (code === 'planStale' || code === 'planExpired') again?.();
    },
  });
  const unread = plan.needsConsent && !given ? t('plans.consentFirst') : undefined;
  const untyped = typed !== undefined && name.trim() !== typed ? t('plans.typeFirst') : undefined;
  const locked = isDryRun ? t('plans.dryRun') : undefined;
  const reason = start.reason ?? locked ?? unread ?? untyped;
  return (
    <Page>
      <PageHeader title={title} {...usePlanPlace(place)} />
      {stale && (
        <Alert
          className={classes.notice ?? ''}
          color="yellow"
          icon={<IconInfoCircle size={18} />}
          role="alert"
        >
          {t('plans.stale')}
        </Alert>
      )}
      {notices}
      <div className={classes.cards}>{summary}</div>
      {children}
      {items && plan.items.total > 0 && <Items plan={plan} items={items} />}
      <footer className={classes.foot}>
        {plan.needsConsent && consent?.(given, setGiven)}
        {props.takesContent && start.reason === undefined && (
          <KeepContent kept={kept} of={props.takesContent} />
        )}
        {starting.error && !replan.isPending && <ErrorPanel error={starting.error} />}
        {replan.error && <ErrorPanel error={replan.error} />}
        <form
          className={classes.start}
          onSubmit={(event) => {
            event.preventDefault();
            if (reason === undefined && !starting.isPending) starting.mutate();
          }}
        >
          {typed !== undefined && start.reason === undefined && (
            <TextInput
              className={classes.typed ?? ''}
              label={t('plans.typeName', { name: typed })}
              autoComplete="off"
              spellCheck={false}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
          <div className={classes.sum}>{sum}</div>
          <Button variant="default" onClick={leave.back} autoFocus={start.danger ?? false}>
            {t('common.cancel')}
          </Button>
          <ActionButton
            {...(start.danger && { color: 'red' })}
            autoFocus={!start.danger}
            leftSection={start.icon}
            loading={starting.isPending || replan.isPending}
            reason={reason}
            onClick={() => starting.mutate()}
          >
            {start.label}
          </ActionButton>
        </form>
      </footer>
    </Page>
  );
}

/** What the cells of a row say, as far as they say it in words. */
function textOf(item: PlanItem, columns: PlanItems['columns']): string {
  return columns.flatMap(({ text }) => text?.({ position: item.number, item }) ?? []).join('\t');
}

function Items({ plan, items }: { plan: Plan; items: PlanItems }) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const { state } = search;
  const [opened, setOpened] = useState<PlanItem>();
  const { label, states, columns, details, empty } = items;
  return (
    <>
      {plan.items.total > 1 && states.length > 0 && (
        <StateFilter
          alone
          label={t('plans.states')}
          value={state}
          options={[
            { value: undefined, label: t('plans.allItems'), count: plan.items.total },
            ...states.map(({ value, label }) => ({ value, label, count: plan.items.by[value] ?? 0 })),
          ]}
          onChange={(next) =>
            void navigate({ search: { ...search, state: next }, replace: true, resetScroll: false })
          }
        />
      )}
      <PagedTable
        label={label}
        list={`${plan.id} ${state}`}
        page={(page) => planQueries.items(plan.id, state, page)}
        columns={columns}
        commands={(item) => [
          details ? [openingRow(t, () => setOpened(item), t('commands.row.show'))] : [],
          [copyingOfRow('text', t('commands.row.copyText'), textOf(item, columns))],
        ]}
        onOpen={details && setOpened}
        empty={empty}
      />
      {details?.(opened, () => setOpened(undefined))}
    </>
  );
}
