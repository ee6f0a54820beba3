import { readdir, utimes } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withCollector } from '../../src-main/local-registry/index.ts';
import { lockAddress } from '../../src-main/local-registry/storage/folder-lock.ts';
import { Identity } from '../../src-main/local-registry/storage/identity.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { startProcess } from '../support/process.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { call, digestOf, OCI_INDEX, OCI_MANIFEST, pushBlob, pushImage, putManifest } from './client.ts';

type Registry = { url: string };

const REPOSITORIES = ['a', 'b', 'team/c', 'team/d', 'e'];
/** Few enough that pushes share them and meet. */
const LAYERS = Array.from({ length: 8 }, (_, number) => `layer ${number} `.repeat(50));

/** Numbers that are the same in each run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

/** As clients do: asked for, mounted from elsewhere, or sent. */
async function bring(registry: Registry, repository: string, from: string, content: string) {
  const digest = digestOf(content);
  const descriptor = { mediaType: 'application/octet-stream', digest, size: content.length };
  if ((await call(registry, 'HEAD', `/v2/${repository}/blobs/${digest}`)).status === 200) return descriptor;
  const mount = `/v2/${repository}/blobs/uploads/?mount=${digest}&from=${from}`;
  const { status, headers } = await call(registry, 'POST', mount);
  if (status === 201) return descriptor;
  expect(status).toBe(202);
  const sent = await call(registry, 'PUT', `${headers.location}?digest=${digest}`, { body: content });
  expect(sent.status).toBe(201);
  return descriptor;
}

async function whole(registry: Registry, repository: string, reference: string): Promise<void> {
  const got = await call(registry, 'GET', `/v2/${repository}/manifests/${reference}`);
  expect(got.status).toBe(200);
  const { config, layers = [], manifests = [] } = JSON.parse(got.bytes.toString());
  for (const { digest } of manifests) await whole(registry, repository, digest);
  for (const { digest } of [...(config ? [config] : []), ...layers]) {
    const blob = await call(registry, 'GET', `/v2/${repository}/blobs/${digest}`);
    expect({ status: blob.status, digest: digestOf(blob.bytes) }).toEqual({ status: 200, digest });
  }
}

async function stored(folder: string): Promise<number> {
  const files = await readdir(join(folder, 'blobs'), { recursive: true, withFileTypes: true });
  return files.filter((file) => file.isFile()).length;
}

test('pushes, mounts, reads and deletes go on while collections run: nothing that is pushed is taken', async () => {
  const registry = await startTestRegistry({ settlesMs: 400 });
  let ended = false;
  let pushes = 0;

  const push = async (worker: number): Promise<void> => {
    const below = random(worker + 7);
    while (!ended) {
      const repository = REPOSITORIES[below(REPOSITORIES.length)] ?? '';
      const from = REPOSITORIES[below(REPOSITORIES.length)] ?? '';
      // Some images are the same as those of other workers, down to the digest.
      const config = await bring(registry, repository, from, below(2) === 0 ? '{}' : `{"of":${pushes}}`);
      const layers = [];
      for (let layer = 0; layer < 3; layer++)
        layers.push(await bring(registry, repository, from, LAYERS[below(LAYERS.length)] ?? ''));
      const tag = `w${worker}`;
      const manifest = JSON.stringify({ schemaVersion: 2, mediaType: OCI_MANIFEST, config, layers });
      if (below(3) === 0) {
        // By digest first, under an index that comes later.
        const digest = digestOf(manifest);
        expect((await putManifest(registry, repository, digest, manifest)).status).toBe(201);
        const manifests = [{ mediaType: OCI_MANIFEST, digest, size: manifest.length }];
        const index = { schemaVersion: 2, mediaType: OCI_INDEX, manifests };
        expect((await putManifest(registry, repository, tag, index, OCI_INDEX)).status).toBe(201);
      } else expect((await putManifest(registry, repository, tag, manifest)).status).toBe(201);
      await whole(registry, repository, tag);
      expect((await call(registry, 'DELETE', `/v2/${repository}/manifests/${tag}`)).status).toBe(202);
      pushes++;
    }
  };
  const workers = Promise.all([0, 1, 2].map(push)).finally(() => {
    ended = true;
  });
  let taken = 0;
  try {
    for (let collections = 0; !ended && (collections < 6 || taken === 0 || pushes < 40); collections++) {
      const { manifests } = await registry.collector.collect({ untagged: true });
      taken += manifests.length;
    }
  } finally {
    ended = true;
    await workers;
  }
  expect(taken).toBeGreaterThan(0);
  await registry.collector.collect({ untagged: true });
  expect(await stored(registry.storage.folder)).toBe(0);
});

test.each([
  ['repositories', 1],
  ['repositories', 3],
  ['content', 1],
  ['content', 4],
])('killed in the middle of it (%s, report %i), everything that has a tag is whole', async (phase, at) => {
  const folder = await temporaryFolder();
  const before = await startTestRegistry({ folder, settlesMs: 0 });
  for (const repository of ['a', 'b', 'c']) {
    await pushImage(before, repository, 'stays', `stays in ${repository}`);
    for (const tag of ['moved', 'old']) {
      await pushImage(before, repository, tag, `${tag} in ${repository}`);
      await call(before, 'DELETE', `/v2/${repository}/manifests/${tag}`);
    }
    await pushImage(before, repository, 'shared', 'in all of them');
  }
  const gone = await pushImage(before, 'a', 'gone', 'gone everywhere');
  await call(before, 'DELETE', `/v2/a/manifests/${gone.digest}`);
  const files = await stored(folder);
  await before.close();

  const program = new URL('programs/collecting.ts', import.meta.url).pathname;
  const collecting = await startProcess(process.execPath, [program, folder, phase, String(at)]);
  expect(await collecting.exited, collecting.output()).toMatchObject({ signal: 'SIGKILL' });

  const after = await startTestRegistry({ folder, settlesMs: 0 });
  const check = async () => {
    for (const repository of ['a', 'b', 'c']) {
      await whole(after, repository, 'stays');
      await whole(after, repository, 'shared');
    }
  };
  await check();
  const { kept } = await after.collector.collect({ untagged: true });
  await check();
  // Config, a layer and a manifest of each that stays: the config and the shared image are the same everywhere.
  expect(kept.content.count).toBe(1 + 3 * 2 + 2);
  expect(await stored(folder)).toBe(kept.content.count);
  expect(kept.content.count).toBeLessThan(files);
  await pushImage(after, 'a', 'again', 'gone everywhere');
  await whole(after, 'a', 'again');
});

test('a read that has begun goes on to its end', async () => {
  const registry = await startTestRegistry({ settlesMs: 0 });
  const content = 'x'.repeat(3_000_000);
  const image = await pushImage(registry, 'app', 'v1', content);
  registry.inject({ when: { method: 'GET', path: /blobs/ }, kind: 'slow', bytesPerSecond: 6_000_000 });
  const reading = await fetch(`${registry.url}/v2/app/blobs/${image.layer}`);
  expect(reading.status).toBe(200);
  await call(registry, 'DELETE', `/v2/app/manifests/${image.digest}`);
  expect((await registry.collector.collect()).blobs.count).toBe(3);
  expect(digestOf(await reading.bytes())).toBe(image.layer);
  expect((await call(registry, 'GET', `/v2/app/blobs/${image.layer}`)).status).toBe(404);
});

test('a blob whose upload ends while a collection runs is there, whatever was taken before', async () => {
  const registry = await startTestRegistry({ settlesMs: 0 });
  for (let round = 0; round < 20; round++) {
    const image = await pushImage(registry, 'app', 'v1', 'comes and goes');
    await call(registry, 'DELETE', `/v2/app/manifests/${image.digest}`);
    const [, layer] = await Promise.all([
      registry.collector.collect(),
      pushBlob(registry, 'app', 'comes and goes'),
    ]);
    expect((await call(registry, 'GET', `/v2/app/blobs/${layer.digest}`)).status).toBe(200);
  }
});

describe('of a folder', () => {
  test('that no process has, the caller collects itself', async () => {
    const before = await startTestRegistry({ settlesMs: 0 });
    const { folder } = before.storage;
    const { digest } = await pushImage(before, 'app', 'v1');
    await call(before, 'DELETE', `/v2/app/manifests/${digest}`);
    await before.close();
    expect(await withCollector(folder, (collector) => collector.collect())).toMatchObject({
      blobs: { count: 3 },
    });
    expect(await stored(folder)).toBe(0);
    await startTestRegistry({ folder });
  });

  test('that another process has, that one collects, named manifests only', async () => {
    // The lock is asked for anew, as by another process.
    const registry = await startTestRegistry({ settlesMs: 50 });
    const { folder } = registry.storage;
    const one = await pushImage(registry, 'app', 'one');
    const two = await pushImage(registry, 'app', 'two');
    for (const tag of ['one', 'two']) await call(registry, 'DELETE', `/v2/app/manifests/${tag}`);
    await withCollector(folder, async (collector) => {
      const plan = await collector.plan({ untagged: true });
      expect(plan).toEqual(await registry.collector.plan({ untagged: true }));
      expect(plan.manifests).toHaveLength(2);
      const usage = await collector.usage();
      expect(usage).toEqual(await registry.collector.usage());
      const phases: string[] = [];
      const result = await collector.collect({
        untagged: [{ repository: 'app', digest: one.digest }],
        report: ({ phase }) => phases.push(phase),
      });
      expect(result.manifests.map(({ digest }) => digest)).toEqual([one.digest]);
      expect(phases).toContain('content');
    });
    expect((await call(registry, 'GET', `/v2/app/manifests/${two.digest}`)).status).toBe(200);
  });

  test('that another process has: long lists arrive whole, and stopping stops it there', async () => {
    const registry = await startTestRegistry({ settlesMs: 60_000 });
    const { folder } = registry.storage;
    const bytes = (number: number) => Buffer.from(JSON.stringify({ number }));
    const mediaType = 'application/vnd.oci.image.manifest.v1+json';
    const entries = Array.from({ length: 1_100 }, (_, number) => number);
    const seeds = entries.map((number) => ({ repository: 'app', mediaType, bytes: bytes(number), tags: [] }));
    await registry.storage.seed(seeds);
    await registry.close();
    const again = await startTestRegistry({ folder, settlesMs: 60_000 });
    const long = new Date(0);
    for (const file of await readdir(join(folder, 'repositories/app/_manifests')))
      await utimes(join(folder, 'repositories/app/_manifests', file), long, long);
    await withCollector(folder, async (collector) => {
      expect((await collector.plan({ untagged: true })).manifests).toHaveLength(1_100);
      await pushImage(again, 'other', 'v1');
      const stop = new AbortController();
      const waiting = collector.collect({ signal: stop.signal, report: () => stop.abort() });
      await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    });
    // Else this one would wait for its turn for a minute.
    await again.close();
  });

  test('S11: who does not know its secret is told nothing and starts nothing', async () => {
    const registry = await startTestRegistry({ settlesMs: 0 });
    const { folder } = registry.storage;
    const { digest } = await pushImage(registry, 'app', 'v1');
    await call(registry, 'DELETE', `/v2/app/manifests/${digest}`);
    const address = await lockAddress(folder, await Identity.open(folder));
    const socket = connect(address);
    const heard = new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString();
        if (text.includes('\n')) socket.write(`${'0'.repeat(64)}\n{"method":"collect","untagged":true}\n`);
      });
      socket.on('error', () => undefined);
      socket.once('close', () => resolve(text));
    });
    socket.write(`${'1'.repeat(32)} call\n`);
    expect(await heard).toMatch(/^[0-9a-f]{64} [0-9a-f]{32}\n$/);
    expect(await stored(folder)).toBe(3);
  });
});
