import { access, readFile, stat, writeFile } from 'node:fs/promises';
import { get, request } from 'node:http';
import { basename, dirname } from 'node:path';
import { expect, test, vi } from 'vitest';
import { DOWNLOAD_PATH } from '../../../src-main/contract/browser-session.ts';
import { Downloads } from '../../../src-main/services/content/downloads.ts';
import { TemporaryFolder } from '../../../src-main/services/content/temporary.ts';
import { settingsFor } from '../../services/support/core.ts';
import { whenFinished } from '../../support/cleanup.ts';
import { makeImage } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { startContentHost } from './content-host.ts';

const isThere = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

/** A host with one archive in it that can be downloaded. */
async function withArchive(bytes: Buffer) {
  const host = await startContentHost();
  const { path } = await host.client.content.prepareDownload({ name: 'app-1.0.tar' });
  expect(await host.client.content.downloads()).toEqual([]);
  await writeFile(path, bytes);
  const [ready] = await host.client.content.downloads();
  const url = `${host.origin}${DOWNLOAD_PATH}${ready?.ticket}`;
  return { ...host, path, url };
}

/** Fetch sets the headers of fetch metadata and `Host` itself. */
function statusWith(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
}

test('an image is saved for a browser, downloaded once by its ticket, and gone then', async () => {
  const registry = await startTestRegistry();
  await push(await makeImage(), registry, 'team/app', '1.0');
  const { client, core, origin } = await startContentHost();
  const { id } = await client.accounts.add({ settings: settingsFor(registry.url), secrets: {} });
  const { path } = await client.content.prepareDownload({ name: 'app-1.0.tar' });
  expect(basename(path)).toBe('app-1.0.tar');
  expect((await stat(dirname(path))).mode & 0o077).toBe(0);
  const plan = await client.transfers.planCopies({
    source: id,
    target: { kind: 'ociArchive', path },
    copies: [
      {
        source: { repository: 'team/app', reference: '1.0' },
        target: { repository: '', tag: '1.0' },
      },
    ],
  });
  const { operationId } = await client.plans.start({ planId: plan.id });
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  const bytes = await readFile(path);
  const [ready, ...others] = await client.content.downloads();
  expect({ path: ready?.path, others }).toEqual({ path, others: [] });
  // Whoever reads the history does not know how to load it.
  expect(path).not.toContain(ready?.ticket);

  const reply = await fetch(`${origin}${DOWNLOAD_PATH}${ready?.ticket}`);
  expect(reply.status).toBe(200);
  expect(reply.headers.get('content-disposition')).toBe('attachment; filename="app-1.0.tar"');
  expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
  expect(reply.headers.get('cache-control')).toBe('no-store');
  expect(Buffer.from(await reply.arrayBuffer()).equals(bytes)).toBe(true);
  await expect.poll(() => isThere(dirname(path))).toBe(false);
  expect(await client.content.downloads()).toEqual([]);
  expect((await fetch(`${origin}${DOWNLOAD_PATH}${ready?.ticket}`)).status).toBe(404);
});

test('without its ticket, for another page or by another name nothing is sent, and it stays', async () => {
  const { origin, path, url } = await withArchive(Buffer.from('an archive'));
  for (const ticket of ['', 'wrong', '..%2Fapp-1.0.tar', encodeURIComponent(path)])
    expect((await fetch(`${origin}${DOWNLOAD_PATH}${ticket}`)).status).toBe(404);
  expect(await statusWith(url, { origin: 'http://evil.test' })).toBe(403);
  expect(await statusWith(url, { 'sec-fetch-site': 'cross-site' })).toBe(403);
  // A page of another port of this machine.
  expect(await statusWith(url, { 'sec-fetch-site': 'same-site' })).toBe(403);
  expect(await statusWith(url, { host: 'rebound.test' })).toBe(421);
  expect((await fetch(url, { method: 'HEAD' })).status).toBe(404);
  expect((await fetch(url, { method: 'POST', headers: { origin } })).status).toBe(405);
  expect(await isThere(path)).toBe(true);
  expect(await statusWith(url, { 'sec-fetch-site': 'same-origin' })).toBe(200);
  await expect.poll(() => isThere(path)).toBe(false);
});

test('a name that is no plain one is refused', async () => {
  const { client } = await startContentHost();
  for (const name of ['../app.tar', 'a/b.tar', 'a"b.tar', '.tar', 'a\r\nb', ''])
    await expect(client.content.prepareDownload({ name })).rejects.toMatchObject({
      data: { code: 'invalidInput' },
    });
});

test('a download that was cut can be begun again', async () => {
  const { client, path, url } = await withArchive(Buffer.alloc(64 * 1024 * 1024, 'x'));
  const cut = request(url, (response) => response.once('data', () => response.destroy()));
  cut.on('error', () => {});
  const closed = new Promise((resolve) => cut.once('close', resolve));
  cut.end();
  await closed;
  expect(await client.content.downloads()).toHaveLength(1);
  const reply = await fetch(url);
  expect((await reply.arrayBuffer()).byteLength).toBe(64 * 1024 * 1024);
  await expect.poll(() => isThere(path)).toBe(false);
});

test('what nobody downloads goes after an hour, counted from the end of the operation that wrote it', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  whenFinished(() => void vi.useRealTimers());
  const temporary = new TemporaryFolder(await temporaryFolder());
  const downloads = new Downloads(temporary);
  whenFinished(async () => {
    downloads.close();
    await temporary.close();
  });
  const path = await downloads.prepare('app.tar');
  await writeFile(path, 'an archive');
  const release = downloads.lease({ kind: 'ociArchive', path });
  vi.advanceTimersByTime(3 * 60 * 60_000);
  expect(await downloads.ready()).toHaveLength(1);
  release();
  vi.advanceTimersByTime(59 * 60_000);
  expect(await downloads.ready()).toHaveLength(1);
  vi.advanceTimersByTime(2 * 60_000);
  expect(await downloads.ready()).toEqual([]);
  await expect.poll(() => isThere(dirname(path))).toBe(false);
});
