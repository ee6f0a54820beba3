import { expect, test } from 'vitest';
import type { RegistryLimits } from '../../src-main/local-registry/index.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import {
  call,
  digestOf,
  expectError,
  OCI_INDEX,
  OCI_MANIFEST,
  pushBlob,
  pushImage,
  putManifest,
  tagsOf,
} from './client.ts';

async function limited(limits: RegistryLimits) {
  const registry = await startTestRegistry({ limits });
  return { registry, ...(await pushImage(registry, 'app', 'v1')) };
}

test('delete: manifests and blobs answer 405; an upload may still be cancelled', async () => {
  const { registry, digest, layer } = await limited({ delete: false });
  for (const path of ['manifests/v1', `manifests/${digest}`, `blobs/${layer}`]) {
    expectError(await call(registry, 'DELETE', `/v2/app/${path}`), 405, 'UNSUPPORTED');
  }
  const upload = await call(registry, 'POST', '/v2/app/blobs/uploads/');
  expect((await call(registry, 'DELETE', String(upload.headers.location))).status).toBe(204);
  expect(await tagsOf(registry, 'app')).toEqual({ name: 'app', tags: ['v1'] });
});

test('deleteByTag: a tag answers 400 DIGEST_INVALID, a digest is deleted', async () => {
  const { registry, digest } = await limited({ deleteByTag: false });
  expectError(await call(registry, 'DELETE', '/v2/app/manifests/v1'), 400, 'DIGEST_INVALID');
  expect((await call(registry, 'DELETE', `/v2/app/manifests/${digest}`)).status).toBe(202);
});

test('catalog: refused with 403', async () => {
  const { registry } = await limited({ catalog: false });
  expectError(await call(registry, 'GET', '/v2/_catalog'), 403, 'DENIED');
});

test('referrers: 404, and no OCI-Subject after a push', async () => {
  const { registry, digest } = await limited({ referrers: false });
  expect((await call(registry, 'GET', `/v2/app/referrers/${digest}`)).status).toBe(404);
  const config = await pushBlob(registry, 'app', '{}');
  const subject = { mediaType: OCI_MANIFEST, digest, size: 1 };
  const put = await putManifest(registry, 'app', 'sbom', { schemaVersion: 2, config, layers: [], subject });
  expect(put.status).toBe(201);
  expect(put.headers['oci-subject']).toBeUndefined();
});

test('mount: begins an upload though the blob is there', async () => {
  const { registry, layer } = await limited({ mount: false });
  const answer = await call(registry, 'POST', `/v2/other/blobs/uploads/?mount=${layer}&from=app`);
  expect(answer.status).toBe(202);
  expect(answer.headers.location).toMatch(/^\/v2\/other\/blobs\/uploads\//);
});

test('blobs and children: a manifest is taken whatever it names', async () => {
  const { registry, digest } = await limited({ blobs: false, children: false });
  const missing = { mediaType: OCI_MANIFEST, digest: `sha256:${'1'.repeat(64)}`, size: 1 };
  const image = { schemaVersion: 2, mediaType: OCI_MANIFEST, config: missing, layers: [missing] };
  const index = { schemaVersion: 2, mediaType: OCI_INDEX, manifests: [missing, { ...missing, digest }] };
  expect((await putManifest(registry, 'app', 'v2', image)).status).toBe(201);
  expect((await putManifest(registry, 'app', 'v3', index, OCI_INDEX)).status).toBe(201);
});

test('paging: tags come all, unsorted and without Link, whatever n is', async () => {
  const { registry } = await limited({ paging: false });
  const tags = Array.from({ length: 20 }, (_, i) => `t${String(i).padStart(2, '0')}`);
  for (const tag of tags) await pushImage(registry, 'other', tag, 'same');
  const answer = await call(registry, 'GET', '/v2/other/tags/list?n=3&last=t05');
  expect(answer.headers.link).toBeUndefined();
  const listed = (answer.json() as { tags: string[] }).tags;
  expect(listed).not.toEqual(tags);
  expect([...listed].sort()).toEqual(tags);
});

test('range: the whole blob comes with 200', async () => {
  const { registry, layer } = await limited({ range: false });
  const answer = await call(registry, 'GET', `/v2/app/blobs/${layer}`, { headers: { range: 'bytes=1-1' } });
  expect(answer.status).toBe(200);
  expect(answer.headers['accept-ranges']).toBeUndefined();
  expect(digestOf(answer.bytes)).toBe(layer);
});

test('maxPage: larger pages and those without n are cut to it, and Link leads on', async () => {
  const { registry } = await limited({ maxPage: 2 });
  for (const tag of ['v2', 'v3']) await pushImage(registry, 'app', tag);
  for (const query of ['', '?n=1000']) {
    const answer = await call(registry, 'GET', `/v2/app/tags/list${query}`);
    expect(answer.json()).toEqual({ name: 'app', tags: ['v1', 'v2'] });
    expect(answer.headers.link).toBe('</v2/app/tags/list?n=2&last=v2>; rel="next"');
  }
});

test('may change while it runs; those not named stay', async () => {
  const { registry, digest } = await limited({ catalog: false, delete: false });
  registry.setLimits({ delete: true });
  expect((await call(registry, 'DELETE', `/v2/app/manifests/${digest}`)).status).toBe(202);
  expectError(await call(registry, 'GET', '/v2/_catalog'), 403, 'DENIED');
});
