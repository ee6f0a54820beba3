import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { orpc } from '../api.ts';
import { Banner } from '../ui/banner.tsx';
import { failureOf } from '../ui/failure.ts';
import { failureWords } from '../ui/failure-words.ts';
import { formatBytes, formatCount } from '../ui/format.ts';
import { findQueries } from './queries.ts';

/** What files cannot be found in, and what reading it costs; how far that is the page shows above. */
export function UnreadLayers() {
  const { t, i18n } = useTranslation();
  const unread = useQuery(findQueries.unreadLayers()).data;
  const looking = useQuery(findQueries.looking()).data;
  const start = useMutation(orpc.find.look.mutationOptions());
  if (!unread || unread.layers === 0 || looking?.status === 'running') return null;
  const { layers, bytes } = unread;
  return (
    <Banner
      tone={start.isError ? 'warning' : 'info'}
      actions={
        <Button
          size="compact-xs"
          variant="default"
          loading={start.isPending}
          onClick={() => start.mutate({ what: 'files' })}
        >
          {t('find.readLayers')}
        </Button>
      }
    >
      {t('find.unreadLayers', {
        count: layers,
        formatted: formatCount(layers, i18n.language),
        size: formatBytes(bytes),
      })}
      {start.isError && ` ${failureWords(t, failureOf(start.error)).title}`}
    </Banner>
  );
}
