import { expect, test } from 'vitest';
import { makeImage, makeMultiPlatform } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { blobsOf, expectWhole, lines, matching, plan, requestsFor, run, statusOf } from './transferring.ts';

const imageOf = (name: string, own = 700) =>
  makeImage({ name, layers: { base: 4000, shared: 2000, [name]: own } });

test('transfer-4: a digest is fetched and sent once for all tags and repositories, and mounted into the others', async () => {
  const [source, target] = [await startTestRegistry(), await startTestRegistry()];
  const places = [
    ['a', '1'],
    ['a', '2'],
    ['b', '1'],
    ['b', '2'],
  ] as const;
  const images = await Promise.all(places.map(([repository, tag]) => imageOf(`${repository}-${tag}`)));
  for (const [position, [repository, tag]] of places.entries()) {
    const image = images[position];
    if (image) await push(image, source, `from/${repository}`, tag);
  }
  source.clearRequests();
  const planned = await plan(source, target, requestsFor(...places));
  expect(planned.items.map(({ verdict }) => verdict)).toEqual(['new', 'new', 'new', 'new']);
  const digests = new Set(images.flatMap(blobsOf).map(({ digest }) => digest));
  const { snapshot, outcomes } = await run(planned);
  expect([...outcomes.values()].map(({ kind }) => kind)).toEqual(Array(4).fill('copied'));
  expect(snapshot).toMatchObject({ phase: 'done', items: { done: 4, failed: 0, total: 4 }, active: [] });

  const fetched = matching(source, /^GET .*\/blobs\//).map((line) => line.split('/').at(-1));
  expect([...fetched].sort()).toEqual([...digests].sort());
  expect(matching(target, /^PUT .*\/uploads\//)).toHaveLength(digests.size);
  // The two shared layers are mounted from whichever repository got them first.
  expect(snapshot.bytesMounted).toBe(
    images[0]?.blobs.slice(1, 3).reduce((sum, { bytes }) => sum + bytes.length, 0),
  );
  for (const [position, [repository, tag]] of places.entries()) {
    const image = images[position];
    if (image) await expectWhole(target, `to/${repository}`, tag, image);
  }
});

test('transfer-4: what one target repository holds already is mounted into the others and never fetched', async () => {
  const [source, target] = [await startTestRegistry(), await startTestRegistry()];
  const [old, fresh] = [await imageOf('old'), await imageOf('fresh')];
  await push(old, source, 'from/a', '1');
  await push(fresh, source, 'from/b', '1');
  await push(old, target, 'to/a', '0');
  const planned = await plan(source, target, requestsFor(['a', '1'], ['b', '1']));
  expect(planned.blobs.filter(({ state }) => state === 'mount').map(({ from }) => from)).toEqual([
    'to/a',
    'to/a',
  ]);
  source.clearRequests();
  await run(planned);
  expect(matching(source, /^GET .*\/blobs\//)).toHaveLength(2); // config and own layer of the fresh one
  await expectWhole(target, 'to/b', '1', fresh);
});

test('transfer-4: where the one that was to get a blob first fails, another one gets it', async () => {
  const [source, target] = [await startTestRegistry(), await startTestRegistry()];
  const [one, two] = [await imageOf('one'), await imageOf('two')];
  await push(one, source, 'from/a', '1');
  await push(two, source, 'from/b', '1');
  const planned = await plan(source, target, requestsFor(['a', '1'], ['b', '1']));
  const leader = planned.blobs.find(({ after }) => after)?.from ?? '';
  const other = leader === 'to/a' ? 'to/b' : 'to/a';
  target.inject({
    kind: 'status',
    status: 403,
    when: { method: 'POST', path: new RegExp(`^/v2/${leader}/`) },
  });
  const { outcomes } = await run(planned);
  const ends = new Map([...outcomes].map(([item, outcome]) => [item.request.target.repository, outcome]));
  expect(ends.get(leader)).toMatchObject({ kind: 'failed', error: { code: 'denied', side: 'target' } });
  expect(ends.get(other)).toEqual({ kind: 'copied' });
  expect(await statusOf(target, `/v2/${leader}/manifests/1`)).toBe(404);
  await expectWhole(target, other, '1', other === 'to/a' ? one : two);
});

test('transfer-5: within one registry no byte of a blob moves', async () => {
  const registry = await startTestRegistry();
  const images = [await makeMultiPlatform('one'), await makeMultiPlatform('two')];
  for (const [position, image] of images.entries()) await push(image, registry, 'from/app', `${position}`);
  registry.clearRequests();
  const { snapshot } = await run(await plan(registry, registry, requestsFor(['app', '0'], ['app', '1'])));
  expect(snapshot).toMatchObject({ bytesSent: 0, items: { done: 2 } });
  expect(matching(registry, /^(GET|PUT|PATCH) .*\/blobs\//)).toEqual([]);
  for (const [position, image] of images.entries())
    await expectWhole(registry, 'to/app', `${position}`, image);
});

test('transfer-7: an unchanged tag costs two HEADs and no manifest, a source pinned by digest one', async () => {
  const [source, target] = [await startTestRegistry(), await startTestRegistry()];
  const image = await makeMultiPlatform();
  for (const tag of ['1', '2', '3']) {
    await push(image, source, 'from/app', tag);
    await push(image, target, 'to/app', tag);
  }
  source.clearRequests();
  target.clearRequests();
  const planned = await plan(source, target, requestsFor(['app', '1'], ['app', '2'], ['app', '3']));
  expect(planned.items.map(({ verdict }) => verdict)).toEqual(['same', 'same', 'same']);
  expect(lines(source).sort()).toEqual(['1', '2', '3'].map((tag) => `HEAD /v2/from/app/manifests/${tag}`));
  expect(lines(target).sort()).toEqual(['1', '2', '3'].map((tag) => `HEAD /v2/to/app/manifests/${tag}`));
  source.clearRequests();
  const pinned = {
    source: { repository: 'from/app', reference: image.digest },
    target: { repository: 'to/app', tag: '1' },
  };
  expect((await plan(source, target, [pinned])).items[0]?.verdict).toBe('same');
  expect(lines(source)).toEqual([]);
});

test('transfer-15: children come before their index and the tag last, as soon as its own blobs are there', async () => {
  const [source, target] = [await startTestRegistry(), await startTestRegistry()];
  const [index, slow] = [
    await makeMultiPlatform(),
    await makeImage({ name: 'slow', layers: { slow: 400_000 } }),
  ];
  await push(slow, source, 'from/app', 'slow');
  await push(index, source, 'from/app', 'quick');
  const large = slow.blobs.find(({ bytes }) => bytes.length > 300_000)?.digest ?? '';
  source.inject({ kind: 'slow', bytesPerSecond: 800_000, when: { method: 'GET', path: new RegExp(large) } });
  await run(await plan(source, target, requestsFor(['app', 'slow'], ['app', 'quick'])));
  const puts = matching(target, /^PUT .*\/manifests\//).map((line) => line.split('/').at(-1));
  const children = index.children.map(({ digest }) => digest);
  expect(puts.slice(0, 2).sort()).toEqual([...children].sort());
  expect(puts.slice(2)).toEqual(['quick', 'slow']);
});

test('transfer-15: parts that the registry lost are sent again, once', async () => {
  const [source, target] = [await startTestRegistry(), await startTestRegistry()];
  const image = await makeMultiPlatform();
  await push(image, source, 'from/app', '1');
  const planned = await plan(source, target, requestsFor(['app', '1']));
  // As after a garbage collection between plan and run.
  for (const blob of planned.blobs) blob.state = 'present';
  const { outcomes } = await run(planned);
  expect([...outcomes.values()]).toEqual([{ kind: 'copied' }]);
  await expectWhole(target, 'to/app', '1', image);
});

test('an item that fails or is refused holds up no other, and each says why', async () => {
  const [source, target] = [await startTestRegistry(), await startTestRegistry()];
  const [good, broken] = [await imageOf('good'), await imageOf('broken')];
  await push(good, source, 'from/app', 'good');
  await push(broken, source, 'from/app', 'broken');
  const bad = broken.blobs.at(-1)?.digest ?? '';
  source.inject({ kind: 'corrupt', when: { method: 'GET', path: new RegExp(`blobs/${bad}`) } });
  const planned = await plan(
    source,
    target,
    requestsFor(['app', 'broken'], ['app', 'gone'], ['app', 'good']),
  );
  expect(planned.items.map(({ verdict, error }) => [verdict, error?.code])).toEqual([
    ['new', undefined],
    ['refused', 'notFound'],
    ['new', undefined],
  ]);
  const { outcomes, snapshot } = await run(planned);
  expect([...outcomes].map(([item, outcome]) => [item.request.target.tag, outcome.kind]).sort()).toEqual([
    ['broken', 'failed'],
    ['good', 'copied'],
  ]);
  expect(snapshot.items).toEqual({ done: 1, failed: 1, total: 2 });
  expect(await statusOf(target, '/v2/to/app/manifests/broken')).toBe(404);
  await expectWhole(target, 'to/app', 'good', good);
});

test('only new tags: one that is there stays as it is', async () => {
  const [source, target] = [await startTestRegistry(), await startTestRegistry()];
  const [ours, theirs] = [await imageOf('ours'), await imageOf('theirs')];
  await push(ours, source, 'from/app', '1');
  await push(ours, source, 'from/app', '2');
  await push(theirs, target, 'to/app', '1');
  const planned = await plan(source, target, requestsFor(['app', '1'], ['app', '2']), { newOnly: true });
  expect(planned.items.map(({ verdict }) => verdict)).toEqual(['kept', 'new']);
  await run(planned);
  await expectWhole(target, 'to/app', '1', theirs);
  await expectWhole(target, 'to/app', '2', ours);
});

test('a tag that somebody moved since the plan is left alone', async () => {
  const [source, target] = [await startTestRegistry(), await startTestRegistry()];
  const [ours, theirs] = [await imageOf('ours'), await imageOf('theirs')];
  await push(ours, source, 'from/app', '1');
  const planned = await plan(source, target, requestsFor(['app', '1']));
  await push(theirs, target, 'to/app', '1');
  const { outcomes } = await run(planned, { checkTags: true });
  expect([...outcomes.values()]).toMatchObject([
    { kind: 'failed', error: { code: 'conflict', side: 'target' } },
  ]);
  await expectWhole(target, 'to/app', '1', theirs);
});
