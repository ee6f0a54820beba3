import { IconArrowForwardUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { useAccounts } from '../accounts/queries.ts';
import { savedQueries } from '../saved/queries.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { whyNot } from './fields.tsx';
import { HandOverDialog, harborsOf } from './hand-over.tsx';
import { productQueries } from './queries.ts';

/** The way from a Harbor's own rules to the saved synchronisations that it could run itself. */
export function HandOverHere({ account }: { account: Account }) {
  const { t } = useTranslation();
  const { data: accounts = [] } = useAccounts();
  const saved = useQuery(savedQueries.list());
  const form = useQuery(productQueries.form(account.id, 'replicationRule', undefined));
  const [opened, setOpened] = useState(false);
  const choices = (saved.data ?? []).filter((one) =>
    harborsOf(one, accounts).some(({ id }) => id === account.id),
  );
  const locked = account.readOnly ? t('administration.readOnlyHere') : undefined;
  const none = saved.data && choices.length === 0 ? t('handingOver.noneHere') : undefined;
  return (
    <>
      <ActionButton
        variant="default"
        leftSection={<IconArrowForwardUp size={14} />}
        loading={saved.isPending || form.isPending}
        reason={locked ?? (form.data && whyNot(t, form.data.may)) ?? none}
        onClick={() => setOpened(true)}
      >
        {t('handingOver.here')}
      </ActionButton>
      {opened && (
        <HandOverDialog
          choices={choices}
          accounts={accounts}
          here={account.id}
          onClose={() => setOpened(false)}
        />
      )}
    </>
  );
}
