import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OperationDetails } from '../../src-main/common/operation.ts';
import { Card } from '../ui/card.tsx';
import { formatBytes, shortDigest } from '../ui/format.ts';
import classes from './layers-in-flight.module.css';

/** Bars drawn: the tags below need room too. */
const LINES = 8;

/** The blobs on their way, each with a bar. */
export function LayersInFlight({ active }: { active: OperationDetails['active'] }) {
  const { t } = useTranslation();
  const more = active.length - LINES;
  return (
    <Card title={t('transferPages.inFlight', { count: active.length })}>
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
      {more > 0 && <p className={classes.quiet}>{t('common.more', { count: more })}</p>}
    </Card>
  );
}
