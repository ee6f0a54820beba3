import { Checkbox, Select, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { SavedTransfer } from '../../src-main/common/transfer.ts';
import { REPLICATING } from '../../src-main/engine/vocabulary/products.ts';
import { api } from '../api.ts';
import { useMakePlan } from '../plans/use-make-plan.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogForm } from '../ui/dialog-form.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';

export interface HandOverDialogProps {
  /** Which of them is asked where there are several. */
  choices: readonly SavedTransfer[];
  accounts: readonly Account[];
  /** The account whose registry is to copy, where that is settled. */
  here?: string;
  onClose: () => void;
}

/** Those of a synchronisation's two registries that can do it themselves: the source first, which can run it with each push. */
export function harborsOf(
  { definition: { source, target } }: SavedTransfer,
  accounts: readonly Account[],
): Account[] {
  return [source, target].flatMap(
    (id) => accounts.find((account) => account.id === id && REPLICATING.has(account.system)) ?? [],
  );
}

const TRIGGERS = ['manual', 'scheduled', 'event'] as const;
type Trigger = (typeof TRIGGERS)[number];

/** Where and when a saved synchronisation runs that a Harbor is to do. Nothing is written before a plan of it. */
export function HandOverDialog({ choices, accounts, here, onClose }: HandOverDialogProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(choices[0]?.id ?? '');
  const saved = choices.find(({ id }) => id === chosen);
  const harbors = saved ? harborsOf(saved, accounts).filter(({ id }) => id === (here ?? id)) : [];
  const [at, setAt] = useState(harbors[0]?.id ?? '');
  const [name, setName] = useState(saved?.name ?? '');
  const [trigger, setTrigger] = useState<Trigger>('manual');
  const [cron, setCron] = useState('0 0 3 * * *');
  const [givesSignIn, setGivesSignIn] = useState(false);
  const plan = useMakePlan();
  const harbor = harbors.find(({ id }) => id === at);
  const { source, target } = saved?.definition ?? {};
  const other = accounts.find(({ id }) => id === (at === source ? target : source));
  if (!saved || !harbor || !other) return null;
  const hasPassword = other.signIn.kind === 'password' && other.secrets !== 'none';
  // Only what is pushed to a Harbor itself wakes a rule of it.
  const triggers = TRIGGERS.filter((each) => each !== 'event' || at === source);
  const incomplete = name.trim() === '' || (trigger === 'scheduled' && cron.trim() === '');
  const submit = () => {
    if (incomplete) return;
    const fields = { trigger, ...(trigger === 'scheduled' && { cron: cron.trim() }) };
    const wanted = { accountId: at, savedId: saved.id, name: name.trim(), fields, givesSignIn };
    plan.mutate((signal) => api.products.planHandOver(wanted, signal ? { signal } : {}));
  };
  return (
    <Dialog wide opened title={t('handingOver.title', { name: harbor.name })} onClose={onClose}>
      <DialogForm
        onClose={onClose}
        onSubmit={submit}
        submit={{ label: t('handingOver.submit'), loading: plan.isPending, disabled: incomplete }}
      >
        <Text size="sm">{t('handingOver.intro', { host: harbor.host, sync: saved.name })}</Text>
        {choices.length > 1 && (
          <Select
            label={t('handingOver.saved')}
            data={choices.map(({ id, name: label }) => ({ value: id, label }))}
            allowDeselect={false}
            searchable
            value={chosen}
            onChange={(next) => {
              const now = choices.find(({ id }) => id === next);
              if (!now) return;
              setChosen(now.id);
              setName(now.name);
              setTrigger('manual');
              setGivesSignIn(false);
            }}
          />
        )}
        {harbors.length > 1 && (
          <Select
            label={t('handingOver.at')}
            data={harbors.map(({ id, name: label }) => ({ value: id, label }))}
            allowDeselect={false}
            value={at}
            onChange={(next) => {
              setAt(next ?? at);
              setTrigger('manual');
            }}
          />
        )}
        <TextInput
          data-autofocus
          label={t('handingOver.rule')}
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label={t('handingOver.trigger')}
          data={triggers.map((value) => ({ value, label: t(`handingOver.triggers.${value}`) }))}
          allowDeselect={false}
          value={trigger}
          onChange={(next) => setTrigger(triggers.find((each) => each === next) ?? trigger)}
        />
        {trigger === 'scheduled' && (
          <TextInput
            label={t('handingOver.cron')}
            description={t('handingOver.cronHelp')}
            autoComplete="off"
            spellCheck={false}
            value={cron}
            onChange={(event) => setCron(event.currentTarget.value)}
          />
        )}
        <Checkbox
          label={t('handingOver.givesSignIn', { account: other.name })}
          description={
            hasPassword
              ? t('handingOver.givesSignInHelp', { host: other.host })
              : t('handingOver.noPassword', { account: other.name })
          }
          disabled={!hasPassword}
          checked={givesSignIn}
          onChange={(event) => setGivesSignIn(event.currentTarget.checked)}
        />
        {plan.isError && <ErrorPanel error={plan.error} />}
      </DialogForm>
    </Dialog>
  );
}
