import { lazy, Suspense } from 'react';
import type { DraggedTags } from './dragged-tags.ts';

const CopyDialog = lazy(() => import('./copy-dialog.tsx').then((copy) => ({ default: copy.CopyDialog })));

export interface DroppedTagsProps {
  dropped: { tags: DraggedTags; onto: string } | undefined;
  onClose: () => void;
}

/** The copy of tags that were dropped onto a registry. */
export function DroppedTags({ dropped, onClose }: DroppedTagsProps) {
  if (!dropped) return null;
  const { accountId, host, repository, tags } = dropped.tags;
  return (
    <Suspense>
      <CopyDialog
        place={{ accountId, repository }}
        host={host}
        references={tags}
        destination={dropped.onto}
        onClose={onClose}
      />
    </Suspense>
  );
}
