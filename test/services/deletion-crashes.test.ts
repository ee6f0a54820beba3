import { describe, expect, test, vi } from 'vitest';
import { makeImage, type TestManifest } from '../support/images.ts';
import { type OddRegistry, startOddRegistry } from '../support/odd-registry.ts';
import { plainRequest, push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { testCore } from './support/core.ts';
import { planFor, startUndo } from './support/plans.ts';
import { startDeleter } from './support/program.ts';

// Each kills a process of its own: on a busy machine that takes a while to start.
vi.setConfig({ testTimeout: 120_000 });

const REPOSITORY = 'team/app';
const DOOMED = ['1', '2'];
const STAYS = ['latest', 'stable'];

/** Where a process is stopped: at the first request of a kind, before the registry does it or before its reply is read. */
interface Stop {
  readonly method: string;
  readonly url: RegExp;
  readonly done: boolean;
}

const put = /\/manifests\/[12]$/;
const stops: Readonly<Record<string, Stop>> = {
  'before the placeholder is put': { method: 'PUT', url: /digest=sha256/, done: false },
  'when its config is there': { method: 'PUT', url: /digest=sha256/, done: true },
  'before it is under a tag': { method: 'PUT', url: put, done: false },
  'when it is under a tag': { method: 'PUT', url: put, done: true },
  'before it is deleted': { method: 'DELETE', url: /sha256/, done: false },
  'when it is deleted': { method: 'DELETE', url: /sha256/, done: true },
};

/** Deletes two of four tags on one digest by a placeholder, in a process that is killed at `stop`. */
async function killedAt(stop: Stop) {
  const image = await makeImage();
  let reached: () => void = () => undefined;
  const whenReached = new Promise<void>((resolve) => {
    reached = resolve;
  });
  let armed = true;
  let put = false;
  const registry = await startOddRegistry(async ({ method, url }, ordinary) => {
    put ||= method === 'PUT' && url.includes('digest=');
    // Deletions of what cannot exist belong to the plan.
    const here = armed && put && method === stop.method && stop.url.test(url);
    if (!here) return await ordinary();
    if (stop.done) await ordinary();
    reached();
    return await new Promise<never>(() => undefined);
  });
  registry.behind.setLimits({ deleteByTag: false });
  for (const tag of [...DOOMED, ...STAYS]) await push(image, registry.behind, REPOSITORY, tag);
  const home = await temporaryFolder();
  const deleter = await startDeleter(home, registry, REPOSITORY, ...DOOMED);
  const id = (await deleter.waitFor(/operation (\S+)/))[1] ?? '';
  await whenReached;
  process.kill(deleter.pid, 'SIGKILL');
  await deleter.exited;
  armed = false;
  return { image, registry, home, id };
}

async function digestOf({ behind }: OddRegistry, reference: string): Promise<string | undefined> {
  const reply = await plainRequest(behind, `/v2/${REPOSITORY}/manifests/${reference}`, { method: 'HEAD' });
  return reply.status === 200 ? String(reply.headers['docker-content-digest']) : undefined;
}

/** Where the doomed tags point that still do, after it was seen that the others are where they were. */
async function doomedAt(registry: OddRegistry, image: TestManifest): Promise<(string | undefined)[]> {
  for (const tag of STAYS) expect(await digestOf(registry, tag)).toBe(image.digest);
  return await Promise.all(DOOMED.map((tag) => digestOf(registry, tag)));
}

describe('B8: killed while tags go by a placeholder, the others stay', () => {
  test.each(Object.entries(stops))(
    '%s: run again, it is done and nothing is left; then undone',
    async (_, stop) => {
      const { image, registry, home, id } = await killedAt(stop);
      const placeholders = (await doomedAt(registry, image)).filter((digest) => digest !== image.digest);
      const core = await testCore({ home });
      expect(core.operations.get(id)).toMatchObject({ status: 'interrupted', actions: { undo: true } });
      await core.operations.retry(id);
      expect(await core.operations.finished(id)).toMatchObject({ status: 'done', actions: { undo: true } });
      expect(await doomedAt(registry, image)).toEqual([undefined, undefined]);
      for (const digest of placeholders) if (digest) expect(await digestOf(registry, digest)).toBeUndefined();
      const undo = await startUndo(core, id);
      expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
      expect(await doomedAt(registry, image)).toEqual([image.digest, image.digest]);
    },
  );

  test('undone at once, the tags are where they were and no placeholder is left', async () => {
    for (const stop of ['when it is under a tag', 'before it is deleted'] as const) {
      const { image, registry, home, id } = await killedAt(stops[stop] as Stop);
      const left = (await doomedAt(registry, image)).filter((digest) => digest !== image.digest);
      expect(left.length).toBeGreaterThan(0);
      const core = await testCore({ home });
      const undo = await startUndo(core, id);
      expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
      expect(await doomedAt(registry, image)).toEqual([image.digest, image.digest]);
      for (const digest of left) if (digest) expect(await digestOf(registry, digest)).toBeUndefined();
    }
  });

  test('deleted once more by another plan, they are gone, and undo restores the digest, not the placeholder', async () => {
    const { image, registry, home } = await killedAt(stops['before it is deleted'] as Stop);
    const core = await testCore({ home });
    const handle = await core.accounts.forHost(registry.url, {});
    const plan = await planFor(core, handle, REPOSITORY, DOOMED);
    expect(plan).toMatchObject({ manifests: [], needsConsent: false });
    expect(plan.tagsAlone.map(({ digest }) => digest)).toEqual([image.digest, image.digest]);
    const { operationId } = await core.plans.start(plan.id, { consent: false });
    expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
    expect(await doomedAt(registry, image)).toEqual([undefined, undefined]);
    const undo = await startUndo(core, operationId);
    await core.operations.finished(undo.operationId);
    expect(await doomedAt(registry, image)).toEqual([image.digest, image.digest]);
  });
});
