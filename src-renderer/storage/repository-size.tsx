import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { formatBytes } from '../ui/format.ts';
import { storageQueries } from './queries.ts';
import classes from './storage.module.css';

/** What a repository holds, and what only it holds, with the way to more; nothing where nothing is known. */
export function RepositorySize({ place }: { place: RepositoryPlace }) {
  const { t } = useTranslation();
  const { accountId, repository } = place;
  const { data } = useQuery(storageQueries.summary(place));
  if (!data || data.uniqueBytes === 0) return null;
  return (
    <Link
      to="/registries/$accountId/storage"
      params={{ accountId }}
      search={{ repository }}
      className={classes.link}
      data-testid="repository-size"
    >
      {t(data.known.unread > 0 ? 'storage.repositoryAtLeast' : 'storage.repositoryHolds', {
        bytes: formatBytes(data.uniqueBytes),
        exclusive: formatBytes(data.exclusiveBytes),
      })}
    </Link>
  );
}
