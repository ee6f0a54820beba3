import { expect, test } from 'vitest';
import { getManifest, headManifest, type RegistryClient } from '../../../src-main/engine/index.ts';
import { makeImage } from '../../support/images.ts';
import { clientOf, failureOf, startServer, type TestServer } from '../../support/server.ts';

interface Counting extends TestServer {
  left: number;
}

/** Counts GETs of manifests down from `left`, as Docker Hub does, and answers 429 when none is left; `window` 0 is not reported. */
async function startCounting(left: number, { limit = 100, window = 21600 } = {}): Promise<Counting> {
  const image = await makeImage();
  const state = { left };
  const answer = (counted: boolean) => (): object => {
    if (counted && state.left === 0) return { status: 429 };
    if (counted) state.left -= 1;
    const width = window === 0 ? '' : `;w=${window}`;
    return {
      headers: {
        'content-type': image.mediaType,
        'docker-content-digest': image.digest,
        'ratelimit-limit': `${limit}${width}`,
        'ratelimit-remaining': `${state.left}${width}`,
      },
      body: image.bytes,
    };
  };
  const server = await startServer({
    'GET /v2/a/manifests/1': answer(true),
    'HEAD /v2/a/manifests/1': answer(false),
  });
  return Object.assign(state, server);
}

const pull = (client: RegistryClient): Promise<unknown> => getManifest(client, 'a', '1');

test('transfer-10: work stops before the pulls that a registry counts run out, and says when they are back', async () => {
  const registry = await startCounting(8);
  const client = clientOf(registry);
  for (let round = 0; round < 3; round++) await pull(client);
  const failure = await failureOf(pull(client));
  expect(failure).toMatchObject({
    code: 'rateLimited',
    request: `GET ${registry.url}/v2/a/manifests/1`,
    reason: expect.stringMatching(/^5 of 100 pulls are left.* in 6 h 0 min at the latest\.$/),
  });
  expect(failure).toHaveProperty('retryAfter', 21600);
  expect(registry.left).toBe(5);
  expect(registry.seen).toHaveLength(3);
});

test('transfer-10: many pulls at once do not use the reserve either', async () => {
  const registry = await startCounting(20);
  const client = clientOf(registry, { requestConcurrency: 16 });
  await headManifest(client, 'a', '1');
  const outcomes = await Promise.allSettled(Array.from({ length: 60 }, () => pull(client)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(15);
  expect(registry.left).toBe(5);
});

test('transfer-10: a user who waits for an image may use the reserve', async () => {
  const registry = await startCounting(5);
  const client = clientOf(registry);
  await headManifest(client, 'a', '1');
  await expect(pull(client)).rejects.toMatchObject({ code: 'rateLimited' });
  await getManifest(client, 'a', '1', { urgent: true });
  expect(registry.left).toBe(4);
});

test('transfer-10: HEADs are not counted, and report when there are pulls again', async () => {
  const registry = await startCounting(2);
  const client = clientOf(registry);
  await headManifest(client, 'a', '1');
  await expect(pull(client)).rejects.toMatchObject({ code: 'rateLimited' });
  registry.left = 90;
  await headManifest(client, 'a', '1');
  await pull(client);
  expect(client.rateLimit()).toEqual({ limit: 100, remaining: 89, windowSeconds: 21600 });
});

test('transfer-10: a short window is waited for', async () => {
  const registry = await startCounting(1, { limit: 10, window: 1 });
  const client = clientOf(registry);
  await headManifest(client, 'a', '1');
  const started = performance.now();
  await pull(client);
  expect(performance.now() - started).toBeGreaterThan(900);
});

test('transfer-10: pulls are counted for each account, over all its clients', async () => {
  const registry = await startCounting(3);
  await headManifest(clientOf(registry), 'a', '1');
  await expect(pull(clientOf(registry))).rejects.toMatchObject({ code: 'rateLimited' });
  await pull(clientOf(registry, { credentials: { kind: 'password', username: 'ann', password: 'secret' } }));
});

test('transfer-10: a count without its window stops nothing', async () => {
  const registry = await startCounting(2, { window: 0 });
  const client = clientOf(registry);
  await pull(client);
  await pull(client);
  expect(registry.left).toBe(0);
});
