import { access, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UPLOAD_PATH } from '../../../src-main/contract/browser-session.ts';
import { oldForm, tarOf } from '../../engine/content/archives.ts';
import { settingsFor } from '../../services/support/core.ts';
import { makeImage } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { startContentHost } from './content-host.ts';

async function startHost() {
  const host = await startContentHost();
  const send = (body: Buffer, headers: Record<string, string>) =>
    fetch(`${host.origin}${UPLOAD_PATH}`, { method: 'POST', body: new Uint8Array(body), headers });
  return { ...host, send };
}

test('an archive that a page sends is copied like any other, and goes when it was', async () => {
  const image = await makeImage();
  const registry = await startTestRegistry();
  const { client, core, secret, origin, send } = await startHost();
  const bytes = await tarOf(oldForm(image));
  const reply = await send(bytes, { authorization: `Bearer ${secret}`, origin });
  expect(reply.status).toBe(200);
  const { path, size }: { path: string; size: number } = await reply.json();
  expect(size).toBe(bytes.length);
  expect((await readFile(path)).equals(bytes)).toBe(true);
  const { place, names } = await client.content.recognise({ path });
  expect(names).toEqual([{ repository: 'docker.io/team/app', tag: '1.0' }]);
  const { id } = await client.accounts.add({ settings: settingsFor(registry.url), secrets: {} });
  const source = { repository: 'docker.io/team/app', reference: '1.0' };
  const target = { repository: 'team/app', tag: '1.0' };
  const plan = await client.transfers.planCopies({ source: place, target: id, copies: [{ source, target }] });
  expect(plan.subject).toMatchObject({ source: { content: place } });
  const { operationId } = await client.plans.start({ planId: plan.id });
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  expect(
    registry.requests.some(({ method, path: at }) => method === 'PUT' && at.includes('manifests/1.0')),
  ).toBe(true);
  await expect
    .poll(() =>
      access(path).then(
        () => true,
        () => false,
      ),
    )
    .toBe(false);
});

test('what another origin or another session sends is not read', async () => {
  const { secret, origin, send } = await startHost();
  const bytes = Buffer.from('x');
  const authorization = `Bearer ${secret}`;
  expect((await send(bytes, { origin })).status).toBe(401);
  expect((await send(bytes, { authorization: 'Bearer wrong', origin })).status).toBe(401);
  expect((await send(bytes, { authorization, origin: 'http://evil.test' })).status).toBe(403);
  expect((await send(bytes, { authorization })).status).toBe(403);
  const elsewhere = await fetch(`${origin}/other`, {
    method: 'POST',
    body: 'x',
    headers: { authorization, origin },
  });
  expect(elsewhere.status).toBe(405);
});

test('nothing is left of an upload that was cut', async () => {
  const { core, secret, origin } = await startHost();
  const { path } = await core.content.receive((async function* () {})());
  const folder = join(path, '..');
  const { readdir } = await import('node:fs/promises');
  const before = await readdir(folder);
  const sent = request(`${origin}${UPLOAD_PATH}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, origin, 'content-length': '1000' },
  });
  sent.on('error', () => {});
  sent.write('only this');
  await expect.poll(async () => (await readdir(folder)).length).toBe(before.length + 1);
  sent.destroy();
  await expect.poll(() => readdir(folder)).toEqual(before);
});
