import { type DragEvent, useCallback, useRef } from 'react';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { putTags } from '../copy/dragged-tags.ts';
import type { Armed } from '../selection/use-armed.ts';
import { isDigest } from './tag-rows.ts';
import { AT_ONCE } from './tag-selection-bar.tsx';

interface TagDragOptions {
  place: RepositoryPlace;
  /** Of the registry; undefined until it is known. */
  host: string | undefined;
  armed: Armed;
}

/** Dragging of tags onto registries: one that is chosen takes all along that are, any other is dragged alone. */
export function useTagDrag(options: TagDragOptions) {
  const latest = useRef(options);
  latest.current = options;
  const drag = useCallback((transfer: DataTransfer, tags: readonly string[]) => {
    const { place, host = '' } = latest.current;
    putTags(transfer, { ...place, host, tags: [...tags] });
  }, []);
  const dragTag = useCallback(
    (name: string, event: DragEvent) => {
      const { names } = latest.current.armed;
      const tags = names.has(name) ? [...names].filter((each) => !isDigest(each)) : [name];
      // A drag that could not be copied is none.
      if (tags.length > AT_ONCE) event.preventDefault();
      else drag(event.dataTransfer, tags);
    },
    [drag],
  );
  return { drag, dragTag };
}
