import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { BaseUpdate, ImageBase } from '../../src-main/common/find.ts';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { orpc } from '../api.ts';
import { Chip } from '../ui/chip.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { shortDigest } from '../ui/format.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import classes from './image.module.css';

interface BaseImageProps {
  place: RepositoryPlace;
  /** Of the image. */
  digest: string;
  /** That it was chosen from. */
  index: string | undefined;
}

/** What an image was built on, and whether a newer one of that is there. */
export function BaseImage({ place, digest, index }: BaseImageProps) {
  const { t } = useTranslation();
  const base = useQuery(
    orpc.find.base.queryOptions({
      input: { ...place, reference: digest, ...(index === undefined ? {} : { index }) },
    }),
  );
  return (
    <section data-testid="base-image">
      <h2 className={classes.sectionTitle}>{t('find.base.title')}</h2>
      {base.isPending && <Skeleton height={10} width="40%" my={7} />}
      {base.isError && <ErrorPanel error={base.error} onRetry={() => void base.refetch()} />}
      {base.data && <Found base={base.data} />}
    </section>
  );
}

function Found({ base: { stated, found, updates, layers } }: { base: ImageBase }) {
  const { t } = useTranslation();
  if (!stated && !found) return <span className={classes.quiet}>{t('find.base.unknown')}</span>;
  return (
    <Facts>
      {stated && (
        <Fact name={t('find.base.stated')}>
          <span className={classes.mono}>{stated.name ?? shortDigest(stated.digest ?? '')}</span>{' '}
          <span className={classes.quiet}>{t(`find.base.tag.${stated.tag}`)}</span>
        </Fact>
      )}
      {found && (
        <Fact name={t('find.base.found')}>
          <span className={classes.inline}>
            {found.places.flatMap(({ tags, ...place }) =>
              tags.map((tag) => (
                <TagLink key={`${place.host}/${place.repository}:${tag}`} {...place} tag={tag} />
              )),
            )}
            {found.places.length === 0 && t('find.base.untagged', { digest: shortDigest(found.digest) })}
            <span className={classes.quiet}>
              {t('find.base.layers', { count: found.layers, total: layers })}
            </span>
          </span>
        </Fact>
      )}
      {updates.map((update) => (
        <Fact key={`${update.host}/${update.repository}:${update.tag}`} name={t('find.base.update')}>
          <span className={classes.inline}>
            <TagLink {...update} />
            {update.created !== undefined && <RelativeTime value={update.created} />}
          </span>
        </Fact>
      ))}
      {updates.length === 0 && stated?.tag !== 'unknown' && (
        <Fact name={t('find.base.updates')}>
          <span className={classes.quiet}>{t('find.base.none')}</span>
        </Fact>
      )}
    </Facts>
  );
}

function TagLink({ accountId, host, repository, tag }: Omit<BaseUpdate, 'digest' | 'seen'>) {
  const text = `${repository}:${tag}`;
  if (accountId === undefined)
    return (
      <Chip mono>
        {host}/{text}
      </Chip>
    );
  return (
    <Link
      to="/registries/$accountId/image"
      params={{ accountId }}
      search={{ repository, reference: tag }}
      className={classes.tag}
    >
      <Chip mono tone="accent">
        {text}
      </Chip>
    </Link>
  );
}
