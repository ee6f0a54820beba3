import { expect, test } from 'vitest';
import { getManifest, headManifest, listTags } from '../../src-main/engine/index.ts';
import { makeImage } from './images.ts';
import { startOddRegistry } from './odd-registry.ts';
import { push } from './push.ts';
import { clientOf, collect } from './server.ts';

test('an odd registry is ordinary but for its oddity, for reading and for writing', async () => {
  const registry = await startOddRegistry(async (seen, ordinary) =>
    seen.url.includes('/tags/list') ? { body: { tags: ['odd'] } } : await ordinary(),
  );
  const image = await makeImage();
  await push(image, registry, 'team/app', 'v1');
  const client = clientOf(registry);
  const { digest, size } = await headManifest(client, 'team/app', 'v1');
  expect({ digest, size }).toEqual({ digest: image.digest, size: image.bytes.length });
  expect(Buffer.from((await getManifest(client, 'team/app', 'v1')).bytes)).toEqual(image.bytes);
  expect(await collect(listTags(client, 'team/app'))).toEqual(['odd']);
  expect(registry.behind.requests.length).toBeGreaterThan(0);
});
