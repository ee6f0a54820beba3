import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { useMakePlan } from '../plans/use-make-plan.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogBody, DialogFoot } from '../ui/dialog-form.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatCount } from '../ui/format.ts';
import { planRepositories } from './plan-deletion.ts';
import { Planning } from './planning.tsx';

export interface DeleteRepositoriesProps {
  account: Account;
  repositories: readonly string[];
  onClose: () => void;
}

/** Finds out what deleting all tags of repositories would do, then opens the plan. Nothing is changed here. */
export function DeleteRepositories({ account, repositories, onClose }: DeleteRepositoriesProps) {
  const { t, i18n } = useTranslation();
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('deletion.many.title', {
        count: repositories.length,
        formatted: formatCount(repositories.length, i18n.language),
      })}
      place={account.name}
    >
      <Body account={account} repositories={repositories} onClose={onClose} />
    </Dialog>
  );
}

function Body({ account, repositories, onClose }: DeleteRepositoriesProps) {
  const { t, i18n } = useTranslation();
  const { mutate, error, isError } = useMakePlan();
  const [seen, setSeen] = useState<{ done: number; total: number }>();
  const plan = () =>
    mutate((signal, change) =>
      planRepositories(
        { accountId: account.id, repositories: [...repositories], ...change },
        signal,
        ({ repositories: share }) => setSeen(share),
      ),
    );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the dialog is opened for one plan
  useEffect(() => plan(), []);
  return (
    <DialogBody>
      {isError ? (
        <ErrorPanel error={error} onRetry={plan} />
      ) : (
        <Planning
          seen={seen}
          text={
            seen &&
            t('deletion.many.looking', {
              done: formatCount(seen.done, i18n.language),
              total: formatCount(seen.total, i18n.language),
            })
          }
        />
      )}
      <DialogFoot keeps onClose={onClose}>
        {null}
      </DialogFoot>
    </DialogBody>
  );
}
