import { IconFolderOpen } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Image, ImageContent } from '../../src-main/common/image.ts';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { TableSkeleton } from '../ui/table-skeleton.tsx';
import classes from './files.module.css';
import { FilesPanel } from './files-panel.tsx';
import { layerItems, toRead, UNASKED } from './layer-items.ts';
import { LayerList } from './layer-list.tsx';
import { fileQueries, type ShownFiles } from './queries.ts';
import { ReadingNote } from './reading-note.tsx';
import type { FilesSearch } from './search.ts';
import { useReading } from './use-reading.ts';

export interface FilesTabProps {
  place: RepositoryPlace;
  image: Image;
  search: FilesSearch;
  onSearch: (changes: Partial<FilesSearch>) => void;
}

/** What is inside the layers of an image. */
export function FilesTab({ place, image, search, onSearch }: FilesTabProps) {
  const { t } = useTranslation();
  const { content, digest } = image;
  const { accountId, repository } = place;
  const shown = useMemo(
    () => ({ accountId, repository, reference: digest }),
    [accountId, repository, digest],
  );
  if (content.kind === 'image')
    return <ImageFiles key={digest} image={shown} content={content} search={search} onSearch={onSearch} />;
  const isIndex = content.kind === 'index';
  return (
    <EmptyState
      icon={<IconFolderOpen size={24} />}
      title={t(isIndex ? 'files.choosePlatform' : 'files.noFiles')}
    >
      {t(isIndex ? 'files.choosePlatformHelp' : 'files.noFilesHelp')}
    </EmptyState>
  );
}

interface ImageFilesProps extends Pick<FilesTabProps, 'search' | 'onSearch'> {
  image: ShownFiles;
  content: Extract<ImageContent, { kind: 'image' }>;
}

function ImageFiles({ image, content, search, onSearch }: ImageFilesProps) {
  const { t } = useTranslation();
  const known = useQuery(fileQueries.layers(image));
  const reading = useReading(image);
  const isAnyRead = known.data?.layers.some(({ state }) => state === 'read') ?? false;
  const changes = useQuery({ ...fileQueries.changes(image), enabled: isAnyRead });
  const layers = useMemo(
    () => layerItems(content, known.data?.layers ?? [], changes.data?.layers),
    [content, known.data, changes.data],
  );
  const last = layers.length - 1;
  const picked = layers.findIndex(({ id }) => id === search.layer);
  const at = picked < 0 || search.view === 'wasted' ? last : picked;
  const missing = toRead(layers, at);
  const isMissing = missing.layers.length > 0;
  const { start, progress, error } = reading;
  const tried = useRef(false);
  useEffect(() => {
    if (!isMissing || tried.current || missing.bytes > UNASKED) return;
    tried.current = true;
    start(missing.layers);
  });
  if (known.isPending)
    return (
      <div className={classes.split}>
        <LayerList layers={[]} at={-1} busy />
        <div className={classes.side}>
          <TableSkeleton bar />
        </div>
      </div>
    );
  if (known.isError) return <ErrorPanel error={known.error} onRetry={() => void known.refetch()} />;
  if (layers.length === 0)
    return (
      <EmptyState icon={<IconFolderOpen size={24} />} title={t('image.layers.none')}>
        {t('image.layers.noneHelp')}
      </EmptyState>
    );
  return (
    <div className={classes.split}>
      <LayerList
        layers={layers}
        at={at}
        progress={progress}
        onPick={({ id, index }) =>
          onSearch({
            layer: index === last && search.view !== 'changes' ? undefined : id,
            ...(search.view === 'wasted' && { view: undefined }),
          })
        }
        onRetry={({ index }) => start([index])}
      />
      <div className={classes.side}>
        {error !== undefined && <ErrorPanel error={error} onRetry={() => start(missing.layers)} />}
        {isMissing ? (
          <ReadingNote layers={layers} missing={missing} reading={reading} />
        ) : (
          <FilesPanel image={image} layers={layers} at={at} search={search} onSearch={onSearch} />
        )}
      </div>
    </div>
  );
}
