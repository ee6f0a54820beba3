import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Banner } from '../ui/banner.tsx';
import { failureOf } from '../ui/failure.ts';
import { failureTitle } from '../ui/failure-words.ts';
import { formatBytes, formatCount } from '../ui/format.ts';
import { ReadingProgress } from '../ui/reading-progress.tsx';
import { findQueries } from './queries.ts';
import { useLooking } from './use-looking.ts';

/** What packages cannot be found in, and what looking into it costs. */
export function Coverage() {
  const { t, i18n } = useTranslation();
  const looked = useQuery(findQueries.looked()).data;
  const { looking, start, stop } = useLooking();
  const number = (count: number) => formatCount(count, i18n.language);
  if (looking?.status === 'running') {
    const { what, images, repository } = looking;
    return (
      <ReadingProgress
        text={[
          t(what === 'files' ? 'find.readingFiles' : 'find.looking', {
            done: number(images.done),
            total: number(images.total),
          }),
          ...(repository === undefined ? [] : [repository]),
        ].join(' · ')}
        percent={images.total === 0 ? 0 : (100 * images.done) / images.total}
        onCancel={() => stop.mutate(undefined)}
      />
    );
  }
  if (!looked) return null;
  const left = looked.images - looked.looked;
  const failure = looking?.failure ?? (start.isError ? failureOf(start.error) : undefined);
  const notes = [
    ...(left > 0
      ? [t('find.unlooked', { count: left, formatted: number(left), size: formatBytes(looked.bytes) })]
      : []),
    ...(looked.partly > 0
      ? [t('find.partly', { count: looked.partly, formatted: number(looked.partly) })]
      : []),
    ...(looked.unread > 0
      ? [t('find.unread', { count: looked.unread, formatted: number(looked.unread) })]
      : []),
    ...(looking && looking.failed > 0 && failure
      ? [t('find.failed', { count: looking.failed, reason: failureTitle(t, failure) })]
      : failure
        ? [failureTitle(t, failure)]
        : []),
  ];
  if (notes.length === 0) return null;
  return (
    <Banner
      tone={failure ? 'warning' : 'info'}
      actions={
        left > 0 && (
          <Button
            size="compact-xs"
            variant="default"
            loading={start.isPending}
            onClick={() => start.mutate({ what: 'packages' })}
          >
            {t('find.look')}
          </Button>
        )
      }
    >
      {notes.join(' ')}
    </Banner>
  );
}
