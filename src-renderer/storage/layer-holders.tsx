import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { orpc } from '../api.ts';
import { formatCount } from '../ui/format.ts';
import classes from './storage.module.css';

/** Tags named in a line. */
const NAMED = 8;

/** Tags of the registry that hold a layer, as far as they are known: the first of them, and the way to all. */
export function LayerHolders({ accountId, digest }: { accountId: string; digest: string }) {
  const { t, i18n } = useTranslation();
  const holders = useQuery(
    orpc.storage.holders.queryOptions({ input: { accountId, digest, offset: 0, limit: NAMED } }),
  );
  if (!holders.data)
    return <span className={classes.quiet}>{t(holders.isError ? 'common.unknown' : 'common.loading')}</span>;
  const { items, total } = holders.data;
  if (total === 0) return <span className={classes.quiet}>{t('storage.noHolders')}</span>;
  return (
    <span className={classes.names} data-testid="layer-holders">
      {items.map(({ repository, tag }) => (
        <Link
          key={`${repository}:${tag}`}
          to="/registries/$accountId/image"
          params={{ accountId }}
          search={{ repository, reference: tag, tab: 'layers' }}
          className={classes.link}
        >
          {repository}:{tag}
        </Link>
      ))}
      {total > NAMED && (
        <Link
          to="/registries/$accountId/storage"
          params={{ accountId }}
          search={{ view: 'largest', digest }}
          className={classes.link}
        >
          {t('storage.showAllHolders')} ({formatCount(total, i18n.language)})
        </Link>
      )}
    </span>
  );
}
