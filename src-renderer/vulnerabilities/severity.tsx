import type { TFunction } from 'i18next';
import { SEVERITIES, type Severity } from '../../src-main/engine/vocabulary/scanning.ts';
import classes from './vulnerabilities.module.css';

/** A severity as a word, with the colour that goes with it. No hook: a table has one in each row. */
export function SeverityMark({ t, severity }: { t: TFunction; severity: Severity }) {
  return (
    <span className={classes.severity} data-severity={severity}>
      {t(`vulnerabilities.severities.${severity}`)}
    </span>
  );
}

/** How many of each severity there are, the most severe first, each by its first letter: for a cell of a table. */
export function SeverityCounts({
  t,
  counts,
}: {
  t: TFunction;
  counts: { readonly [S in Severity]?: number | undefined };
}) {
  const there = SEVERITIES.filter((severity) => (counts[severity] ?? 0) > 0);
  const words = there.map(
    (severity) => `${t(`vulnerabilities.severities.${severity}`)}${t('ui.colon')}${counts[severity]}`,
  );
  if (there.length === 0) return <span className={classes.quiet}>{t('vulnerabilities.nothing')}</span>;
  return (
    <span className={classes.counts} data-hint={words.join(', ')}>
      {there.map((severity) => (
        <span key={severity} className={classes.count} data-severity={severity}>
          {t(`vulnerabilities.letters.${severity}`)} {counts[severity]}
        </span>
      ))}
    </span>
  );
}
