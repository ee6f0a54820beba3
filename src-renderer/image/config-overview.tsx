import { useTranslation } from 'react-i18next';
import type { ImageConfig } from '../../src-main/common/image.ts';
import { Bytes } from '../ui/bytes.tsx';
import { Digest } from '../ui/digest.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { formatBytes } from '../ui/format.ts';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { environmentPairs } from './environment.ts';
import classes from './image.module.css';
import { Pairs } from './pairs.tsx';

/** An image's configuration: how it runs and where it comes from. */
export function ConfigOverview({ config, size }: { config: ImageConfig; size: number }) {
  const { t } = useTranslation();
  return (
    <>
      <div className={classes.columns}>
        <section>
          <h2 className={classes.sectionTitle}>{t('tags.kinds.image')}</h2>
          <Facts>
            <Fact name={t('image.platform')}>
              <PlatformBadge platform={config.platform} />
            </Fact>
            <Fact name={t('image.size')}>
              <Bytes value={size} />
            </Fact>
            {config.created && (
              <Fact name={t('image.created')}>
                <RelativeTime value={config.created} />
              </Fact>
            )}
            {config.author && <Fact name={t('image.author')}>{config.author}</Fact>}
            <Fact name={t('image.configDigest')}>
              <Digest value={config.digest} />
              <ConfigNote config={config} />
            </Fact>
          </Facts>
        </section>
        <section>
          <h2 className={classes.sectionTitle}>{t('image.config')}</h2>
          <Facts>
            <Command name={t('image.entrypoint')} words={config.entrypoint} />
            <Command name={t('image.command')} words={config.command} />
            <Fact name={t('image.user')} mono={config.user !== undefined}>
              {config.user || <span className={classes.quiet}>{t('image.userDefault')}</span>}
            </Fact>
            {config.workingDir && (
              <Fact name={t('image.workingDir')} mono>
                {config.workingDir}
              </Fact>
            )}
            <Words name={t('image.ports')} words={config.exposedPorts} />
            <Words name={t('image.volumes')} words={config.volumes} />
            {config.stopSignal && (
              <Fact name={t('image.stopSignal')} mono>
                {config.stopSignal}
              </Fact>
            )}
            {config.healthcheck.length > 0 && (
              <Command name={t('image.healthcheck')} words={config.healthcheck} />
            )}
          </Facts>
        </section>
      </div>
      <Pairs title={t('image.environment')} pairs={environmentPairs(config.environment)} />
      <Pairs title={t('image.labels')} pairs={Object.entries(config.labels)} />
    </>
  );
}

/** What is wrong with the configuration, where something is. */
function ConfigNote({ config: { size, actualSize, unreadable } }: { config: ImageConfig }) {
  const { t } = useTranslation();
  if (unreadable !== undefined)
    return <div className={classes.quiet}>{t('image.configUnreadable', { reason: unreadable })}</div>;
  if (actualSize === undefined) return null;
  const sizes = { stated: formatBytes(size), actual: formatBytes(actualSize) };
  return <div className={classes.quiet}>{t('image.configSizeDiffers', sizes)}</div>;
}

/** Arguments as the JSON form of a Dockerfile: where one ends and the next begins is never in doubt. */
function Command({ name, words }: { name: string; words: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <Fact name={name} mono={words.length > 0}>
      {words.length > 0 ? JSON.stringify(words) : <span className={classes.quiet}>{t('common.none')}</span>}
    </Fact>
  );
}

function Words({ name, words }: { name: string; words: readonly string[] }) {
  if (words.length === 0) return null;
  return (
    <Fact name={name} mono>
      {words.join(', ')}
    </Fact>
  );
}
