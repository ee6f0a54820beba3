import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { NameInput } from '../lists/name-input.tsx';
import { tagQueries } from '../tags/queries.ts';

export interface ReferenceInputProps {
  /** Undefined while no repository is named. */
  place: RepositoryPlace | undefined;
  value: string;
  error?: string | false | undefined;
  onChange: (value: string) => void;
}

/** A tag, offered from those of the repository, or a digest. */
export function ReferenceInput({ place, ...field }: ReferenceInputProps) {
  const { t } = useTranslation();
  // A repository whose name is being typed is none yet.
  const [focused, setFocused] = useState(false);
  const tags = useQuery({
    ...tagQueries.list(place ?? { accountId: '', repository: '' }),
    enabled: place !== undefined && focused,
  });
  const names = useMemo(() => tags.data?.rows.map(({ name }) => name) ?? [], [tags.data]);
  return (
    <NameInput
      label={t('comparison.reference')}
      names={names}
      {...field}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    />
  );
}
