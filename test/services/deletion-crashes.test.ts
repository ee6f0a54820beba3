import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { whenFinished } from '../support/cleanup.ts';
import { makeImage, type TestManifest } from '../support/images.ts';
import { type OddRegistry, startOddRegistry } from '../support/odd-registry.ts';
import { plainRequest, push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { testCore } from './support/core.ts';
import { planFor, startUndo } from './support/plans.ts';
import { startDeleter } from './support/program.ts';
import { expectRecorded } from './support/record.ts';

// Each kills a process of its own: on a busy machine that takes a while to start.
vi.setConfig({ testTimeout: 240_000 });
const STARTS_MS = 100_000;

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

/** Milliseconds between two looks at all kept tags. */
const POLL_MS = 10;

/** Asks for tags all the time, and keeps what was ever missing or elsewhere. */
function poll({ behind }: OddRegistry, kept: ReadonlyMap<string, string>) {
  const wrong = new Set<string>();
  let looks = 0;
  let stopped = false;
  const polling = (async () => {
    while (!stopped) {
      for (const [tag, digest] of kept) {
        const reply = await plainRequest(behind, `/v2/${REPOSITORY}/manifests/${tag}`, { method: 'HEAD' });
        if (reply.headers['docker-content-digest'] !== digest) wrong.add(`${tag}: ${reply.status}`);
      }
      looks++;
      await delay(POLL_MS);
    }
  })();
  polling.catch(() => {});
  whenFinished(() => {
    stopped = true;
  });
  return {
    async stop(): Promise<{ wrong: string[]; looks: number }> {
      stopped = true;
      await polling;
      return { wrong: [...wrong], looks };
    },
  };
}

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
      const polled = poll(registry, new Map(STAYS.map((tag) => [tag, kept.digest])));
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
      const { wrong, looks } = await polled.stop();
      expect(wrong).toEqual([]);
      expect(looks).toBeGreaterThan(0);
    },
  );
});

test('two processes delete and move tags of one repository at once: what neither was to delete is there at every moment', async () => {
  const registry = await startOddRegistry((_, ordinary) => ordinary());
  const images = await Promise.all(
    Array.from({ length: 24 }, (_, number) => makeImage({ name: `image ${number}`, layers: { base: 64 } })),
  );
  const [kept, moving, ...doomed] = images as [TestManifest, TestManifest, ...TestManifest[]];
  for (const [number, image] of doomed.entries())
    await push(image, registry.behind, REPOSITORY, `d${number}`);
  for (const tag of STAYS) await push(kept, registry.behind, REPOSITORY, tag);
  await push(moving, registry.behind, REPOSITORY, 'moving');
  const polled = poll(registry, new Map(STAYS.map((tag) => [tag, kept.digest])));
  const names = doomed.map((_, number) => `d${number}`);
  const deleters = [names.slice(0, 11), names.slice(11)].map(async (own) =>
    startDeleter(await temporaryFolder(), registry, REPOSITORY, ...own),
  );
  const running = await Promise.all(deleters);
  let ended = false;
  const moves = (async () => {
    // A third one moves a tag between images that stay, and adds tags to one of them.
    for (let number = 0; !ended; number++) {
      await push(number % 2 === 0 ? kept : moving, registry.behind, REPOSITORY, 'moving');
      await push(kept, registry.behind, REPOSITORY, `new${number % 10}`);
      await delay(POLL_MS);
    }
  })();
  const ends = await Promise.all(
    running.map(async (one) => (await one.waitFor(/ended (\S+)/, STARTS_MS))[1]),
  );
  ended = true;
  await moves;
  const { wrong } = await polled.stop();
  expect(wrong).toEqual([]);
  expect([kept.digest, moving.digest]).toContain(await digestOf(registry, 'moving'));
  // Each sees the other's deletions as something that its plan does not know, and may stop there; none leaves anything half done.
  for (const end of ends) expect(['done', 'failed']).toContain(end);
  for (const [number, tag] of names.entries())
    expect([undefined, doomed[number]?.digest]).toContain(await digestOf(registry, tag));
});
