import { Autocomplete, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { AccountSelect } from '../accounts/account-select.tsx';
import { api, orpc } from '../api.ts';
import { PlanNote } from '../plans/plan-note.tsx';
import { useMakePlan } from '../plans/use-make-plan.ts';
import { isRepositoryName, isTagName } from '../repositories/name.ts';
import { repositoryKeys } from '../repositories/queries.ts';
import type { RepositoryList } from '../repositories/rows.ts';
import { DialogForm } from '../ui/dialog-form.tsx';
import classes from './copy.module.css';
import { CopyOptionsFields, USUAL_OPTIONS } from './copy-options.tsx';
import { arePlatforms } from './platforms.ts';
import { ReferencesDialog, type ReferencesDialogProps } from './references-dialog.tsx';

/** Repositories offered while typing. */
const SUGGESTIONS = 20;

/** A copy to another repository or registry: target, plan, confirmation. */
export function CopyDialog(props: ReferencesDialogProps) {
  const { t } = useTranslation();
  const accounts = useQuery(orpc.accounts.list.queryOptions());
  const { length: count, 0: reference = '' } = props.references;
  const title =
    count === 1 ? t('transfers.copyTitle', { reference }) : t('transfers.copyTitleMany', { count });
  return (
    <ReferencesDialog {...props} title={title}>
      {accounts.data && <Form {...props} accounts={accounts.data} />}
    </ReferencesDialog>
  );
}

interface FormProps extends ReferencesDialogProps {
  accounts: readonly Account[];
}

function Form({ accounts, place, references, onClose }: FormProps) {
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
  const [options, setOptions] = useState(USUAL_OPTIONS);
  const [tried, setTried] = useState(false);
  const plan = useMakePlan();
  const problems = {
    repository: isRepositoryName(repository) ? undefined : t('transfers.invalidRepository'),
    tag: !single || isTagName(tag) ? undefined : t('transfers.invalidTag'),
    platforms: arePlatforms(options.platforms) ? undefined : t('transferPages.problems.platformForm'),
    place:
      accountId === place.accountId && repository === place.repository && (!single || tag === first)
        ? t('transfers.samePlace')
        : undefined,
  };
  const submit = () => {
    setTried(true);
    if (accountId === null || Object.values(problems).some((problem) => problem !== undefined)) return;
    const copies = references.map((reference) => ({
      source: { repository: place.repository, reference },
      target: { repository, tag: single ? tag : reference },
    }));
    plan.mutate((signal) =>
      api.transfers.planCopies(
        { source: place.accountId, target: accountId, copies, options },
        signal ? { signal } : {},
      ),
    );
  };
  const known =
    accountId === null ? undefined : client.getQueryData<RepositoryList>(repositoryKeys.list(accountId));
  const suggestions = (known?.rows ?? [])
    .filter(({ name }) => name.includes(repository) && name !== repository)
    .slice(0, SUGGESTIONS)
    .map(({ name }) => name);

  if (others.length === 0) return <Text fz="sm">{t('transfers.noTarget')}</Text>;
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      submit={{ label: t('transfers.showPlan'), loading: plan.isPending }}
    >
      <Text fz="sm" c="dimmed">
        {single ? t('transfers.copyHelp') : t('transfers.copyManyHelp')}
      </Text>
      <AccountSelect
        first
        written
        label={t('transfers.targetRegistry')}
        accounts={accounts}
        value={accountId ?? ''}
        onChange={setAccountId}
      />
      <Autocomplete
        label={t('transfers.repository')}
        classNames={{ input: classes.mono ?? '' }}
        data={suggestions}
        value={repository}
        error={tried && (problems.repository ?? (single ? undefined : problems.place))}
        onChange={(value) => {
          setRepository(value);
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
          }}
        />
      )}
      <CopyOptionsFields
        options={options}
        platformError={tried ? problems.platforms : undefined}
        onChange={(part) => {
          setOptions((before) => ({ ...before, ...part }));
        }}
      />
      <PlanNote plan={plan} />
    </DialogForm>
  );
}
