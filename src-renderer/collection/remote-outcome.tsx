import { useTranslation } from 'react-i18next';
import { type RemoteRun, remoteCollectOutcome } from '../../src-main/common/collection-remote.ts';
import type { Operation } from '../../src-main/common/operation.ts';
import { Bytes } from '../ui/bytes.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { formatCount } from '../ui/format.ts';
import classes from './collection.module.css';

/** What a registry's own collection has taken, by what it says itself, and its log. */
export function RemoteCollectionOutcome({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const { data } = remoteCollectOutcome.safeParse(operation.outcome);
  if (!data) return null;
  return (
    <section aria-label={t('collection.outcome.title')} data-testid="collected">
      <RunFacts run={data.run} />
      <RunLog log={data.log} />
    </section>
  );
}

export function RunFacts({ run: { id, dryRun, freed } }: { run: RemoteRun }) {
  const { t, i18n } = useTranslation();
  const format = (count: number) => formatCount(count, i18n.language);
  return (
    <Facts>
      <Fact name={t('freeing.run')}>{id}</Fact>
      <Fact name={t(dryRun ? 'freeing.wouldFree' : 'freeing.freed')}>
        {freed ? <Bytes value={freed.bytes} /> : t('freeing.unsaid')}
      </Fact>
      {freed && <Fact name={t('freeing.blobs')}>{format(freed.blobs)}</Fact>}
      {freed && <Fact name={t('freeing.manifests')}>{format(freed.manifests)}</Fact>}
    </Facts>
  );
}

/** The end of it. */
export function RunLog({ log }: { log: string | undefined }) {
  const { t } = useTranslation();
  if (log === undefined) return <p className={classes.quiet}>{t('freeing.noLog')}</p>;
  return (
    <section aria-label={t('freeing.log')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className={classes.log} tabIndex={0}>
        {log}
      </pre>
    </section>
  );
}
