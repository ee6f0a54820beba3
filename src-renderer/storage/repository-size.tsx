import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { Counted } from '../ui/counted.tsx';
import { formatBytes } from '../ui/format.ts';
import { storageQueries } from './queries.ts';
import classes from './storage.module.css';

/** What a repository holds, and what only it holds, with the way to more; nothing where nothing is known. */
export function RepositorySize({ place }: { place: RepositoryPlace }) {
  const { t } = useTranslation();
  const { accountId, repository } = place;
  const { data } = useQuery(storageQueries.summary(place));
  if (!data || data.uniqueBytes === 0) return null;
  const unique = formatBytes(data.uniqueBytes);
  const exclusive = formatBytes(data.exclusiveBytes);
  const bytes = data.known.unread > 0 ? t('storage.atLeastBytes', { bytes: unique }) : unique;
  return (
    <Link
      to="/registries/$accountId/storage"
      params={{ accountId }}
      search={{ repository }}
      className={classes.quietLink}
      data-testid="repository-size"
    >
      <Counted
        text={t(exclusive === unique ? 'storage.repositoryAlone' : 'storage.repositoryHolds', {
          bytes,
          exclusive,
        })}
        number={bytes}
      />
    </Link>
  );
}
