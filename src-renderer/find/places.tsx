import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FoundPlace, Sought } from '../../src-main/common/find.ts';
import { useAccounts } from '../accounts/queries.ts';
import type { ImageTab } from '../image/tabs.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatCount, shortDigest } from '../ui/format.ts';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import classes from './find.module.css';
import { findQueries, SHOWN } from './queries.ts';

/** Which tab of an image is opened, and what is looked for there. */
export interface PlaceTab {
  readonly tab: ImageTab | undefined;
  readonly filter?: string;
}

/** Images that a click adds, and those that are shown at most. */
const MORE = 200;
const MOST = 1000;

/** The images that are what was found, or hold it. */
export function Places({ of, tab }: { of: Sought; tab: PlaceTab }) {
  const { t, i18n } = useTranslation();
  const [limit, setLimit] = useState(SHOWN);
  const places = useQuery(findQueries.places(of, limit));
  if (places.isPending) return <Skeleton height={10} width="40%" my={8} />;
  if (places.isError) return <ErrorPanel error={places.error} onRetry={() => void places.refetch()} />;
  const { items, total } = places.data;
  if (total === 0) return <p className={classes.quiet}>{t('find.inNoRegistry')}</p>;
  return (
    <ul className={classes.places}>
      {items.map((place) => (
        <li key={`${place.host} ${place.repository} ${place.digest}`}>
          <PlaceLine place={place} tab={tab} />
        </li>
      ))}
      {total > items.length && limit < MOST && (
        <li>
          <Button variant="subtle" size="compact-xs" onClick={() => setLimit(Math.min(MOST, limit + MORE))}>
            {t('find.more', { formatted: formatCount(total - items.length, i18n.language) })}
          </Button>
        </li>
      )}
      {total > items.length && limit >= MOST && (
        <li className={classes.quiet}>
          {t('find.beyond', { formatted: formatCount(total - items.length, i18n.language) })}
        </li>
      )}
    </ul>
  );
}

function PlaceLine({ place, tab }: { place: FoundPlace; tab: PlaceTab }) {
  const { t } = useTranslation();
  const { accountId, host, repository, digest, tags, moreTags, platforms } = place;
  const registry = useAccounts().data?.find(({ id }) => id === accountId)?.name ?? host;
  const [tag] = tags;
  const text = tag === undefined ? `${repository}@${shortDigest(digest)}` : `${repository}:${tag}`;
  const others = tags.length + moreTags - 1;
  const filter = tab.filter === undefined ? {} : { filter: tab.filter };
  return (
    <span className={classes.place}>
      {accountId === undefined ? (
        <span className={classes.mono}>{text}</span>
      ) : (
        <Link
          to="/registries/$accountId/image"
          params={{ accountId }}
          search={{ repository, reference: tag ?? digest, platform: digest, tab: tab.tab, ...filter }}
          className={classes.link}
        >
          {text}
        </Link>
      )}
      {others > 0 && (
        <span className={classes.quiet} data-hint={tags.join(', ')}>
          {t('find.moreTags', { count: others })}
        </span>
      )}
      {platforms.map((platform) => (
        <PlatformBadge key={JSON.stringify(platform)} platform={platform} />
      ))}
      <span className={classes.quiet}>{registry}</span>
    </span>
  );
}
