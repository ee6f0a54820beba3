import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { makeImage, type TestManifest } from '../support/images.ts';
import { type OddRegistry, startOddRegistry } from '../support/odd-registry.ts';
import { plainRequest, push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { testCore } from './support/core.ts';
import { planFor, startUndo } from './support/plans.ts';
import { startDeleter, startProgram } from './support/program.ts';
import { expectRecorded } from './support/record.ts';
import { watchTags } from './support/watched-tags.ts';

// Each kills a process of its own: on a busy machine that takes a while to start.
vi.setConfig({ testTimeout: 480_000 });
const STARTS_MS = 200_000;

const REPOSITORY = 'team/app';
const DOOMED = ['1', '2'];
const STAYS = ['latest', 'stable'];
/** Milliseconds between two moves of a tag by somebody else. */
const MOVE_EVERY = 10;

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
  const id = (await deleter.waitFor(/operation (\S+)/, STARTS_MS))[1] ?? '';
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
      await expectRecorded(core);
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

/** Where a batch of deletions by digest is killed; each is met at its third image of six. */
const batchStops: Readonly<Record<string, Stop>> = {
  'before a manifest is deleted': { method: 'DELETE', url: /sha256/, done: false },
  'when it is deleted': { method: 'DELETE', url: /sha256/, done: true },
  'when a list is to say whether they are gone': { method: 'GET', url: /tags\/list/, done: false },
  'when a list has said that they are gone': { method: 'GET', url: /tags\/list/, done: true },
};

describe('killed in a batch of deletions by digest, the kept tags are there at every moment', () => {
  test.each(Object.entries(batchStops))(
    '%s: run again it completes, and what was deleted comes back with undo',
    async (_, stop) => {
      const doomed = await Promise.all(
        Array.from({ length: 6 }, (_, number) =>
          makeImage({ name: `doomed ${number}`, layers: { base: 64 } }),
        ),
      );
      const kept = await makeImage({ name: 'kept', layers: { base: 64 } });
      let reached: () => void = () => undefined;
      const whenReached = new Promise<void>((resolve) => {
        reached = resolve;
      });
      let armed = true;
      let deletions = 0;
      const isOurs = (url: string) => doomed.some(({ digest }) => url.endsWith(digest));
      const registry = await startOddRegistry(async ({ method, url }, ordinary) => {
        if (method === 'DELETE' && isOurs(url)) deletions++;
        const here =
          armed &&
          stop.method === method &&
          stop.url.test(url) &&
          (method === 'DELETE' ? isOurs(url) && deletions === 3 : deletions === 6);
        if (!here) return await ordinary();
        if (stop.done) await ordinary();
        reached();
        return await new Promise<never>(() => undefined);
      });
      const names = doomed.map((_, number) => `d${number}`);
      for (const [number, image] of doomed.entries())
        await push(image, registry.behind, REPOSITORY, names[number]);
      for (const tag of STAYS) await push(kept, registry.behind, REPOSITORY, tag);
      const watched = await watchTags(
        registry.behind,
        STAYS.map((tag) => [REPOSITORY, tag]),
      );
      const home = await temporaryFolder();
      const deleter = await startDeleter(home, registry, REPOSITORY, ...names);
      const id = (await deleter.waitFor(/operation (\S+)/, STARTS_MS))[1] ?? '';
      const ended = deleter.exited.then(() => {
        throw new Error('It ended and was not where it is to be killed.');
      });
      await Promise.race([whenReached, ended]);
      ended.catch(() => undefined);
      process.kill(deleter.pid, 'SIGKILL');
      await deleter.exited;
      armed = false;
      const core = await testCore({ home });
      expect(core.operations.get(id)).toMatchObject({ status: 'interrupted', actions: { undo: true } });
      await core.operations.retry(id);
      expect(await core.operations.finished(id)).toMatchObject({ status: 'done', actions: { undo: true } });
      for (const tag of names) expect(await digestOf(registry, tag)).toBeUndefined();
      const undo = await startUndo(core, id);
      expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
      for (const [number, tag] of names.entries())
        expect(await digestOf(registry, tag)).toBe(doomed[number]?.digest);
      expect(await watched()).toEqual([]);
    },
  );
});

test.each([
  ['each with a home of its own', false],
  ['with one home', true],
])(
  'two processes, %s, delete and retag in one repository at once, also the same tags: no other is ever gone, and undone all is as it was',
  async (_, oneHome) => {
    const images = await Promise.all(
      Array.from({ length: 22 }, (_, number) => makeImage({ name: `image ${number}`, layers: { base: 64 } })),
    );
    // Neither changes anything before the other has looked whether its plan still holds, and is about to.
    const begun = { DELETE: Promise.withResolvers<void>(), PUT: Promise.withResolvers<void>() };
    const registry = await startOddRegistry(async ({ method, url }, ordinary) => {
      const deletes = method === 'DELETE' && images.some(({ digest }) => url.endsWith(digest));
      if (deletes || (method === 'PUT' && url.includes('/manifests/'))) {
        begun[deletes ? 'DELETE' : 'PUT'].resolve();
        await Promise.all([begun.DELETE.promise, begun.PUT.promise]);
      }
      return await ordinary();
    });
    const [kept, moving, ...others] = images as [TestManifest, TestManifest, ...TestManifest[]];
    const at = new Map(others.map((image, number) => [`t${number}`, image]));
    for (const [tag, image] of at) await push(image, registry.behind, REPOSITORY, tag);
    for (const tag of STAYS) await push(kept, registry.behind, REPOSITORY, tag);
    await push(moving, registry.behind, REPOSITORY, 'moving');
    const watched = await watchTags(
      registry.behind,
      STAYS.map((tag) => [REPOSITORY, tag]),
    );
    const names = [...at.keys()];
    const deleterHome = await temporaryFolder();
    const retaggerHome = oneHome ? deleterHome : await temporaryFolder();
    const [deleter, retagger] = await Promise.all([
      startProgram('changer', deleterHome),
      startProgram('changer', retaggerHome),
    ]);
    // From tag 8 to 13 both.
    deleter.write(JSON.stringify(['delete', registry.url, REPOSITORY, ...names.slice(0, 14)]));
    retagger.write(JSON.stringify(['retag', registry.url, REPOSITORY, 'latest', ...names.slice(8)]));
    let ended = false;
    const moves = (async () => {
      // Somebody else moves a tag between images that stay, and adds tags to one of them.
      for (let number = 0; !ended; number++) {
        await push(number % 2 === 0 ? kept : moving, registry.behind, REPOSITORY, 'moving');
        await push(kept, registry.behind, REPOSITORY, `new${number % 10}`);
        await delay(MOVE_EVERY);
      }
    })();
    moves.catch(() => {});
    await Promise.all([deleter, retagger].map((one) => one.waitFor(/ended/, STARTS_MS)));
    ended = true;
    await moves;
    for (const [number, [tag, image]] of [...at].entries()) {
      const possible = number < 8 ? [undefined] : number < 14 ? [undefined, kept.digest] : [kept.digest];
      // Who finds what its plan does not know may stop there; nothing is left half done.
      expect([image.digest, ...possible]).toContain(await digestOf(registry, tag));
    }
    for (const home of new Set([retaggerHome, deleterHome])) {
      const core = await testCore({ home });
      for (const { id, status, actions } of core.operations.history(10)) {
        expect(['done', 'failed']).toContain(status);
        if (!actions.undo) continue;
        const undo = await startUndo(core, id);
        expect(['done', 'failed']).toContain((await core.operations.finished(undo.operationId)).status);
      }
      await expectRecorded(core);
    }
    for (const [tag, image] of at) expect(await digestOf(registry, tag)).toBe(image.digest);
    expect([kept.digest, moving.digest]).toContain(await digestOf(registry, 'moving'));
    expect(await watched()).toEqual([]);
  },
);
