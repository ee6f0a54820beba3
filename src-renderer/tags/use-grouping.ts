import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { z } from 'zod';
import { useRemembered } from '../ui/use-remembered.ts';
import { TAG_VIEWS, type TagView } from './views.ts';

const route = getRouteApi('/registries/$accountId/tags');
const tagView = z.enum(TAG_VIEWS);

/** Whether a row is an image or a tag: as the URL says, else as it was left. */
export function useGrouping(): [TagView, (view: TagView) => void] {
  const { view } = route.useSearch();
  const navigate = route.useNavigate();
  const [usual, remember] = useRemembered<TagView>('tags.view', tagView, 'images');
  const setView = useCallback(
    (next: TagView) => {
      remember(() => next);
      void navigate({ search: (before) => ({ ...before, view: next }), replace: true, resetScroll: false });
    },
    [navigate, remember],
  );
  return [view ?? usual, setView];
}
