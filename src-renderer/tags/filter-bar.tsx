import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterChip } from '../ui/filter-chip.tsx';
import { MiddleText } from '../ui/middle-text.tsx';
import { SuggestingFilter } from '../ui/suggesting-filter.tsx';
import type { TagNames } from './tag-names.ts';
import type { TagRow } from './tag-rows.ts';
import { filterWords, hasWord, suggest, toggleWord } from './tag-suggestions.ts';
import type { TagView } from './views.ts';

interface FilterBarProps {
  filter: string;
  onFilter: (filter: string) => void;
  view: TagView;
  onView: (view: TagView) => void;
  withAttached: boolean;
  onWithAttached: (shown: boolean) => void;
  described: TagNames;
  /** All of the repository. */
  rows: readonly TagRow[];
}

const VERSIONS = 'is:version';

/** What is shown of a repository: a filter with words of its own, and chips for what is common in it. */
export function FilterBar(props: FilterBarProps) {
  const { filter, onFilter, view, onView, withAttached, onWithAttached, described, rows } = props;
  const { t } = useTranslation();
  const offer = useCallback(
    (text: string) =>
      suggest(text, filterWords(rows, described)).map(({ value, word, help }) => ({
        value,
        label: word,
        help: t(`tags.filterHelp.${help}`),
      })),
    [rows, described, t],
  );
  const words = useMemo(
    () => [
      ...(described.versions > 0 && described.versions < described.own.length
        ? [{ word: VERSIONS, label: t('tags.versions'), count: described.versions }]
        : []),
      ...described.families.map(({ prefix, count }) => ({ word: `${prefix}*`, label: `${prefix}*`, count })),
    ],
    [described, t],
  );
  return (
    <>
      <SuggestingFilter
        value={filter}
        onChange={onFilter}
        label={t('tags.filter')}
        placeholder={t('tags.filterPlaceholder')}
        suggest={offer}
      />
      <FilterChip pressed={view === 'images'} onToggle={() => onView(view === 'images' ? 'tags' : 'images')}>
        {t('tags.groupByImage')}
      </FilterChip>
      {words.map(({ word, label, count }) => (
        <FilterChip
          key={word}
          pressed={hasWord(filter, word)}
          count={count}
          onToggle={() => onFilter(toggleWord(filter, word))}
        >
          <MiddleText>{label}</MiddleText>
        </FilterChip>
      ))}
      {described.attachedCount > 0 && (
        <FilterChip
          pressed={withAttached}
          count={described.attachedCount}
          onToggle={() => onWithAttached(!withAttached)}
        >
          {t(withAttached ? 'tags.attachedShown' : 'tags.attachedHidden')}
        </FilterChip>
      )}
    </>
  );
}
