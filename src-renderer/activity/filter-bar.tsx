import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RESULTS } from '../../src-main/common/audit.ts';
import classes from '../lists/list-page.module.css';
import { kindLabel } from '../operation-kinds.ts';
import { DateInput } from '../ui/date-input.tsx';
import { FilterChip } from '../ui/filter-chip.tsx';
import { FilterInput } from '../ui/filter-input.tsx';
import type { ActivitySearch } from './filter.ts';
import { isOwnKind } from './own-change.ts';
import { activityQueries } from './queries.ts';

export interface FilterBarProps {
  search: ActivitySearch;
  onChange: (next: ActivitySearch) => void;
  /** At the end of the bar. */
  children: ReactNode;
}

/** What of the history is shown: by words, kind, registry, user, days and result. */
export function FilterBar({ search, onChange, children }: FilterBarProps) {
  const { t } = useTranslation();
  const { data: choices } = useQuery(activityQueries.choices());
  const label = (kind: string) => (isOwnKind(kind) ? t(`activity.kinds.${kind}`) : kindLabel(t, kind));
  const choose = (
    name: 'kind' | 'registry' | 'user',
    words: string,
    all: string,
    there: readonly string[] = [],
    labelOf = (value: string) => value,
  ) => {
    const value = search[name];
    // What the address names is shown, also where there is no such change.
    const values = value === undefined || there.includes(value) ? there : [...there, value];
    return (
      <Select
        size="xs"
        w={name === 'kind' ? 210 : 150}
        aria-label={words}
        allowDeselect={false}
        data={[{ value: '', label: all }, ...values.map((each) => ({ value: each, label: labelOf(each) }))]}
        value={value ?? ''}
        onChange={(next) => onChange({ [name]: next || undefined })}
      />
    );
  };
  const day = (name: 'since' | 'until', words: string) => (
    <DateInput
      size="xs"
      w={136}
      aria-label={words}
      data-hint={words}
      placeholder={words}
      value={search[name] ?? ''}
      onChange={(next) => onChange({ [name]: next || undefined })}
    />
  );
  return (
    <>
      <div className={classes.bar}>
        <FilterInput
          value={search.filter ?? ''}
          onChange={(text) => onChange({ filter: text || undefined })}
          aria-label={t('activity.filter')}
          placeholder={t('activity.filter')}
        />
        {choose('kind', t('activity.kind'), t('activity.allKinds'), choices?.kinds, label)}
        {choose('registry', t('activity.registry'), t('activity.allRegistries'), choices?.registries)}
        {choose('user', t('activity.who'), t('activity.allUsers'), choices?.users)}
        {day('since', t('activity.since'))}
        <span aria-hidden>–</span>
        {day('until', t('activity.until'))}
      </div>
      <div className={classes.bar}>
        {RESULTS.map((value) => (
          <FilterChip
            key={value}
            data-state={value}
            pressed={search.result === value}
            onToggle={() => onChange({ result: search.result === value ? undefined : value })}
          >
            {t(`activity.results.${value}`)}
          </FilterChip>
        ))}
        {children}
      </div>
    </>
  );
}
