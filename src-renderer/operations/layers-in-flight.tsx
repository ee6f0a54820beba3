import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OperationDetails } from '../../src-main/common/operation.ts';
import classes from '../sync/pages.module.css';
import { formatBytes, shortDigest } from '../ui/format.ts';

/** Bars drawn: the tags below need room too. */
const LINES = 8;

/** The blobs on their way, each with a bar. */
export function LayersInFlight({ active }: { active: OperationDetails['active'] }) {
  const { t } = useTranslation();
  const more = active.length - LINES;
  return (
    <section className={classes.card} aria-labelledby="in-flight">
      <h2 id="in-flight">{t('transferPages.inFlight', { count: active.length })}</h2>
      {active.length === 0 && <p className={classes.quiet}>{t('transferPages.nothingInFlight')}</p>}
      <ul className={classes.blobs}>
        {active.slice(0, LINES).map(({ digest, repository, size, sent }) => (
          <li key={`${repository}@${digest}`} className={classes.blob} data-digest={digest}>
            <span className={classes.mono} title={digest}>
              {shortDigest(digest)}
            </span>
            <span className={`${classes.mono} ${classes.blobPlace}`} title={repository}>
              {repository}
            </span>
            <Progress.Root size={6}>
              <Progress.Section
                value={size > 0 ? Math.min(100, (sent / size) * 100) : 0}
                aria-label={t('transferPages.blobLabel', { digest: shortDigest(digest) })}
              />
            </Progress.Root>
            <span className={classes.blobSize}>
              {t('operations.bytesOf', { done: formatBytes(sent), total: formatBytes(size) })}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className={classes.quiet}>{t('deletion.leftOut', { count: more })}</p>}
    </section>
  );
}
