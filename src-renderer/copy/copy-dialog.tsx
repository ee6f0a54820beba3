import { Autocomplete, Select, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import type { CopyOptions, CopyPlan } from '../../src-main/common/transfer.ts';
import { api, orpc } from '../api.ts';
import { usePlanStart } from '../plans/use-plan-start.ts';
import { isRepositoryName, isTagName } from '../repositories/name.ts';
import { repositoryKeys } from '../repositories/queries.ts';
import type { RepositoryList } from '../repositories/rows.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogForm } from '../ui/dialog-form.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import classes from './copy.module.css';
import { CopyOptionsFields } from './copy-options.tsx';
import { PlanSummary, PlansSummary } from './plan-summary.tsx';
import { arePlatforms } from './platforms.ts';
import { useCopyPlans } from './use-copy-plans.ts';

/** Repositories offered while typing. */
const SUGGESTIONS = 20;

export interface CopyDialogProps {
  place: RepositoryPlace;
  host: string;
  /** Tags, or one digest. */
  references: readonly string[];
  onClose: () => void;
  onStarted: () => void;
}

/** A copy to another repository or registry: target, plan, confirmation. */
export function CopyDialog({ place, host, references, onClose, onStarted }: CopyDialogProps) {
  const { t } = useTranslation();
  const accounts = useQuery(orpc.accounts.list.queryOptions());
  const [reference = ''] = references;
  return (
    <Dialog
      opened
      wide
      onClose={onClose}
      title={
        references.length === 1
          ? t('transfers.copyTitle', { reference })
          : t('transfers.copyTitleMany', { count: references.length })
      }
      place={t('transfers.from', { place: `${host}/${place.repository}` })}
    >
      {accounts.data && (
        <Form
          accounts={accounts.data}
          place={place}
          references={references}
          onClose={onClose}
          onStarted={onStarted}
        />
      )}
    </Dialog>
  );
}

interface FormProps extends Omit<CopyDialogProps, 'host'> {
  accounts: readonly Account[];
}

function Form({ accounts, place, references, onClose, onStarted }: FormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [first = ''] = references;
  const single = references.length === 1;
  const others = accounts.filter(({ readOnly }) => !readOnly);
  const preferred = others.find(({ id }) => id !== place.accountId) ?? others[0];
  const [accountId, setAccountId] = useState(preferred?.id ?? null);
  const [repository, setRepository] = useState(place.repository);
  // A digest is no tag: its copy needs a name of its own.
  const [tag, setTag] = useState(isTagName(first) ? first : '');
  const [options, setOptions] = useState<CopyOptions>({
    attached: false,
    platforms: [],
    index: 'rewritten',
    foreign: false,
  });
  const [tried, setTried] = useState(false);
  const plans = useCopyPlans();
  const planned = useRef<HTMLDivElement>(null);
  // What is confirmed has been in sight, in a low window too.
  useEffect(() => {
    if (plans.data) planned.current?.scrollIntoView({ block: 'nearest' });
  }, [plans.data]);
  const start = usePlanStart({
    start: async (todo: readonly CopyPlan[]) => {
      for (const { id } of todo) await api.transfers.start({ planId: id });
    },
    onStarted: () => {
      onStarted();
      onClose();
    },
    replan: () => makePlans(),
  });

  const changed = () => {
    plans.stop();
    plans.reset();
    start.forget();
  };
  const problems = {
    repository: isRepositoryName(repository) ? undefined : t('transfers.invalidRepository'),
    tag: !single || isTagName(tag) ? undefined : t('transfers.invalidTag'),
    platforms: arePlatforms(options.platforms) ? undefined : t('transferPages.problems.platformForm'),
    place:
      accountId === place.accountId && repository === place.repository && (!single || tag === first)
        ? t('transfers.samePlace')
        : undefined,
  };
  const makePlans = () => {
    if (accountId === null) return;
    plans.mutate({
      source: place,
      references,
      target: { accountId, repository },
      tag: single ? tag : undefined,
      options,
    });
  };
  const todo = plans.data?.filter(({ unchanged }) => !unchanged) ?? [];
  const submit = () => {
    if (plans.data) {
      if (todo.length > 0) start.confirm(todo);
      return;
    }
    setTried(true);
    if (Object.values(problems).every((problem) => problem === undefined)) makePlans();
  };
  const known =
    accountId === null ? undefined : client.getQueryData<RepositoryList>(repositoryKeys.list(accountId));
  const suggestions = (known?.rows ?? [])
    .filter(({ name }) => name.includes(repository) && name !== repository)
    .slice(0, SUGGESTIONS)
    .map(({ name }) => name);
  const [onlyPlan] = plans.data ?? [];

  if (others.length === 0) return <Text fz="sm">{t('transfers.noTarget')}</Text>;
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      submit={{
        label: !plans.data
          ? t('transfers.showPlan')
          : single
            ? t('transfers.startCopy')
            : t('transfers.startCopyMany', { count: todo.length }),
        loading: plans.isPending || start.pending,
        disabled: plans.data !== undefined && todo.length === 0,
      }}
    >
      <Text fz="sm" c="dimmed">
        {single ? t('transfers.copyHelp') : t('transfers.copyManyHelp')}
      </Text>
      <Select
        data-autofocus
        label={t('transfers.targetRegistry')}
        allowDeselect={false}
        data={accounts.map(({ id, name, host, readOnly }) => ({
          value: id,
          label: readOnly
            ? t('transfers.lockedAccount', { name })
            : name === host
              ? name
              : `${name} (${host})`,
          disabled: readOnly,
        }))}
        value={accountId}
        onChange={(value) => {
          setAccountId(value);
          changed();
        }}
      />
      <Autocomplete
        label={t('transfers.repository')}
        classNames={{ input: classes.mono ?? '' }}
        data={suggestions}
        value={repository}
        error={tried && (problems.repository ?? (single ? undefined : problems.place))}
        onChange={(value) => {
          setRepository(value);
          changed();
        }}
      />
      {single && (
        <TextInput
          label={t('transfers.tag')}
          classNames={{ input: classes.mono ?? '' }}
          value={tag}
          error={tried && (problems.tag ?? problems.place)}
          onChange={(event) => {
            setTag(event.currentTarget.value);
            changed();
          }}
        />
      )}
      <CopyOptionsFields
        options={options}
        platformError={tried ? problems.platforms : undefined}
        onChange={(part) => {
          setOptions((before) => ({ ...before, ...part }));
          changed();
        }}
      />
      <div aria-live="polite" ref={planned} className={classes.planned}>
        {plans.isPending && (
          <Text fz="sm" c="dimmed">
            {t('transfers.planning')}
            {!single && ` ${t('transfers.planned', { done: plans.done, total: references.length })}`}
          </Text>
        )}
        {start.replanned && plans.data && <Text fz="sm">{t('transfers.stale')}</Text>}
        {plans.data &&
          (single && onlyPlan ? <PlanSummary plan={onlyPlan} /> : <PlansSummary plans={plans.data} />)}
      </div>
      {plans.isError && <ErrorPanel error={plans.error} />}
      {start.error && <ErrorPanel error={start.error} />}
    </DialogForm>
  );
}
