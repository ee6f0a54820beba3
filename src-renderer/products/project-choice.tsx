import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { productQueries } from './queries.ts';

export interface ProjectChoiceProps {
  accountId: string;
  value: string | undefined;
  /** The whole registry can be meant. */
  clearable: boolean;
  onChange: (project: string | undefined) => void;
}

/** One of a registry's projects, by its name. */
export function ProjectChoice({ accountId, value, clearable, onChange }: ProjectChoiceProps) {
  const { t } = useTranslation();
  const projects = useQuery(productQueries.resources(accountId, 'project'));
  const names = (projects.data?.rows ?? []).map(({ name }) => name).toSorted();
  return (
    <Select
      label={t('administration.project')}
      {...(clearable && { placeholder: t('administration.allProjects') })}
      searchable
      clearable={clearable}
      allowDeselect={clearable}
      w={320}
      maw="100%"
      limit={200}
      data={value === undefined || names.includes(value) ? names : [value, ...names]}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}
