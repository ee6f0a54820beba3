import { expect, test } from 'vitest';
import { emptyInventory, imageFacts } from '../../support/inventory.ts';

const at = (time: string) => Date.parse(time);
const built = (digest: string, created: string) => ({ ...imageFacts(digest, {}), created });

test('behind a day are the tags that moved on it, and those whose image was pushed or built on it, in UTC', async () => {
  const inventory = await emptyInventory();
  const tagged = (name: string, digest: string) => [{ name, digest }];
  const early = at('2026-03-01T00:00:00Z');
  await inventory.tags('a', 'app', tagged('built', 'x:built'), early);
  await inventory.tags('a', 'app', tagged('zone', 'x:zone'), early);
  await inventory.tags('a', 'app', tagged('before', 'x:before'), early);
  await inventory.tags('a', 'team/web', tagged('moved', 'x:before'), early);
  await inventory.tags('a', 'team/web', tagged('pushed', 'x:pushed'), early);
  await inventory.tags('b', 'app', tagged('elsewhere', 'x:built'), early);
  await inventory.manifests(
    'a',
    'app',
    [
      built('x:built', '2026-03-05T23:59:59.5Z'),
      // Of the 5th where it was built, of the 6th in UTC.
      built('x:zone', '2026-03-05T22:00:00-08:00'),
      built('x:before', '2026-03-04T12:00:00Z'),
    ],
    early,
  );
  await inventory.tags('a', 'team/web', tagged('moved', 'x:other'), at('2026-03-05T08:00:00Z'));
  const { mediaType, kind, platforms, attested } = imageFacts('x:pushed', {});
  const listed = { digest: 'x:pushed', mediaType, kind, platforms, attested, pushed: '2026-03-05T01:00:00Z' };
  await inventory.listed('a', 'team/web', [listed], early);

  const behind = async (day: string, part: { namespace?: string; repository?: string } = {}) => {
    const asked = { scope: { registry: 'a', ...part }, day, offset: 0, limit: 10 };
    const { items, total } = await inventory.ask('dayTags', asked);
    expect(items).toHaveLength(total);
    return items.map(({ repository, tag }) => `${repository}:${tag}`);
  };
  expect(await behind('2026-03-05')).toEqual(['app:built', 'team/web:moved', 'team/web:pushed']);
  expect(await behind('2026-03-06')).toEqual(['app:zone']);
  expect(await behind('2026-03-04')).toEqual(['app:before']);
  expect(await behind('2026-03-05', { namespace: 'team' })).toEqual(['team/web:moved', 'team/web:pushed']);
  expect(await behind('2026-03-05', { repository: 'app' })).toEqual(['app:built']);
  const second = { scope: { registry: 'a' }, day: '2026-03-05', offset: 1, limit: 1 };
  expect(await inventory.ask('dayTags', second)).toEqual({
    items: [{ repository: 'team/web', tag: 'moved', digest: 'x:other' }],
    total: 3,
  });
});
