import { Button, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { CopyPlan } from '../../src-main/common/transfer.ts';
import { AccountSelect } from '../accounts/account-select.tsx';
import { isLocked } from '../accounts/lock.ts';
import { useAccounts } from '../accounts/queries.ts';
import { api } from '../api.ts';
import { PlanNote } from '../plans/plan-note.tsx';
import { useMakePlan } from '../plans/use-make-plan.ts';
import { isRepositoryName, isTagName } from '../repositories/name.ts';
import { DialogForm } from '../ui/dialog-form.tsx';
import classes from './copy.module.css';
import { CopyCheckNote } from './copy-check.tsx';
import { CopyOptionsFields, USUAL_OPTIONS } from './copy-options.tsx';
import { suggested, useDestinations } from './destinations.ts';
import { arePlatforms } from './platforms.ts';
import type { CopiesAsked } from './queries.ts';
import { ReferencesDialog, type ReferencesDialogProps } from './references-dialog.tsx';
import { RepositoryInput } from './repository-input.tsx';
import { useCopyCheck } from './use-copy-check.ts';
import { usePlatforms } from './use-platforms.ts';

/** Tags that are looked at while the fields are filled in; more are planned on a page of their own. */
const AT_ONCE = 20;

/** A copy to another repository or registry: where to, what it finds there, and the start. */
export function CopyDialog(props: ReferencesDialogProps) {
  const { t } = useTranslation();
  const { data: accounts } = useAccounts();
  const { length: count, 0: reference = '' } = props.references;
  const title =
    count === 1 ? t('transfers.copyTitle', { reference }) : t('transfers.copyTitleMany', { count });
  return (
    <ReferencesDialog {...props} title={title}>
      {accounts && <Form {...props} accounts={accounts} />}
    </ReferencesDialog>
  );
}

interface FormProps extends ReferencesDialogProps {
  accounts: readonly Account[];
}

function Form({ accounts, place, references, destination, onClose }: FormProps) {
  const { t } = useTranslation();
  const [first = ''] = references;
  const single = references.length === 1;
  const writable = accounts.filter((account) => !isLocked(account)).map(({ id }) => id);
  const [used, remember] = useDestinations();
  const [usual] = useState(() => suggested(used, place, destination ? [destination] : writable));
  const [accountId, setAccountId] = useState(usual?.accountId ?? '');
  const [typed, setTyped] = useState<string>();
  // Until it is written, the name that the repository got there last, or its own.
  const repository = typed ?? suggested(used, place, [accountId])?.repository ?? place.repository;
  // A digest is no tag: its copy needs a name of its own.
  const [tag, setTag] = useState(isTagName(first) ? first : '');
  const [options, setOptions] = useState({ ...USUAL_OPTIONS, attached: true });
  const [tried, setTried] = useState(false);
  const platforms = usePlatforms(place, references);
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
  const isWrong = Object.values(problems).some((problem) => problem !== undefined);
  const asked: CopiesAsked = {
    source: place.accountId,
    target: accountId,
    copies: references.map((reference) => ({
      source: { repository: place.repository, reference },
      target: { repository, tag: single ? tag : reference },
    })),
    options,
  };
  const looks = references.length <= AT_ONCE;
  const check = useCopyCheck(isWrong || !looks ? undefined : asked, () => {
    remember({ accountId, repository, from: place.repository });
    onClose();
  });
  const found = useFoundAttached(check.plan, options.attached);
  const showPlan = () => {
    setTried(true);
    if (isWrong) return;
    remember({ accountId, repository, from: place.repository });
    plan.mutate((signal) => api.transfers.planCopies(asked, signal ? { signal } : {}));
  };
  const submit = () => {
    if (!looks) return showPlan();
    setTried(true);
    if (!isWrong) check.start();
  };
  const { changed = 0, new: added = 0 } = check.plan?.items.by ?? {};
  const nothing = check.plan !== undefined && changed + added === 0;

  if (usual === undefined) return <Text fz="sm">{t('transfers.noTarget')}</Text>;
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      submit={{
        label: looks
          ? t(changed > 0 ? 'transfers.startOverwrite' : 'transfers.startCopy')
          : t('transfers.showPlan'),
        loading: check.starting || (!looks && plan.isPending),
        disabled: nothing,
      }}
      actions={
        looks && (
          <Button variant="default" loading={plan.isPending} onClick={showPlan}>
            {t('transfers.showPlan')}
          </Button>
        )
      }
    >
      <AccountSelect
        first
        written
        label={t('transfers.targetRegistry')}
        accounts={accounts}
        value={accountId}
        onChange={setAccountId}
      />
      <div className={classes.name} data-single={single || undefined}>
        <RepositoryInput
          accountId={accountId}
          value={repository}
          error={tried && (problems.repository ?? (single ? undefined : problems.place))}
          onChange={setTyped}
        />
        {single && (
          <TextInput
            label={t('transfers.tag')}
            classNames={{ input: classes.mono ?? '' }}
            value={tag}
            error={tried && (problems.tag ?? problems.place)}
            onChange={(event) => setTag(event.currentTarget.value)}
          />
        )}
      </div>
      {looks && !isWrong && <CopyCheckNote check={check} />}
      <CopyOptionsFields
        options={options}
        platforms={platforms}
        found={found}
        platformError={tried ? problems.platforms : undefined}
        onChange={(part) => setOptions((before) => ({ ...before, ...part }))}
      />
      <PlanNote plan={plan} />
    </DialogForm>
  );
}

/** How many signatures, SBOMs and attestations there are to take along, as the last look for them reported. */
function useFoundAttached(plan: CopyPlan | undefined, taken: boolean): number | undefined {
  const [found, setFound] = useState<number>();
  const now = taken ? plan?.summary.attached : undefined;
  if (now !== undefined && now !== found) setFound(now);
  return found;
}
