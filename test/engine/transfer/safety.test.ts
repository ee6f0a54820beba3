import { expect, test } from 'vitest';
import {
  type Credentials,
  clientReader,
  planTransfer,
  RegistryContent,
  type RegistryError,
  type RegistryOptions,
  type TransferItem,
} from '../../../src-main/engine/index.ts';
import {
  descriptor,
  makeImage,
  manifestOf,
  mediaTypes,
  sha256,
  type TestManifest,
} from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { clientOf, type Routes, startServer, type TestServer } from '../../support/server.ts';
import { expectWhole, lines, matching, plan, requestsFor, run, statusOf } from './transferring.ts';

/** What a hostile registry at one end of a transfer may try on the other end, or on whoever stands between. */
const requests = requestsFor(['app', '1']);
const TAG = '/v2/from/app/manifests/1';

/** A source whose tag is these bytes, at every digest too. */
function lyingSource(body: Buffer, mediaType: string, more: Routes = {}): Promise<TestServer> {
  const served = { headers: { 'content-type': mediaType, 'docker-content-digest': sha256(body) }, body };
  return startServer({
    [`HEAD ${TAG}`]: served,
    [`GET ${TAG}`]: served,
    [`GET /v2/from/app/manifests/${sha256(body)}`]: served,
    ...more,
  });
}

/** The error of the one item, of which the target must have seen nothing but the question for its tag. */
async function refusal(source: { url: string }): Promise<RegistryError | undefined> {
  const target = await startTestRegistry();
  const [item] = (await plan(source, target, requests)).items;
  expect(item?.verdict).toBe('refused');
  expect(lines(target)).toEqual(['HEAD /v2/to/app/manifests/1']);
  return item?.error;
}

const json = (document: object): Buffer => Buffer.from(JSON.stringify(document));
const config = { mediaType: mediaTypes.oci.config, digest: sha256('{}'), size: 2 };

test('CVE-2020-15157: a transfer neither asks the foreign URL of a layer nor sends the layer', async () => {
  const attacker = await startServer({});
  const image = await makeImage({ family: 'docker' });
  const [own] = image.blobs;
  if (!own) throw new Error('an image has a config');
  const layer = {
    mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
    digest: sha256('elsewhere'),
    size: 9,
    urls: [`${attacker.url}/layer`],
  };
  const foreign = manifestOf(
    { schemaVersion: 2, mediaType: image.mediaType, config: descriptor(own), layers: [layer] },
    [own],
  );
  const [source, target] = [await startTestRegistry(), await startTestRegistry()];
  await push(foreign, source, 'from/app', '1');
  const { outcomes } = await run(await plan(source, target, requests));
  expect([...outcomes.values()]).toEqual([{ kind: 'copied' }]);
  await expectWhole(target, 'to/app', '1', foreign);
  expect([source, target].flatMap((registry) => matching(registry, new RegExp(layer.digest)))).toEqual([]);
  expect(attacker.seen).toEqual([]);
});

test('CVE-2021-41190: a manifest that is an image and an index is not carried over', async () => {
  const both = json({ schemaVersion: 2, mediaType: mediaTypes.oci.index, manifests: [], config, layers: [] });
  const source = await lyingSource(both, mediaTypes.oci.index);
  expect(await refusal(source)).toMatchObject({ code: 'invalidResponse', side: 'source' });
});

test.each(['sha256:../../../admin', `sha256:${'0'.repeat(63)}`, 'sha256', `sha256:${'0'.repeat(64)}/../x`])(
  'CVE-2024-3727: a layer called %s is asked for nowhere',
  async (digest) => {
    const layers = [{ mediaType: mediaTypes.oci.layer, digest, size: 1 }];
    const image = json({ schemaVersion: 2, mediaType: mediaTypes.oci.manifest, config, layers });
    const source = await lyingSource(image, mediaTypes.oci.manifest);
    expect(await refusal(source)).toMatchObject({ code: 'invalidResponse', side: 'source' });
    expect(source.seen.every(({ url }) => url.startsWith('/v2/from/app/manifests/'))).toBe(true);
  },
);

test('CVE-2025-24882: a source pinned by digest that gives something else is not carried over', async () => {
  const pinned = sha256('what was reviewed');
  const image = await makeImage();
  const served = {
    headers: { 'content-type': image.mediaType, 'docker-content-digest': pinned },
    body: image.bytes,
  };
  const source = await startServer({ [`GET /v2/from/app/manifests/${pinned}`]: served });
  const target = await startTestRegistry();
  const [request] = requests;
  if (!request) throw new Error('there is a request');
  const byDigest = { ...request, source: { ...request.source, reference: pinned } };
  expect((await plan(source, target, [byDigest])).items).toMatchObject([
    { verdict: 'refused', error: { code: 'digestMismatch', side: 'source' } },
  ]);
  expect(matching(target, /^(POST|PUT|PATCH)/)).toEqual([]);
});

test('CVE-2020-1702: a manifest of 9 MiB is not read, and one of 5 MiB not written', async () => {
  const padded = (size: number): Buffer => {
    const image = { schemaVersion: 2, mediaType: mediaTypes.oci.manifest, config, layers: [] };
    return json({ ...image, annotations: { padding: 'x'.repeat(size) } });
  };
  const large = await lyingSource(padded(9 * 1024 * 1024), mediaTypes.oci.manifest);
  expect(await refusal(large)).toMatchObject({ code: 'tooLarge', side: 'source' });
  const source = await lyingSource(padded(5 * 1024 * 1024), mediaTypes.oci.manifest, {
    [`GET /v2/from/app/blobs/${config.digest}`]: { body: '{}' },
  });
  const target = await startTestRegistry();
  const { outcomes } = await run(await plan(source, target, requests));
  expect([...outcomes.values()]).toMatchObject([{ kind: 'failed', error: { code: 'tooLargeToSend' } }]);
  expect(await statusOf(target, '/v2/to/app/manifests/1')).toBe(404);
});

test('GHSA-f36w-mj3v-6jqv: a layer of four petabytes, as its manifest says, sends and keeps nothing', async () => {
  const layer = { mediaType: mediaTypes.oci.layer, digest: sha256('small'), size: 2 ** 52 };
  const image = json({ schemaVersion: 2, mediaType: mediaTypes.oci.manifest, config, layers: [layer] });
  const source = await lyingSource(image, mediaTypes.oci.manifest, {
    [`GET /v2/from/app/blobs/${config.digest}`]: { body: '{}' },
    [`GET /v2/from/app/blobs/${layer.digest}`]: { body: 'small' },
  });
  const target = await startTestRegistry();
  const before = process.memoryUsage().rss;
  const { outcomes } = await run(await plan(source, target, requests));
  expect([...outcomes.values()]).toMatchObject([
    { kind: 'failed', error: { code: 'digestMismatch', side: 'source' } },
  ]);
  expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 * 1024);
  expect(await statusOf(target, `/v2/to/app/blobs/${layer.digest}`)).toBe(404);
  expect(await statusOf(target, '/v2/to/app/manifests/1')).toBe(404);
});

test('GHSA-8xcm-r25x-g524: an upload tried again gets the bytes of its own place, whatever was cut before', async () => {
  const image = await makeImage({ layers: { base: 700_000, app: 300_000 } });
  const [source, target] = [await startTestRegistry(), await startTestRegistry()];
  await push(image, source, 'from/app', '1');
  const isPut = { method: 'PUT', path: /uploads/ } as const;
  source.inject({ kind: 'truncate', afterBytes: 90_000, when: { method: 'GET', path: /blobs/, times: 5 } });
  target.inject({ kind: 'reset', afterBytes: 200_000, when: { ...isPut, times: 3 } });
  // Of one of them the session is lost too, so that all of it has to come again.
  target.inject({ kind: 'status', status: 404, when: { method: 'GET', path: /uploads/, times: 1 } });
  const { outcomes } = await run(await plan(source, target, requests));
  expect([...outcomes.values()]).toEqual([{ kind: 'copied' }]);
  await expectWhole(target, 'to/app', '1', image);
});

/** Each side has a password of its own, and no one but that side may see it. */
const PASSWORDS = { source: 'password-of-the-source', target: 'password-of-the-target' } as const;
const credentialsOf = (side: keyof typeof PASSWORDS): Credentials => ({
  kind: 'password',
  username: 'ann',
  password: PASSWORDS[side],
});

/** Tells everybody who comes without a password to bring one. */
function guarded(routes: Routes): Routes {
  const challenge = { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } };
  return Object.fromEntries(
    Object.entries(routes).map(([line, route]): [string, Routes[string]] => [
      line,
      (seen, response) => {
        if (!seen.headers.authorization) return challenge;
        return typeof route === 'function' ? route(seen, response) : route;
      },
    ]),
  );
}

function sideWith(server: TestServer, options: Partial<RegistryOptions>): RegistryContent {
  const client = clientOf(server, options);
  return new RegistryContent(client, clientReader(client));
}

function passwordsSeenBy({ seen }: TestServer): string[] {
  const words = seen.map(({ headers, url, body }) => `${JSON.stringify(headers)} ${url} ${body}`).join('\n');
  return Object.values(PASSWORDS).filter((password) =>
    [password, Buffer.from(`ann:${password}`).toString('base64')].some((word) => words.includes(word)),
  );
}

interface Guarded {
  source: TestServer;
  image: TestManifest;
  /** Where the source keeps its blobs: another port. */
  storage: TestServer;
}

/** A source that sends whoever wants a blob to its storage. */
async function startGuardedSource(): Promise<Guarded> {
  const image = await makeImage();
  const served = {
    headers: { 'content-type': image.mediaType, 'docker-content-digest': image.digest },
    body: image.bytes,
  };
  const storage = await startServer(
    Object.fromEntries(image.blobs.map(({ digest, bytes }) => [`GET /${digest}`, { body: bytes }])),
  );
  const blobs = image.blobs.map(({ digest }): [string, Routes[string]] => [
    `GET /v2/from/app/blobs/${digest}`,
    { status: 307, headers: { location: `${storage.url}/${digest}?X-Amz-Signature=secret` } },
  ]);
  const manifests = { [`HEAD ${TAG}`]: served, [`GET /v2/from/app/manifests/${image.digest}`]: served };
  const source = await startServer(guarded({ ...manifests, ...Object.fromEntries(blobs) }));
  return { source, image, storage };
}

const ABSENT = { status: 404 };

test('transfer-21, GHSA-vh4v-2xq2-g5cg, CVE-2026-50151: each side of a transfer gets its own password, storage and upload locations none', async () => {
  const { source, image, storage } = await startGuardedSource();
  const received = new Map<string, Buffer>();
  const uploads = await startServer({
    'PUT /session': ({ url, body }) => {
      received.set(new URL(url, 'http://x').searchParams.get('digest') ?? '', body);
      return { status: 201 };
    },
  });
  const target = await startServer(
    guarded({
      'HEAD *': ABSENT,
      'POST /v2/to/app/blobs/uploads/': {
        status: 202,
        headers: { location: `${uploads.url}/session?sig=secret` },
      },
      'PUT /v2/to/app/manifests/1': { status: 201, headers: { 'docker-content-digest': image.digest } },
    }),
  );
  const from = { credentials: credentialsOf('source'), approvedHosts: [storage.host] };
  const to = { credentials: credentialsOf('target'), approvedHosts: [uploads.host] };
  const planned = await planTransfer(sideWith(source, from), sideWith(target, to), requests, {
    sameRegistry: false,
  });
  const { outcomes } = await run(planned);
  expect([...outcomes.values()]).toEqual([{ kind: 'copied' }]);
  for (const { digest, bytes } of image.blobs) expect(received.get(digest)?.equals(bytes)).toBe(true);
  expect(passwordsSeenBy(source)).toEqual([PASSWORDS.source]);
  expect(passwordsSeenBy(target)).toEqual([PASSWORDS.target]);
  for (const elsewhere of [storage, uploads]) {
    expect(passwordsSeenBy(elsewhere)).toEqual([]);
    expect(elsewhere.seen.length).toBeGreaterThan(0);
    for (const { headers } of elsewhere.seen) expect(headers).not.toHaveProperty('authorization');
  }
});

test('transfer-22: storage and upload locations on private addresses that no one approved get no connection', async () => {
  const { source, storage } = await startGuardedSource();
  const target = await startTestRegistry();
  const from = sideWith(source, { credentials: credentialsOf('source') });
  const plain = clientOf(target);
  const to = new RegistryContent(plain, clientReader(plain));
  const { outcomes } = await run(await planTransfer(from, to, requests, { sameRegistry: false }));
  expect([...outcomes.values()]).toMatchObject([
    { kind: 'failed', error: { code: 'addressRefused', side: 'source' } },
  ]);
  expect(storage.seen).toEqual([]);
});

test('CVE-2026-48978: a target whose token service is an attacker gets no password of either side', async () => {
  const attacker = await startServer({
    'GET /token': { body: { token: 'x' } },
    'POST /token': { body: { token: 'x' } },
  });
  const { source } = await startGuardedSource();
  const target = await startServer({
    'HEAD *': {
      status: 401,
      headers: { 'www-authenticate': `Bearer realm="${attacker.url}/token",service="x"` },
    },
  });
  const planned = await planTransfer(
    sideWith(source, { credentials: credentialsOf('source') }),
    sideWith(target, { credentials: credentialsOf('target') }),
    requests,
    { sameRegistry: false },
  );
  expect(
    planned.items.map(({ verdict, error }: TransferItem) => [verdict, error?.code, error?.side]),
  ).toEqual([['refused', 'addressRefused', 'target']]);
  expect(attacker.seen).toEqual([]);
});
