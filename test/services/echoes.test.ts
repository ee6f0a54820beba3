import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { failureOf as asData } from '../../src-main/services/index.ts';
import { makeImage, sha256 } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { push } from '../support/push.ts';
import { failureOf, type Seen, startServer } from '../support/server.ts';
import { addAccount, all, settingsFor, testCore } from './support/core.ts';
import { planCopy } from './support/plans.ts';

const password = 'correct-horse-Battery';
const token = 'opaque-Token-0123456789';
const pair = Buffer.from(`ann:${password}`).toString('base64');
const secrets = [password, token, pair];
const echo = secrets.join(' ');
const manifest = { schemaVersion: 2, config: {}, layers: [] };

/** Asks for a token, and echoes what it was sent in every header and text it has. */
const echoing = (routes: Record<string, object>) => ({
  'GET /token': { body: { token } },
  'GET /v2/': { body: {} },
  ...Object.fromEntries(
    Object.entries(routes).map(([line, answer]) => [
      line,
      (seen: Seen) =>
        seen.headers.authorization
          ? answer
          : {
              status: 401,
              headers: { 'www-authenticate': `Bearer realm="http://${seen.headers.host}/token",service="s"` },
            },
    ]),
  ),
});

async function filesOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')));
  return texts.join('\n').toLowerCase();
}

function expectNone(text: string): void {
  for (const secret of [...secrets, encodeURIComponent(password)])
    expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
}

test('S10: what a registry echoes of a sign-in is in no failure and in no file', async () => {
  const words = { errors: [{ code: `X ${echo}`, message: `no ${echo}`, detail: echo }] };
  const odd = { body: manifest, headers: { 'content-type': `application/vnd.${token}+json` } };
  const image = await makeImage();
  const registry = await startServer(
    echoing({
      'HEAD /v2/to/manifests/1': { status: 404 },
      [`HEAD /v2/to/manifests/${image.digest}`]: { status: 404 },
      ...Object.fromEntries(
        image.blobs.map(({ digest }) => [`HEAD /v2/to/blobs/${digest}`, { status: 404 }]),
      ),
      'POST /v2/to/blobs/uploads/': { status: 403, body: words },
      [`GET /v2/e/manifests/${sha256(JSON.stringify(manifest))}`]: odd,
      'GET /v2/a/tags/list': { status: 403, body: words },
      'GET /v2/b/tags/list': {
        status: 307,
        headers: { location: `https://x.test/${password}/${token}?${pair}` },
      },
      'GET /v2/c/tags/list': {
        body: { tags: ['1'] },
        headers: { link: `<https://${token}.test/?p=${pair}>; rel="next"` },
      },
      'GET /v2/d/tags/list': { body: 'x', headers: { 'content-type': `text/${password}` } },
      'HEAD /v2/e/manifests/1': { status: 405 },
      'GET /v2/e/manifests/1': {
        body: manifest,
        headers: { 'content-type': `application/vnd.${token}+json` },
      },
      'HEAD /v2/f/manifests/1': { status: 405 },
      'GET /v2/f/manifests/1': { status: 500, headers: { 'docker-content-digest': echo }, body: echo },
      'HEAD /v2/a/manifests/1': { status: 405 },
      'GET /v2/a/manifests/1': { status: 403, body: words },
    }),
  );
  const core = await testCore();
  const settings = settingsFor(registry.url, { signIn: { kind: 'password', username: 'ann' } });
  const { id } = await core.accounts.add(settings, { password });
  const handle = await core.accounts.handle(id);
  const failures = [];
  for (const repository of ['a', 'b', 'c', 'd'])
    failures.push(asData(await failureOf(all(core.catalog.tags(handle, repository)))));
  for (const repository of ['e', 'f'])
    failures.push(...(await all(core.catalog.tagDetails(handle, repository, ['1']))));
  expect(failures.map((failure) => ('code' in failure ? failure.code : 'details'))).toHaveLength(6);
  expect(JSON.stringify(failures)).toContain('***');
  expectNone(JSON.stringify(failures));

  const source = await startTestRegistry();
  await push(image, source, 'from', '1');
  const plan = await planCopy(
    core,
    {
      registry: await core.accounts.handle((await addAccount(core, source)).id),
      repository: 'from',
      reference: '1',
    },
    { registry: handle, repository: 'to', tag: '1' },
  );
  const { operationId } = await core.plans.start(plan.id);
  const operation = await core.operations.finished(operationId);
  expect(operation).toMatchObject({
    status: 'failed',
    failure: { code: 'denied', reason: 'no *** *** ***' },
  });
  expectNone(JSON.stringify(operation));
  await core.close();
  expectNone(await filesOf(core.home));
});
