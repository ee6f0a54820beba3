import type { LocalRegistry } from '../../src-main/local-registry/index.ts';
import type { TestApi } from '../support/app.ts';
import { makeImage } from '../support/images.ts';
import { store } from './fixtures.ts';

/** Slow enough to be looked at. */
const SLOW = { kind: 'slow', bytesPerSecond: 5_000, when: { method: 'GET', path: /\/blobs\// } } as const;

export interface TransferViews {
  /** Ids of operations. */
  done: string;
  failed: string;
  /** It is run again, and fails again. */
  failAgain: () => Promise<void>;
  paused: string;
  /** The paused one goes on, slowly. */
  goOn: () => Promise<void>;
  pauseAgain: () => Promise<void>;
}

/**
 * Synchronisations to look at: one that is done and saved, one that failed in part, one that is paused. Their target then has
 * tags of its own and one that moved.
 */
export async function transferMany(
  api: TestApi,
  [source, from]: readonly [string, LocalRegistry],
  [target, to]: readonly [string, LocalRegistry],
): Promise<TransferViews> {
  const start = async (repositories: string[], rename: string, savedId?: string) => {
    const wanted = { source, target, repositories, rename, ...(savedId !== undefined && { savedId }) };
    for await (const told of await api.transfers.planSync(wanted))
      if (told.kind === 'plan') return (await api.plans.start({ planId: told.plan.id })).operationId;
    throw new Error('Planning ended without a plan.');
  };
  const saved = await api.transfers.save({
    name: 'Nightly mirror',
    definition: { source, target, repositories: ['harbour/web'], rename: 'mirror/{name}' },
  });
  await api.transfers.save({
    name: 'Releases of all tools',
    definition: { source, target, repositories: ['tools/*', 'charts/**'], versions: '>=1', attached: true },
  });
  const done = await start(['harbour/web'], 'mirror/{name}', saved.id);
  await ended(api, done);

  const deny = () =>
    to.inject({
      kind: 'status',
      status: 403,
      body: JSON.stringify({ errors: [{ code: 'DENIED', message: 'this tag is immutable' }] }),
      when: { method: 'PUT', path: /\/partly\/web\/manifests\/(latest|stable)$/ },
    });
  const allow = deny();
  const failed = await start(['harbour/web'], 'partly/{name}');
  await ended(api, failed);
  allow();

  let restore = from.inject(SLOW);
  const paused = await start(['harbour/api', 'tools/*'], 'slow/{name}');
  const pause = async () => {
    await api.operations.pause({ operationId: paused });
    restore();
  };
  await pause();

  await store(to, 'mirror/web', await makeImage({ name: 'moved' }), ['latest', 'nightly', 'nightly-2']);
  return {
    done,
    failed,
    failAgain: async () => {
      const allowAgain = deny();
      await api.operations.retry({ operationId: failed });
      await ended(api, failed);
      allowAgain();
    },
    paused,
    goOn: async () => {
      restore = from.inject(SLOW);
      await api.operations.retry({ operationId: paused });
    },
    pauseAgain: pause,
  };
}

/** Waits until it is done or has failed. */
async function ended(api: TestApi, operationId: string): Promise<void> {
  for await (const { id, status } of await api.operations.watch()) {
    if (id === operationId && status !== 'queued' && status !== 'running') return;
  }
}
