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

test('all tags of a repository come with what is known of them, some at a time and by name', async () => {
  const inventory = await emptyInventory();
  const names = Array.from({ length: 1_200 }, (_, index) => `t${String(index).padStart(4, '0')}`);
  const tags = names.map((name) => ({ name, digest: 'x:one' }));
  await inventory.tags('a', 'app', [...tags, { name: 'unknown' }], 5);
  await inventory.tags('a', 'other', [{ name: 'elsewhere', digest: 'x:one' }], 5);
  await inventory.manifests('a', 'app', [imageFacts('x:one', { 'x:layer': 10 })], 5);
  const found: string[] = [];
  let rounds = 0;
  for (let after: string | undefined; ; ) {
    const { tags: some, last } = await inventory.tagSummaries('a', 'app', after);
    rounds++;
    expect(some.every(({ digest, estimated }) => digest === 'x:one' && !estimated)).toBe(true);
    found.push(...some.map(({ name }) => name));
    if (last === undefined) break;
    after = last;
  }
  expect(found).toEqual(names);
  expect(rounds).toBeGreaterThan(1);
  expect(await inventory.tagSummaries('a', 'none')).toEqual({ tags: [] });
});
