import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';

export interface AccountSelectProps {
  label: string;
  accounts: readonly Account[];
  /** Empty: none is chosen yet. */
  value: string;
  error?: string | undefined;
  /** Something is written to it: locked ones cannot be chosen. */
  written?: boolean;
  /** It has the focus first in its dialog. */
  first?: boolean;
  onChange: (id: string) => void;
}

/** Chooses one of the registries. */
export function AccountSelect(props: AccountSelectProps) {
  const { label, accounts, value, error, written = false, first = false, onChange } = props;
  const { t } = useTranslation();
  return (
    <Select
      data-autofocus={first || undefined}
      label={label}
      placeholder={t('accounts.choose')}
      allowDeselect={false}
      error={error}
      data={accounts.map(({ id, name, host, readOnly }) => ({
        value: id,
        label:
          written && readOnly ? t('accounts.locked', { name }) : name === host ? name : `${name} (${host})`,
        disabled: written && readOnly,
      }))}
      value={value === '' ? null : value}
      onChange={(id) => onChange(id ?? '')}
    />
  );
}
