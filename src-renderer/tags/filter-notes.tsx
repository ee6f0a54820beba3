import { useTranslation } from 'react-i18next';
import listClasses from '../lists/list-page.module.css';
import { formatCount } from '../ui/format.ts';

export interface FilterNotesProps {
  /** Words of the filter that mean nothing. */
  problems: readonly string[];
  /** Images that a filter leaves out because they were not looked through. */
  unlooked: number;
}

/** What the filter did not take into account. */
export function FilterNotes({ problems, unlooked }: FilterNotesProps) {
  const { t, i18n } = useTranslation();
  return (
    <>
      {problems.length > 0 && (
        <div className={listClasses.note} role="status">
          {t('tags.filterProblem', { words: problems.join(' ') })}
        </div>
      )}
      {unlooked > 0 && (
        <div className={listClasses.note} role="status">
          {t('tags.filterUnlooked', { count: unlooked, formatted: formatCount(unlooked, i18n.language) })}
        </div>
      )}
    </>
  );
}
