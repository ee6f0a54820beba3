import { setTimeout as delay } from 'node:timers/promises';
import { whenFinished } from '../../support/cleanup.ts';
import { type PushTarget, plainRequest } from '../../support/push.ts';

/** A repository and a tag of it. */
type NamedTag = readonly [repository: string, tag: string];

/** Milliseconds between two looks at all of them. */
const LOOK_EVERY = 10;

/**
 * Looks at tags all the time, by the tests' own client, from where they point now.
 *
 * @returns ends it, and says which tags were ever missing or elsewhere
 */
export async function watchTags(
  registry: PushTarget,
  tags: readonly NamedTag[],
): Promise<() => Promise<string[]>> {
  const look = async ([repository, tag]: NamedTag) => {
    const path = `/v2/${repository}/manifests/${tag}`;
    const { status, headers } = await plainRequest(registry, path, { method: 'HEAD' });
    return { status, digest: headers['docker-content-digest'] };
  };
  const watched = await Promise.all(
    tags.map(async (named) => ({ named, first: (await look(named)).digest })),
  );
  const wrong = new Set<string>();
  let stopped = false;
  const looking = (async () => {
    for (; !stopped; await delay(LOOK_EVERY))
      for (const { named, first } of watched) {
        const { status, digest } = await look(named);
        if (digest === undefined || digest !== first) wrong.add(`${named.join(':')} (${status})`);
      }
  })();
  // Told to who ends it.
  looking.catch(() => {});
  whenFinished(() => {
    stopped = true;
  });
  return async () => {
    stopped = true;
    await looking;
    return [...wrong];
  };
}
