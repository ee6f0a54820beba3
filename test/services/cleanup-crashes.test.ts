import { setTimeout as delay } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { makeArtifact, makeImage, type TestManifest } from '../support/images.ts';
import { type OddRegistry, startOddRegistry } from '../support/odd-registry.ts';
import { plainRequest, push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { testCore } from './support/core.ts';
import { startUndo } from './support/plans.ts';
import { startProgram } from './support/program.ts';
import { expectRecorded } from './support/record.ts';
import { stateOf } from './support/state.ts';

// Each turn kills a process of its own: on a busy machine that takes a while to start.
vi.setConfig({ testTimeout: 600_000 });

const RULES = `version: 1
rules:
  - name: all
    repositories: "**"
    protect: "v*"
    delete:
      - { name: pull requests, tags: "pr-*" }
`;
const REPOSITORIES = ['one'];
/** Milliseconds between two looks at the tags that stay. */
const LOOK_EVERY = 10;
/** Tags that the rules keep. */
const KEPT = ['v1', 'v2'];

interface Content {
  shared: TestManifest;
  lone: TestManifest;
  kept: TestManifest;
}

/** Two tags that go alone, one that goes with its manifest and its signature, and one that stays. */
async function fill(registry: OddRegistry): Promise<Content> {
  const [shared, lone, kept] = (await Promise.all(
    ['shared', 'lone', 'kept'].map((name) => makeImage({ name })),
  )) as [TestManifest, TestManifest, TestManifest];
  const signature = await makeArtifact({ subject: lone });
  for (const repository of REPOSITORIES) {
    for (const tag of ['pr-1', 'pr-2', 'v1']) await push(shared, registry.behind, repository, tag);
    await push(lone, registry.behind, repository, 'pr-3');
    await push(signature, registry.behind, repository);
    await push(kept, registry.behind, repository, 'v2');
  }
  return { shared, lone, kept };
}

/** Looks at the tags that stay, again and again, until it is told to stop; then whether one was ever missing. */
function watching(registry: OddRegistry, { shared, kept }: Content): () => Promise<string[]> {
  const missed = new Set<string>();
  let stopped = false;
  const looking = (async () => {
    for (; !stopped; await delay(LOOK_EVERY))
      for (const repository of REPOSITORIES)
        for (const tag of KEPT) {
          const path = `/v2/${repository}/manifests/${tag}`;
          const { status, headers } = await plainRequest(registry.behind, path, { method: 'HEAD' });
          const wanted = tag === 'v1' ? shared.digest : kept.digest;
          if (status !== 200 || headers['docker-content-digest'] !== wanted)
            missed.add(`${repository}:${tag}`);
        }
  })();
  return async () => {
    stopped = true;
    await looking;
    return [...missed];
  };
}

/** One turn: killed at the change of this number, before the registry does it or before its reply is read. @returns whether there was one */
async function killedAt(number: number, done: boolean): Promise<boolean> {
  let armed = false;
  let changes = 0;
  let reached: () => void = () => undefined;
  const whenReached = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const registry = await startOddRegistry(async ({ method, url }, ordinary) => {
    // Deletions of what cannot exist belong to the plan.
    const exists = method === 'DELETE' && (await ordinaryHead(registry, url)) === 200;
    if (!armed || !exists || ++changes !== number) return await ordinary();
    if (done) await ordinary();
    reached();
    return await new Promise<never>(() => undefined);
  });
  const content = await fill(registry);
  const before = await stateOf(registry.behind, REPOSITORIES);
  const stop = watching(registry, content);
  armed = true;
  try {
    const home = await temporaryFolder();
    const cleaner = await startProgram('cleaner', home, registry.url, RULES);
    const id = (await cleaner.waitFor(/operation (\S+)/, 60_000))[1] ?? '';
    const isReached = await Promise.race([
      whenReached.then(() => true),
      cleaner.waitFor(/ended/, 60_000).then(() => false),
    ]);
    if (isReached) process.kill(cleaner.pid, 'SIGKILL');
    await cleaner.exited;
    armed = false;
    const core = await testCore({ home });
    if (isReached) {
      expect(core.operations.get(id)).toMatchObject({ status: 'interrupted', actions: { retry: true } });
      await core.operations.retry(id);
    }
    expect(await core.operations.finished(id)).toMatchObject({ status: 'done' });
    const left = { v1: content.shared.digest, v2: content.kept.digest };
    expect(await stateOf(registry.behind, REPOSITORIES)).toEqual({ one: left });
    const undo = await startUndo(core, id);
    expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
    expect(await stateOf(registry.behind, REPOSITORIES)).toEqual(before);
    await expectRecorded(core);
    return isReached;
  } finally {
    expect(await stop(), 'tags that stay and were missing').toEqual([]);
  }
}

async function ordinaryHead({ behind }: OddRegistry, url: string): Promise<number> {
  return (await plainRequest(behind, url, { method: 'HEAD' })).status;
}

/** A signature, its image, two tags of an image that stays. */
const CHANGES = 4;

test('killed at each of its changes, a cleanup goes on to the same end, is taken back, and no tag that stays was ever gone', async () => {
  expect(await killedAt(1, false)).toBe(true);
  for (let number = 1; number <= CHANGES; number++) expect(await killedAt(number, true)).toBe(true);
});
