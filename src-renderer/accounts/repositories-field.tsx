import { TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldsProps } from './fields.ts';

interface RepositoriesFieldProps extends FieldsProps {
  /** Inside the test's step, whose words say what it is for. */
  unlabelled?: boolean;
}

/** Repositories added by name; pasted lists may be separated by commas, spaces or lines. */
export function RepositoriesField({ draft, change, unlabelled = false }: RepositoriesFieldProps) {
  const { t } = useTranslation();
  return (
    <TagsInput
      {...(unlabelled
        ? { 'aria-label': t('accounts.repositories'), mt: 6 }
        : { label: t('accounts.repositories') })}
      description={t('accounts.repositoriesHelp')}
      value={draft.repositories}
      onChange={(repositories) => change({ repositories })}
      splitChars={[',', ' ', '\n']}
      acceptValueOnBlur
      maxTags={10_000}
      clearable
    />
  );
}
