import { expect, test } from 'vitest';
import {
  amd64,
  arm64,
  blob,
  descriptor,
  makeArtifact,
  makeAttestation,
  makeBareIndex,
  makeImage,
  makeIndex,
  manifestOf,
  mediaTypes,
  sha256,
  type TestManifest,
} from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { plainRequest, push } from '../../support/push.ts';
import { expectWhole, plan, requestsFor, run, statusOf } from './transferring.ts';

/** Indexes whose entries are indexes, blobs, or images that do not say what they run on. */
const requests = requestsFor(['app', '1']);

async function images() {
  const make = (platform: typeof amd64) =>
    makeImage({ platform, layers: { base: 1000, [platform.architecture]: 400 } });
  return { one: await make(amd64), two: await make(arm64) };
}

async function copyOf(index: TestManifest, platform: string, kind: 'sparse' | 'rewritten' = 'rewritten') {
  const source = await startTestRegistry();
  const target = await startTestRegistry({ limits: { children: kind !== 'sparse' } });
  await push(index, source, 'from/app', '1');
  const planned = await plan(source, target, requests, {
    platforms: { platforms: [platform], index: kind },
  });
  const { outcomes } = await run(planned);
  return { source, target, item: planned.items[0], outcomes: [...outcomes.values()] };
}

type Copied = Awaited<ReturnType<typeof copyOf>>;

async function entriesAt(target: Copied['target'], reference: string) {
  const { body } = await plainRequest(target, `/v2/to/app/manifests/${reference}`);
  const { manifests } = JSON.parse(body.toString()) as { manifests: { digest: string; size: number }[] };
  return { digest: sha256(body), size: body.length, entries: manifests };
}

test('B4: platforms are looked for in nested indexes, which are rewritten with the digest that the plan reports', async () => {
  const { one, two } = await images();
  const attested = makeAttestation(one);
  const inner = [
    makeIndex([{ manifest: one, platform: amd64 }, attested]),
    makeIndex([{ manifest: two, platform: arm64 }]),
  ];
  const mixed = makeIndex([
    { manifest: one, platform: amd64 },
    { manifest: two, platform: arm64 },
  ]);
  const { target, item, outcomes } = await copyOf(makeBareIndex(...inner, mixed), 'linux/amd64');
  expect(outcomes).toEqual([{ kind: 'copied' }]);
  const top = await entriesAt(target, '1');
  expect(top.digest).toBe(item?.root?.digest);
  expect(top.digest).not.toBe(item?.sourceDigest);
  const [first, second] = top.entries;
  expect(top.entries).toHaveLength(2);
  expect(first?.digest).toBe(inner[0]?.digest);
  await expectWhole(target, 'to/app', inner[0]?.digest ?? '', inner[0] as TestManifest);
  // The one of both platforms was rewritten too, and its entry reports its new size.
  const rewritten = await entriesAt(target, second?.digest ?? '');
  expect(rewritten).toMatchObject({ digest: second?.digest, size: second?.size });
  expect(rewritten.entries.map(({ digest }) => digest)).toEqual([one.digest]);
  for (const { digest } of [two, ...inner.slice(1), mixed])
    expect(await statusOf(target, `/v2/to/app/manifests/${digest}`)).toBe(404);
});

test('B4: within a repository the indexes below a rewritten one are written, and the rest is there', async () => {
  const { one, two } = await images();
  const mixed = makeIndex([
    { manifest: one, platform: amd64 },
    { manifest: two, platform: arm64 },
  ]);
  const registry = await startTestRegistry({ limits: { children: false } });
  await push(
    makeBareIndex(makeBareIndex(mixed), makeIndex([{ manifest: two, platform: arm64 }])),
    registry,
    'app',
    '1',
  );
  const within = [
    { source: { repository: 'app', reference: '1' }, target: { repository: 'app', tag: 'amd64' } },
  ];
  const choice = { platforms: { platforms: ['linux/amd64'], index: 'rewritten' as const } };
  const { outcomes } = await run(await plan(registry, registry, within, choice));
  expect([...outcomes.values()]).toEqual([{ kind: 'copied' }]);
  const reached: string[] = [];
  for (let reference: string | undefined = 'amd64'; reference !== undefined; ) {
    const { status, body } = await plainRequest(registry, `/v2/app/manifests/${reference}`);
    expect([reference, status]).toEqual([reference, 200]);
    const { manifests = [] } = JSON.parse(body.toString()) as { manifests?: { digest: string }[] };
    expect(manifests.length).toBeLessThan(2);
    reached.push(sha256(body));
    reference = manifests[0]?.digest;
  }
  expect(reached).toHaveLength(4);
  expect(reached.at(-1)).toBe(one.digest);
  expect((await plan(registry, registry, within, choice)).items[0]?.verdict).toBe('same');
});

test('B4: a nested index of the chosen platform only keeps its digest, and so does the whole', async () => {
  const { one } = await images();
  const index = makeBareIndex(makeIndex([{ manifest: one, platform: amd64 }]));
  const { target, item } = await copyOf(index, 'linux/amd64');
  expect(item?.root?.digest).toBe(index.digest);
  await expectWhole(target, 'to/app', '1', index);
});

test('B4: a sparse copy of nested indexes keeps all digests and brings the chosen platform, also later another', async () => {
  const { one, two } = await images();
  const inner = makeIndex([
    { manifest: one, platform: amd64 },
    { manifest: two, platform: arm64 },
  ]);
  const index = makeBareIndex(inner);
  const { source, target } = await copyOf(index, 'linux/amd64', 'sparse');
  expect((await entriesAt(target, '1')).digest).toBe(index.digest);
  await expectWhole(target, 'to/app', one.digest, one);
  expect(await statusOf(target, `/v2/to/app/manifests/${two.digest}`)).toBe(404);
  const choose = (platform: string) =>
    plan(source, target, requests, { platforms: { platforms: [platform], index: 'sparse' } });
  expect((await choose('linux/amd64')).items[0]?.verdict).toBe('same');
  await run(await choose('linux/arm64'));
  await expectWhole(target, 'to/app', two.digest, two);
});

test('B4: entries without a platform are matched by their configs, in any spelling of the platform', async () => {
  const { one, two } = await images();
  const { target } = await copyOf(makeBareIndex(one, two), 'linux/aarch64');
  expect((await entriesAt(target, '1')).entries.map(({ digest }) => digest)).toEqual([two.digest]);
  const { item, outcomes } = await copyOf(makeBareIndex(one, two), 'windows/amd64');
  expect(item).toMatchObject({ verdict: 'refused', error: { code: 'notFound', side: 'source' } });
  expect(outcomes).toEqual([]);
});

test('B4: what is no image goes along with the chosen platform', async () => {
  const { one, two } = await images();
  const report = makeArtifact({ content: Buffer.from('a report') });
  const { target } = await copyOf(makeBareIndex(one, two, report), 'linux/amd64');
  const { entries } = await entriesAt(target, '1');
  expect(entries.map(({ digest }) => digest)).toEqual([one.digest, report.digest]);
});

test.each([undefined, 'linux/amd64'])(
  'B4: a build cache is copied: what its index lists are blobs (platform %s)',
  async (platform) => {
    const cached = blob(mediaTypes.oci.layer, Buffer.from('a cached layer'));
    const config = blob('application/vnd.buildkit.cacheconfig.v0', Buffer.from('{"layers":[]}'));
    const cache = manifestOf(
      { schemaVersion: 2, mediaType: mediaTypes.oci.index, manifests: [cached, config].map(descriptor) },
      [cached, config],
    );
    const [source, target] = [await startTestRegistry(), await startTestRegistry()];
    await push(cache, source, 'from/app', '1');
    const platforms =
      platform === undefined ? undefined : { platforms: [platform], index: 'rewritten' as const };
    const planned = await plan(source, target, requests, { platforms });
    await run(planned);
    expect(planned.items[0]?.root?.digest).toBe(cache.digest);
    await expectWhole(target, 'to/app', '1', cache);
  },
);
