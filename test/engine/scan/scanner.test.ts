import { expect, test } from 'vitest';
import { type ManifestFacts, type ScanNotes, Scanner } from '../../../src-main/engine/index.ts';
import { descriptor, makeArtifact, mediaTypes } from '../../support/images.ts';
import { registryOf } from '../../support/registry.ts';
import { type Answer, clientOf, startServer } from '../../support/server.ts';

test('manifests of which each is listed as attached to all others are read once each', async () => {
  const artifacts = Array.from({ length: 12 }, (_, at) => makeArtifact({ content: Buffer.from(`${at}`) }));
  const answer = (body: Buffer | string, type: string): Answer => ({
    headers: { 'content-type': type },
    body,
  });
  const all = JSON.stringify({
    schemaVersion: 2,
    mediaType: mediaTypes.oci.index,
    manifests: artifacts.map((artifact) => descriptor(artifact)),
  });
  const routes: Record<string, Answer> = {
    'GET /v2/': { body: '{}' },
    'GET /v2/a/tags/list': answer('{"name":"a","tags":["v1"]}', 'application/json'),
  };
  for (const { digest, bytes, mediaType } of artifacts) {
    routes[`GET /v2/a/manifests/${digest}`] = answer(bytes, mediaType);
    routes['GET /v2/a/manifests/v1'] = answer(bytes, mediaType);
    routes[`GET /v2/a/referrers/${digest}`] = answer(all, mediaTypes.oci.index);
  }
  const server = await startServer(routes);
  const read: string[] = [];
  const notes: ScanNotes = {
    asked: () => undefined,
    received: () => undefined,
    names: async () => undefined,
    listed: async () => undefined,
    tag: async () => undefined,
    known: () => undefined,
    unchanged: async () => undefined,
    manifest: async ({ digest }: ManifestFacts) => void read.push(digest),
    config: async () => undefined,
    configFailed: async () => undefined,
    missing: async () => undefined,
    failed: async (_, error) => {
      throw error;
    },
  };
  const known = { tags: async () => new Map(), unread: async () => [], undated: async () => [] };
  const { signal } = new AbortController();
  const scanner = new Scanner(await registryOf(clientOf(server)), {
    ...{ concurrency: 4, readManifests: true, dates: false, signal },
  });
  expect(await scanner.repository({ name: 'a', known, notes })).toBe(true);
  expect(new Set(read)).toEqual(new Set(artifacts.map(({ digest }) => digest)));
  // The tag's own may come again below itself.
  expect(read.length).toBeLessThanOrEqual(artifacts.length + 1);
});

test('a tag that was looked at since the scan began is not asked for, and not noted as looked at once more', async () => {
  const server = await startServer({
    'GET /v2/': { body: '{}' },
    'GET /v2/a/tags/list': {
      body: '{"name":"a","tags":["v1"]}',
      headers: { 'content-type': 'application/json' },
    },
  });
  const noted: string[] = [];
  const notes = new Proxy({} as ScanNotes, {
    get: (_, name) => (name === 'known' ? () => noted.push('known') : async () => noted.push(String(name))),
  });
  const known = {
    tags: async () => new Map([['v1', { digest: `sha256:${'a'.repeat(64)}`, fresh: true }]]),
    unread: async () => [],
    undated: async () => [],
  };
  const { signal } = new AbortController();
  const scanner = new Scanner(await registryOf(clientOf(server)), {
    ...{ concurrency: 4, readManifests: true, dates: false, signal },
  });
  expect(await scanner.repository({ name: 'a', known, notes })).toBe(true);
  expect(noted).toEqual(['asked', 'names', 'known']);
});
