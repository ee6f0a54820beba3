import { useTranslation } from 'react-i18next';
import { Counted } from '../ui/counted.tsx';
import { formatCount, formatRelative } from '../ui/format.ts';
import classes from './list-page.module.css';

export interface ListCountProps {
  words: 'repositories' | 'tags';
  /** Rows there are so far. */
  total: number;
  /** Rows that pass the filter; undefined without a filter. */
  matching: number | undefined;
  /** More are on their way. */
  loading: boolean;
  /** Since when those are known that the registry has not listed yet. */
  seen: string | undefined;
}

/** How many rows a list has, how many match, and that it is still growing. */
export function ListCount({ words, total, matching, loading, seen }: ListCountProps) {
  const { t, i18n } = useTranslation();
  const format = (count: number) => formatCount(count, i18n.language);
  const parts: string[] = [];
  if (loading) parts.push(t(`${words}.loadingSoFar`, { formatted: format(total) }));
  if (matching === undefined) {
    if (!loading) parts.push(t(`${words}.total`, { count: total, formatted: format(total) }));
  } else {
    parts.push(
      t(`${words}.matching`, { count: matching, formatted: format(matching), total: format(total) }),
    );
  }
  if (seen !== undefined)
    parts.push(t('ui.known', { when: formatRelative(new Date(seen), new Date(), t, i18n.language) }));
  return (
    <span className={classes.count} data-testid="count">
      <Counted text={parts.join(' · ')} number={format(loading ? total : (matching ?? total))} />
    </span>
  );
}
