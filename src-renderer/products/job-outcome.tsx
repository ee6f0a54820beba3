import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { type JobRun, productJobOutcome } from '../../src-main/common/product-job.ts';
import type { JobCount } from '../../src-main/engine/vocabulary/jobs.ts';
import { Fact, Facts } from '../ui/facts.tsx';
import { formatBytes, formatCount } from '../ui/format.ts';
import { ScrolledText } from '../ui/scrolled-text.tsx';
import classes from './products.module.css';

/** What came of a registry's own work, by what it says itself, and its log. */
export function ProductJobOutcome({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const { data } = productJobOutcome.safeParse(operation.outcome);
  if (!data) return null;
  return (
    <section aria-label={t('administration.job.outcome')} data-testid="job-outcome">
      <RunFacts run={data.run} />
      <JobLog log={data.log} />
    </section>
  );
}

export function RunFacts({ run }: { run: JobRun }) {
  const { t, i18n } = useTranslation();
  return (
    <Facts>
      <Fact name={t('administration.job.id')}>{run.id}</Fact>
      <Fact name={t('administration.job.state')}>{t(`freeing.states.${run.state}`)}</Fact>
      <Fact name={t('administration.job.counts')}>{countsText(t, i18n.language, run.counts)}</Fact>
      {run.note !== undefined && <Fact name="">{run.note}</Fact>}
    </Facts>
  );
}

/** The end of what it has logged. */
export function JobLog({ log }: { log: string | undefined }) {
  const { t } = useTranslation();
  if (log === undefined || log === '')
    return <p className={classes.quiet}>{t('administration.job.noLog')}</p>;
  return (
    <ScrolledText label={t('administration.job.log')} wrap className={classes.log}>
      {log}
    </ScrolledText>
  );
}

export function countsText(t: TFunction, language: string, counts: JobRun['counts']): string {
  const said = Object.entries(counts) as [JobCount, number][];
  if (said.length === 0) return t('administration.unsaid');
  return said
    .map(([name, count]) =>
      name === 'bytes'
        ? formatBytes(count)
        : `${t(`administration.counts.${name}`)}${t('ui.colon')}${formatCount(count, language)}`,
    )
    .join(', ');
}
