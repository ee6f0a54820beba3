import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { tagQueries } from '../tags/queries.ts';

/** Tags that are offered at once; typing finds the others. */
const OFFERED = 100;

export interface AgainstChoiceProps {
  place: RepositoryPlace;
  value: string | undefined;
  onChange: (tag: string | undefined) => void;
}

/** Another tag of the repository to compare with. The list is read once somebody looks at it. */
export function AgainstChoice({ place, value, onChange }: AgainstChoiceProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const list = useQuery({ ...tagQueries.list(place), enabled: asked });
  const names = useMemo(
    () => [
      ...new Set([
        ...(value === undefined ? [] : [value]),
        ...(list.data?.rows.map(({ name }) => name) ?? []),
      ]),
    ],
    [list.data, value],
  );
  return (
    <Select
      aria-label={t('vulnerabilities.against')}
      placeholder={t('vulnerabilities.against')}
      searchable
      clearable
      w={190}
      limit={OFFERED}
      nothingFoundMessage={t(list.isFetching ? 'common.loading' : 'vulnerabilities.noSuchTag')}
      data={names}
      value={value ?? null}
      onFocus={() => setAsked(true)}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}
