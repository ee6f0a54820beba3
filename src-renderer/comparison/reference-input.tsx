import { Autocomplete } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { foldText } from '../lists/word-filter.ts';
import { tagQueries } from '../tags/queries.ts';
import classes from './comparison.module.css';

/** Tags offered while typing. */
const SUGGESTIONS = 20;

export interface ReferenceInputProps {
  /** Undefined while no repository is named. */
  place: RepositoryPlace | undefined;
  value: string;
  error?: string | false | undefined;
  onChange: (value: string) => void;
}

/** A tag, offered from those of the repository, or a digest. */
export function ReferenceInput({ place, value, error, onChange }: ReferenceInputProps) {
  const { t } = useTranslation();
  // A repository whose name is being typed is none yet.
  const [focused, setFocused] = useState(false);
  const tags = useQuery({
    ...tagQueries.list(place ?? { accountId: '', repository: '' }),
    enabled: place !== undefined && focused,
  });
  const suggestions = useMemo(() => {
    const typed = foldText(value);
    const names: string[] = [];
    for (const { name } of tags.data?.rows ?? []) {
      if (name !== value && foldText(name).includes(typed)) names.push(name);
      if (names.length === SUGGESTIONS) break;
    }
    return names;
  }, [tags.data, value]);
  return (
    <Autocomplete
      label={t('comparison.reference')}
      classNames={{ input: classes.mono ?? '', option: classes.mono ?? '' }}
      data={suggestions}
      // They are those that match already.
      filter={({ options }) => options}
      value={value}
      error={error}
      onChange={onChange}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    />
  );
}
