import type { LocalRegistry } from '../../src-main/local-registry/index.ts';
import type { TestApi } from '../support/app.ts';
import { addAccount, places, storeContents } from './fixtures.ts';
import type { View } from './view.ts';

/** Longer than anybody looks at a page. */
const NEVER_MS = 600_000;

const LOADING = 'main [role="status"]';

/** An account whose registry has not answered yet, of which nothing is known. */
export async function prepareLoading(
  api: TestApi,
  open: (name: string) => Promise<LocalRegistry>,
): Promise<string> {
  const slow = await open('slow');
  await storeContents(slow);
  const { id } = await addAccount(api, slow, { name: 'Slow' });
  slow.inject({ kind: 'latency', ms: NEVER_MS, when: { path: /^\/v2\// } });
  return id;
}

/** Each page while what it shows is on its way. */
export function loadingViews(slow: string): View[] {
  const image = (search: Record<string, string> = {}) => places.image(slow, 'team/app', '2.0', search);
  return [
    { name: 'loading-repositories', path: places.registry(slow), ready: LOADING, loading: true },
    {
      name: 'loading-tags',
      path: places.tags(slow, 'team/app', { view: 'images' }),
      ready: LOADING,
      loading: true,
    },
    { name: 'loading-tags-flat', path: places.tags(slow, 'team/app'), ready: LOADING, loading: true },
    { name: 'loading-image', path: image(), ready: LOADING, loading: true },
    { name: 'loading-layers', path: image({ tab: 'layers' }), ready: LOADING, loading: true },
    { name: 'loading-manifest', path: image({ tab: 'manifest' }), ready: LOADING, loading: true },
    {
      name: 'loading-details',
      path: places.registry(slow, { details: '1' }),
      ready: '[role="dialog"]',
      loading: true,
    },
  ];
}
