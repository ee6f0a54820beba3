import { Group, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { ProductMark } from '../ui/product-mark.tsx';
import { isLocked } from './lock.ts';

export interface AccountSelectProps {
  label: string;
  /** What is around it says already what is chosen: the label is for screen readers alone. */
  unlabelled?: boolean;
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

/** Pixels of a product's mark. */
const MARK = 16;

/** Chooses one of the registries. */
export function AccountSelect(props: AccountSelectProps) {
  const {
    label,
    unlabelled = false,
    accounts,
    value,
    error,
    written = false,
    first = false,
    onChange,
  } = props;
  const { t } = useTranslation();
  // The name says which one it is; what it is made by is said where it is shown.
  const mark = (accountId: string) => {
    const system = accounts.find(({ id }) => id === accountId)?.system;
    if (!system) return null;
    return (
      <span aria-hidden style={{ display: 'inline-flex' }}>
        <ProductMark system={system} size={MARK} />
      </span>
    );
  };
  return (
    <Select
      data-autofocus={first || undefined}
      {...(unlabelled ? { 'aria-label': label } : { label })}
      placeholder={t('accounts.choose')}
      allowDeselect={false}
      error={error}
      data={accounts.map((account) => {
        const { id, name, host } = account;
        const disabled = written && isLocked(account);
        const place = name === host ? name : `${name} (${host})`;
        return { value: id, label: disabled ? t('accounts.locked', { name }) : place, disabled };
      })}
      leftSection={mark(value)}
      leftSectionPointerEvents="none"
      renderOption={({ option }) => (
        <Group gap={8} wrap="nowrap">
          {mark(option.value)}
          {option.label}
        </Group>
      )}
      value={value === '' ? null : value}
      onChange={(id) => onChange(id ?? '')}
    />
  );
}
