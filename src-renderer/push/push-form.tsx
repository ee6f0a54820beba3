import { Button, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { AccountSelect } from '../accounts/account-select.tsx';
import { isLocked } from '../accounts/lock.ts';
import { api } from '../api.ts';
import { PlanNote } from '../plans/plan-note.tsx';
import { useMakePlan } from '../plans/use-make-plan.ts';
import { isRepositoryName, isTagName } from '../repositories/name.ts';
import { DialogForm } from '../ui/dialog-form.tsx';
import { type LocalImage, nameAtRegistry } from './local-image.ts';
import classes from './push.module.css';

export interface PushFormProps {
  images: readonly LocalImage[];
  accounts: readonly Account[];
  accountId: string | undefined;
  repository: string | undefined;
  onBack: () => void;
  onClose: () => void;
}

/** Where to: registry, repository and tag; several images keep their own names. */
export function PushForm({ images, accounts, onBack, onClose, ...given }: PushFormProps) {
  const { t } = useTranslation();
  const [image] = images;
  const single = images.length === 1;
  const name = image && nameAtRegistry(image);
  const writable = accounts.filter((account) => !isLocked(account));
  const [accountId, setAccountId] = useState(
    (writable.find(({ id }) => id === given.accountId) ?? writable[0])?.id ?? '',
  );
  const [repository, setRepository] = useState(given.repository ?? name?.repository ?? '');
  const [tag, setTag] = useState(name?.tag ?? '');
  const [tried, setTried] = useState(false);
  const plan = useMakePlan();
  const copies = images.map((each) => {
    const own = nameAtRegistry(each);
    return {
      source: { repository: each.repository, reference: each.reference },
      target: single
        ? { repository, tag }
        : { repository: own.repository === '' ? repository : own.repository, tag: own.tag },
    };
  });
  const problems = {
    // Several need one where an image has no name of its own.
    repository: copies.every(({ target }) => isRepositoryName(target.repository))
      ? undefined
      : t('transfers.invalidRepository'),
    tag: !single || isTagName(tag) ? undefined : t('transfers.invalidTag'),
  };
  const nameless = images.some((each) => nameAtRegistry(each).repository === '');
  if (!image) return null;
  if (writable.length === 0) return <Text fz="sm">{t('transfers.noTarget')}</Text>;
  return (
    <DialogForm
      onSubmit={() => {
        setTried(true);
        if (problems.repository ?? problems.tag) return;
        plan.mutate((signal) =>
          api.transfers.planCopies(
            { source: image.place, target: accountId, copies },
            signal ? { signal } : {},
          ),
        );
      }}
      onClose={onClose}
      submit={{ label: t('transfers.showPlan'), loading: plan.isPending }}
      actions={
        <Button variant="default" onClick={onBack}>
          {t('push.other')}
        </Button>
      }
    >
      {!single && (
        <Text fz="sm" c="dimmed">
          {t('push.several', { count: images.length })}
        </Text>
      )}
      <AccountSelect
        label={t('transfers.targetRegistry')}
        accounts={accounts}
        written
        value={accountId}
        onChange={setAccountId}
      />
      {(single || nameless) && (
        <TextInput
          label={t('transfers.repository')}
          data-autofocus
          classNames={{ input: classes.mono ?? '' }}
          value={repository}
          error={tried && problems.repository}
          onChange={(event) => setRepository(event.currentTarget.value)}
        />
      )}
      {single && (
        <TextInput
          label={t('transfers.tag')}
          classNames={{ input: classes.mono ?? '' }}
          value={tag}
          error={tried && problems.tag}
          onChange={(event) => setTag(event.currentTarget.value)}
        />
      )}
      <PlanNote plan={plan} />
    </DialogForm>
  );
}
