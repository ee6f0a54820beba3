import { Anchor, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { detailsLink } from '../operations/details-link.ts';
import { useLine } from '../operations/use-line.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatBytes, formatCount } from '../ui/format.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import classes from './trash.module.css';
import { useTrashEntries } from './trash-queries.ts';

/** The changes that something is kept of, the newest first; each leads to its entry in the history, where it can be undone. */
export function TrashEntries() {
  const { t, i18n } = useTranslation();
  const line = useLine();
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch } = useTrashEntries();
  return (
    <>
      {error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      <ul className={classes.list} data-testid="trash-entries">
        {data?.pages.flat().map(({ operation, manifests, bytes, content }) => (
          <li key={operation.id}>
            <Anchor fz="sm" renderRoot={(props) => <Link {...detailsLink(operation)} {...props} />}>
              {line(operation)}
            </Anchor>
            <span className={classes.quiet}>
              <RelativeTime value={operation.started} /> ·{' '}
              {t('settings.manifests', {
                count: manifests,
                formatted: formatCount(manifests, i18n.language),
                bytes: formatBytes(bytes),
              })}
              {content > 0 && ` · ${t('settings.layers', { bytes: formatBytes(content) })}`}
            </span>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="default" size="xs" loading={isFetching} onClick={() => void fetchNextPage()}>
          {t('settings.moreTrash')}
        </Button>
      )}
    </>
  );
}
