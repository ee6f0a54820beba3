import { useTranslation } from 'react-i18next';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatBytes, formatCount } from '../ui/format.ts';
import classes from './pages.module.css';
import type { Picker } from './use-picker.ts';

/** How much of the source is meant, and how that is known. */
export function PickedSummary({ picker }: { picker: Picker }) {
  const { t, i18n } = useTranslation();
  const { chosen, counted, known, failure } = picker;
  const format = (count: number) => formatCount(count, i18n.language);
  const sum = { tags: 0, done: 0, asked: 0, failed: 0, bytes: 0, sized: 0 };
  for (const name of chosen) {
    const count = counted.get(name);
    const size = known.get(name)?.uniqueBytes;
    if (size !== undefined) {
      sum.sized++;
      sum.bytes += size;
    }
    if (!count) continue;
    sum.done++;
    if ('failure' in count) sum.failed++;
    else {
      sum.tags += count.matching;
      if (count.from === 'registry') sum.asked++;
    }
  }
  if (failure) return <ErrorPanel error={failure} />;
  if (chosen.length === 0)
    return <span className={`${classes.picked} ${classes.quiet}`}>{t('transferPages.nothingPicked')}</span>;
  const isCounted = sum.done === chosen.length;
  const facts = [
    t('transferPages.pickedRepositories', { count: chosen.length, formatted: format(chosen.length) }),
    t('transferPages.pickedTags', { count: sum.tags, formatted: format(sum.tags) }),
    sum.bytes > 0 &&
      t(sum.sized === chosen.length ? 'transferPages.upTo' : 'transferPages.upToKnown', {
        bytes: formatBytes(sum.bytes),
      }),
  ].filter((fact) => fact !== false);
  const notes = [
    !isCounted && t('transferPages.countingOf', { done: format(sum.done), total: format(chosen.length) }),
    sum.asked > 0 && t('transferPages.countAsked', { count: sum.asked, formatted: format(sum.asked) }),
    sum.failed > 0 && t('transferPages.countFailed', { count: sum.failed, formatted: format(sum.failed) }),
  ].filter((note) => note !== false);
  return (
    <div role="status" className={classes.picked} data-testid="picked" aria-busy={!isCounted}>
      <strong>{facts.join(' · ')}</strong>
      <span className={classes.quiet}>
        {notes.length > 0 ? notes.join(' · ') : t('transferPages.countKnown')}
      </span>
    </div>
  );
}
