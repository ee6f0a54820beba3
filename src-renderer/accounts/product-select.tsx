import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SYSTEMS } from '../../src-main/engine/vocabulary/products.ts';
import type { Draft } from './draft.ts';

interface ProductSelectProps {
  value: Draft['chosenSystem'];
  onChange: (chosen: Draft['chosenSystem']) => void;
}

/** Corrects which product a registry is taken for. */
export function ProductSelect({ value, onChange }: ProductSelectProps) {
  const { t } = useTranslation();
  return (
    <Select
      label={t('accounts.product')}
      description={t('accounts.productHelp')}
      placeholder={t('accounts.productFound')}
      data={SYSTEMS.map((system) => ({ value: system, label: t(`ui.systems.${system}`) }))}
      value={value === '' ? null : value}
      clearable
      clearButtonProps={{ 'aria-label': t('accounts.productFound') }}
      onChange={(chosen) => onChange(SYSTEMS.find((system) => system === chosen) ?? '')}
    />
  );
}
