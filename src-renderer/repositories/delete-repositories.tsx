import { Checkbox, Progress, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { DialogBody, DialogFoot } from '../ui/dialog-form.tsx';
import { formatBytes, formatCount } from '../ui/format.ts';
import classes from './delete-repositories.module.css';
import { isPlanned, planRepository, type RepositoryDeletion, startDeletion } from './deletion-plans.ts';

export interface DeleteRepositoriesProps {
  account: Account;
  repositories: readonly string[];
  onClose: () => void;
  /** All that was confirmed has begun. */
  onStarted: () => void;
}

/** Plans the deletion of all tags of repositories, shows what would go, and starts it where that is confirmed by typing a name. */
export function DeleteRepositories({ account, repositories, onClose, onStarted }: DeleteRepositoriesProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      wide
      opened
      onClose={onClose}
      title={t('repositories.deletion.title', { count: repositories.length })}
      place={account.name}
    >
      <Body account={account} repositories={repositories} onClose={onClose} onStarted={onStarted} />
    </Dialog>
  );
}

function Body({ account, repositories, onClose, onStarted }: DeleteRepositoriesProps) {
  const { t, i18n } = useTranslation();
  const [items, setItem] = useDeletionPlans(account.id, repositories);
  const [typed, setTyped] = useState('');
  const [consent, setConsent] = useState(false);
  const [only] = repositories;
  const asked = repositories.length === 1 && only !== undefined ? only : account.name;
  const plans = items.filter(isPlanned);
  const done = items.filter(({ state }) => state !== 'waiting' && state !== 'looking').length;
  const isPlanning = done < items.length;
  const beyond = plans.filter(({ plan }) => plan.needsConsent);
  const format = (count: number) => ({ count, formatted: formatCount(count, i18n.language) });
  const start = useMutation({
    mutationFn: async () => {
      let failed = 0;
      for (const one of plans) {
        const after = await startDeletion(one, consent);
        if (after.state === 'failed') failed += 1;
        setItem(after);
      }
      return failed;
    },
    onSuccess: (failed) => {
      if (failed === 0) onStarted();
    },
  });
  const tags = plans.reduce((sum, { plan }) => sum + plan.subject.tags.length, 0);
  const bytes = plans.reduce(
    (sum, { plan }) => sum + plan.summary.bytesFreed + plan.summary.bytesInChildren,
    0,
  );
  const reason = isPlanning
    ? t('repositories.deletion.planning')
    : plans.length === 0
      ? t('repositories.deletion.nothing')
      : typed.trim() !== asked
        ? t('repositories.deletion.typeFirst', { name: asked })
        : beyond.length > 0 && !consent
          ? t('plans.consentFirst')
          : undefined;
  return (
    <DialogBody>
      <p className={classes.help}>{t('repositories.deletion.help')}</p>
      {isPlanning && (
        <div role="status">
          <Progress
            value={(done / items.length) * 100}
            size="sm"
            aria-label={t('repositories.deletion.planning')}
          />
          <p className={classes.help}>
            {t('repositories.deletion.planned', {
              ...format(items.length),
              done: formatCount(done, i18n.language),
            })}
          </p>
        </div>
      )}
      <div className={classes.scroll}>
        <table className={classes.table} aria-label={t('repositories.deletion.tableLabel')}>
          <thead>
            <tr>
              <th>{t('storage.repository')}</th>
              <th data-align="end">{t('storage.tags')}</th>
              <th data-align="end">{t('repositories.images')}</th>
              <th data-align="end">{t('repositories.deletion.frees')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <Line key={one.repository} one={one} />
            ))}
          </tbody>
        </table>
      </div>
      {!isPlanning && plans.length > 0 && (
        <>
          <p className={classes.sum} data-testid="deletion-sum">
            {t('repositories.deletion.sum', { ...format(tags), bytes: formatBytes(bytes) })}
          </p>
          {beyond.length > 0 && (
            <Checkbox
              color="red"
              label={t('repositories.deletion.consent', {
                repositories: beyond.map(({ repository }) => repository).join(', '),
              })}
              checked={consent}
              onChange={(event) => setConsent(event.currentTarget.checked)}
            />
          )}
          <TextInput
            data-autofocus
            label={t('repositories.deletion.type', { name: asked })}
            classNames={{ input: classes.input ?? '' }}
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </>
      )}
      <DialogFoot keeps onClose={onClose}>
        <ActionButton
          color="red"
          leftSection={<IconTrash size={14} />}
          loading={start.isPending}
          reason={reason}
          onClick={() => start.mutate()}
        >
          {t('repositories.deletion.start', format(tags))}
        </ActionButton>
      </DialogFoot>
    </DialogBody>
  );
}

function Line({ one }: { one: RepositoryDeletion }) {
  const { t, i18n } = useTranslation();
  const format = (count: number) => formatCount(count, i18n.language);
  if (one.state === 'planned') {
    const { subject, summary } = one.plan;
    const stay = summary.blocked.length;
    return (
      <tr data-state={one.state}>
        <td>
          <span className={classes.name}>{one.repository}</span>
          {stay > 0 && (
            <span className={classes.remark}>
              {t('repositories.deletion.stay', { count: stay, formatted: format(stay) })}
            </span>
          )}
        </td>
        <td data-align="end">{format(subject.tags.length)}</td>
        <td data-align="end">{format(subject.manifests.length)}</td>
        <td data-align="end">{formatBytes(summary.bytesFreed + summary.bytesInChildren)}</td>
      </tr>
    );
  }
  return (
    <tr data-state={one.state}>
      <td>
        <span className={classes.name}>{one.repository}</span>
      </td>
      <td colSpan={3} className={classes.state}>
        {one.state === 'failed'
          ? (one.failure.reason ?? t(`errors.${one.failure.code}.title`))
          : t(`repositories.deletion.states.${one.state}`)}
      </td>
    </tr>
  );
}

/** Plans one repository after the other, so that no registry is asked for all at once; leaving stops it. */
function useDeletionPlans(
  accountId: string,
  repositories: readonly string[],
): [readonly RepositoryDeletion[], (one: RepositoryDeletion) => void] {
  const [items, setItems] = useState<readonly RepositoryDeletion[]>(() =>
    repositories.map((repository) => ({ repository, state: 'waiting' })),
  );
  const setItem = (one: RepositoryDeletion) =>
    setItems((before) => before.map((each) => (each.repository === one.repository ? one : each)));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the dialog is opened for these
  useEffect(() => {
    const stop = new AbortController();
    const planAll = async () => {
      for (const repository of repositories) {
        setItem({ repository, state: 'looking' });
        setItem(await planRepository(accountId, repository, stop.signal));
      }
    };
    planAll().catch((error) => {
      if (!stop.signal.aborted) throw error;
    });
    return () => stop.abort();
  }, []);
  return [items, setItem];
}
