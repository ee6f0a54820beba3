import { expect, test, vi } from 'vitest';
import { HUB_SIGN_INS, startDockerHub } from '../../support/docker-hub.ts';
import { makeImage, makeMultiPlatform } from '../../support/images.ts';
import { settingsFor, testCore } from '../support/core.ts';
import { bytesOf, inventoryOf } from '../support/inventory.ts';

// On a busy machine threads and the inventory take a while to start.
vi.setConfig({ testTimeout: 60_000 });

test('a scan of Docker Hub takes tags, sizes and dates from its API; manifests are a second step that says what it costs', async () => {
  const { hub, reach } = await startDockerHub();
  const [image, index] = [await makeImage(), await makeMultiPlatform()];
  hub.push('ann/app', '1', image);
  hub.push('ann/app', 'latest', index);
  const core = await testCore();
  const { username, password } = HUB_SIGN_INS.person;
  const settings = settingsFor(reach.url, { ...reach, signIn: { kind: 'password', username } });
  const account = await core.accounts.add(settings, { password });
  const handle = await core.accounts.handle(account.id);
  const inventory = inventoryOf(core);
  const scanned = async (readManifests: boolean) => {
    const { scanId } = await core.inventory.scan(handle, { readManifests, dates: true });
    return await core.inventory.finished(scanId);
  };
  const first = await scanned(false);
  expect(first).toMatchObject({ status: 'done', tags: { done: 2, total: 2 }, unread: 0 });
  expect(hub.pulls).toBe(0);
  expect(await inventory.summaries(account.id, 'ann/app', ['1', 'latest'])).toMatchObject([
    { kind: 'image', estimated: true, size: bytesOf(image) - image.bytes.length },
    { kind: 'index', estimated: true },
  ]);
  const { tags } = await inventory.candidates(account.id, 'ann/app');
  expect(tags.map(({ pushed }) => pushed)).toEqual(Array(2).fill('2026-01-02T03:04:05.678901Z'));

  const second = await scanned(true);
  expect(second).toMatchObject({ status: 'done', unread: 0 });
  expect(hub.pulls).toBe(first.costsPulls);
  expect(await inventory.ask('summary', { registry: account.id })).toMatchObject({
    uniqueBytes: bytesOf(image, index),
    known: { complete: true, unread: 0 },
  });
  await scanned(true);
  expect(hub.pulls).toBe(first.costsPulls);
});
