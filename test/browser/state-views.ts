import type { LocalRegistry } from '../../src-main/local-registry/index.ts';
import type { TestApi } from '../support/app.ts';
import { makeImage } from '../support/images.ts';
import { addAccount, places, scanAll, store, storeContents } from './fixtures.ts';
import type { View } from './view.ts';

const GRID = '[role="grid"] [aria-rowindex="2"]';
const TREE = '[role="treegrid"] [aria-rowindex="2"]';
const TAB = '[role="tabpanel"]:visible';

/** Of right-to-left letters, and longer than the sidebar. */
const LONG_NAME = 'مرسى 🚢 Harbour of the platform team, production, Europe';
/** 200 characters, and tags of 128, which is as long as they may be. */
const LONG_REPOSITORY = `names/${'nested-group/'.repeat(14)}application`;
const LONG_TAGS = ['a', 'b'].map((start) => `${start}${'-very'.repeat(22)}-20260114-a1b2c3d4`.slice(0, 128));

export type StateIds = Readonly<Record<'offline' | 'expired' | 'named', string>>;

/** Accounts of which more is known than can be read now: a registry that went away, one that no longer takes the sign-in; and one of long names. */
export async function prepareStates(
  api: TestApi,
  open: (name: string) => Promise<LocalRegistry>,
): Promise<StateIds> {
  const [offline, expired, named] = await Promise.all([open('offline'), open('expired'), open('named')]);
  await storeContents(offline);
  await storeContents(expired);
  await store(named, LONG_REPOSITORY, await makeImage(), [...LONG_TAGS, '1.0', 'latest']);
  const { id: offlineId } = await addAccount(api, offline, { name: 'Gone ashore' });
  const { id: expiredId } = await addAccount(api, expired, { name: 'Expired' });
  const { id: namedId } = await addAccount(api, named, { name: LONG_NAME, readOnly: true });
  for (const id of [offlineId, expiredId, namedId]) await scanAll(api, id);
  await offline.close();
  expired.inject({
    kind: 'status',
    status: 401,
    headers: { 'www-authenticate': 'Basic realm="Harbour"', 'content-type': 'application/json' },
    body: '{"errors":[{"code":"UNAUTHORIZED","message":"the token has expired"}]}',
    when: { path: /^\/v2\// },
  });
  return { offline: offlineId, expired: expiredId, named: namedId };
}

/** Each page where its registry does not answer, or answers that somebody has to sign in; names as long as they may be. */
export function stateViews({ offline, expired, named }: StateIds): View[] {
  const away = '[data-failure="connectionRefused"]';
  const signIn = '[data-failure="unauthorized"]';
  return [
    { name: 'offline-repositories', path: places.registry(offline), ready: away },
    { name: 'offline-tags', path: places.tags(offline, 'team/app', { view: 'images' }), ready: away },
    { name: 'offline-image', path: places.image(offline, 'team/app', '2.0'), ready: 'main h1' },
    { name: 'offline-storage', path: places.storage(offline), ready: '[data-name]' },
    { name: 'offline-cleanup', path: places.cleanup(offline, { tab: 'preview' }), ready: 'main h1' },
    { name: 'expired-repositories', path: places.registry(expired), ready: signIn },
    { name: 'expired-tags', path: places.tags(expired, 'team/app', { view: 'images' }), ready: signIn },
    { name: 'names-repositories', path: places.registry(named), ready: TREE },
    { name: 'names-tags', path: places.tags(named, LONG_REPOSITORY, { view: 'images' }), ready: GRID },
    { name: 'names-image', path: places.image(named, LONG_REPOSITORY, LONG_TAGS[0] ?? ''), ready: TAB },
  ];
}
