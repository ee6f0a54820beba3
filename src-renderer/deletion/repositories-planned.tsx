import { useTranslation } from 'react-i18next';
import type { PlannedRepository } from '../../src-main/common/deletion.ts';
import { failureReason } from '../ui/failure-words.ts';
import { formatCount } from '../ui/format.ts';
import classes from './deletion.module.css';

/** Lines drawn; the plan's own lines say all. */
const LINES = 200;

/** Each repository of a deletion: how much of it goes, or why nothing. */
export function RepositoriesPlanned({ repositories }: { repositories: readonly PlannedRepository[] }) {
  const { t, i18n } = useTranslation();
  if (repositories.length === 0) return null;
  const words = (count: number) => ({ count, formatted: formatCount(count, i18n.language) });
  const sorted = repositories.toSorted((a, b) => rank(a) - rank(b));
  return (
    <div className={classes.repositories}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <ul className={classes.list} tabIndex={0} aria-label={t('repositories.title')}>
        {sorted.slice(0, LINES).map((one) => (
          <li key={one.repository} className={classes.item} data-repository={one.repository}>
            <span className={classes.tag}>{one.repository}</span>
            <span className={classes.quiet}>{remarks(one).join(' · ')}</span>
          </li>
        ))}
        {sorted.length > LINES && (
          <li className={`${classes.item} ${classes.quiet}`}>
            {t('common.more', { count: sorted.length - LINES })}
          </li>
        )}
      </ul>
    </div>
  );

  function remarks({ failure, tags, manifests, staying, blocked, untagged, refilled }: PlannedRepository) {
    if (failure) return [t('deletion.many.stays', { reason: failureReason(t, failure) })];
    return [
      t('selection.tags', words(tags)),
      t('selection.images', words(manifests)),
      ...(staying === 0 && tags > 0 ? [t('deletion.many.empty')] : []),
      ...(blocked.length > 0 ? [t('deletion.many.blocked', words(blocked.length))] : []),
      ...(untagged > 0 ? [t('deletion.leftUntagged', words(untagged))] : []),
      ...(refilled ? [t('deletion.cache')] : []),
    ];
  }
}

/** What needs to be read stands first. */
function rank({ failure, needsConsent, blocked }: PlannedRepository): number {
  return failure ? 0 : needsConsent || blocked.length > 0 ? 1 : 2;
}
