import { expect, test } from 'vitest';
import { emptyInventory, imageFacts } from '../../support/inventory.ts';

test('a tag that is seen on another digest has moved, and says when; one that is seen again has not', async () => {
  const inventory = await emptyInventory();
  await inventory.manifests('a', 'app', [imageFacts('x:one', {}), imageFacts('x:two', {})], 5);
  const look = (digest: string, seen: number) => inventory.tags('a', 'app', [{ name: '1', digest }], seen);
  const line = async () => (await inventory.summaries('a', 'app', ['1']))[0];
  await inventory.tags('a', 'app', [{ name: '1' }], 4);
  await look('x:one', 5);
  await look('x:one', 6);
  expect(await line()).toMatchObject({ digest: 'x:one', seen: 6 });
  expect(await line()).not.toHaveProperty('moved');
  await look('x:two', 7);
  await look('x:two', 8);
  expect(await line()).toMatchObject({ digest: 'x:two', moved: 7 });
});

test('what is attached is said of a repository that was looked through, and of what is there', async () => {
  const inventory = await emptyInventory();
  const referrer = (digest: string, artifactType?: string) => ({
    ...imageFacts(digest, {}),
    subject: 'x:one',
    ...(artifactType === undefined ? {} : { artifactType }),
  });
  await inventory.tags('a', 'app', [{ name: '1', digest: 'x:one' }], 5);
  const facts = [
    imageFacts('x:one', {}),
    referrer('x:sbom', 'spdx'),
    referrer('x:sig'),
    referrer('x:gone', 'gone'),
  ];
  await inventory.manifests('a', 'app', facts, 5);
  await inventory.manifests('a', 'other', [referrer('x:elsewhere', 'elsewhere')], 5);
  await inventory.removeManifests('a', 'app', ['x:gone']);
  expect((await inventory.summaries('a', 'app', ['1']))[0]).not.toHaveProperty('attached');
  await inventory.scanned('s', 'a', 'app', 6);
  const [line] = await inventory.summaries('a', 'app', ['1']);
  expect(line?.attached?.toSorted()).toEqual(['', 'spdx']);
});

test('what is known of a repository’s images comes once for all tags of each, some tags at a time and by name', async () => {
  const inventory = await emptyInventory();
  const names = Array.from({ length: 10_200 }, (_, index) => `t${String(index).padStart(5, '0')}`);
  const digestOf = (index: number) => `x:${index % 3}`;
  const tags = names.map((name, index) => ({ name, digest: digestOf(index) }));
  await inventory.tags('a', 'app', [...tags, { name: 'unknown' }, { name: 'unread', digest: 'x:unread' }], 5);
  await inventory.tags('a', 'other', [{ name: 'elsewhere', digest: 'x:0' }], 5);
  const facts = [0, 1, 2].map((index) => imageFacts(digestOf(index), { [`x:layer-${index}`]: 10 }));
  await inventory.manifests('a', 'app', facts, 5);
  await inventory.tags('a', 'app', [{ name: 't00001', digest: 'x:0' }], 6);

  const found = new Map<string, string>();
  let rounds = 0;
  for (let after: string | undefined; ; ) {
    const { images, last } = await inventory.knownImages('a', 'app', after);
    rounds++;
    expect(new Set(images.map(({ digest }) => digest)).size).toBe(images.length);
    for (const { digest, tags: own } of images) for (const name of own) found.set(name, digest);
    if (!after) expect(images.flatMap(({ moved }) => moved)).toEqual([{ name: 't00001', at: 6 }]);
    if (last === undefined) break;
    after = last;
  }
  expect(rounds).toBe(2);
  const expected = new Map(names.map((name, index) => [name, digestOf(index)]));
  expect(found).toEqual(expected.set('t00001', 'x:0'));
  expect(await inventory.knownImages('a', 'none')).toEqual({ images: [] });
});
