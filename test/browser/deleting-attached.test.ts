import { expect, test } from 'vitest';
import { makeArtifact, makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { type OddRegistry, startOddRegistry } from '../support/odd-registry.ts';
import { addAccount, places, store, tagsOf } from './fixtures.ts';
import { openApp, openBrowser, shown, typeName, workOf } from './harness.ts';

const LET_IN = 'Bearer let-in';
const CHALLENGE = { 'www-authenticate': 'Bearer realm="/oauth2/token",service="harbour.azurecr.io"' };

/** Like Azure's: recognised by its token service, and whatever refers to a manifest goes along with it. */
async function startAzure(): Promise<OddRegistry> {
  const registry = await startOddRegistry(async ({ method, url, headers }, ordinary) => {
    if (url.startsWith('/oauth2/token')) return { body: { access_token: 'let-in' } };
    if (headers.authorization !== LET_IN) return { status: 401, headers: CHALLENGE };
    const [, name, digest] = /^\/v2\/(.+)\/manifests\/(sha256:.+)$/.exec(url) ?? [];
    if (method === 'DELETE' && name !== undefined && digest !== undefined)
      for (const attached of await referrersOf(registry, name, digest))
        await fetch(`${registry.behind.url}/v2/${name}/manifests/${attached}`, { method: 'DELETE' });
    return ordinary();
  });
  return registry;
}

async function referrersOf({ behind }: OddRegistry, name: string, digest: string): Promise<string[]> {
  const reply = await fetch(`${behind.url}/v2/${name}/referrers/${digest}`);
  if (reply.status !== 200) return [];
  const { manifests } = (await reply.json()) as { manifests: { digest: string }[] };
  return manifests.map((manifest) => manifest.digest);
}

/** `team/app:1.0` with an SBOM and a signature, in an app. */
async function setUp() {
  const registry = await startAzure();
  const image = await makeImage();
  await store(registry.behind, 'team/app', image, ['1.0']);
  const kinds = ['application/spdx+json', 'application/vnd.example.signature'];
  const attached = kinds.map((artifactType) => makeArtifact({ artifactType, subject: image }));
  for (const artifact of attached) await store(registry.behind, 'team/app', artifact);
  const digests = attached.map(({ digest }) => digest).toSorted();
  const held = async () => (await referrersOf(registry, 'team/app', image.digest)).toSorted();
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Azure' });
  const address = app.origin + places.tags(id, 'team/app');
  return { registry, image, digests, held, app, page, address };
}

test('B8: what a registry deletes along is named and asked for; Undo restores it', async () => {
  const { registry, image, digests, held, page, address } = await setUp();
  await page.goto(address);
  await page.getByRole('checkbox', { name: 'Select 1.0', exact: true }).click();
  await page.getByRole('main').getByRole('button', { name: 'Delete…', exact: true }).click();
  const plan = page.getByRole('main');
  await shown(plan.getByText('Attachments will be deleted too'));
  await shown(plan.getByText('This registry deletes signatures, SBOMs and attestations along'));
  const consent = plan.getByRole('checkbox', {
    name: 'Also delete attachments: 2 signatures, SBOMs or attestations',
  });
  const confirm = plan.getByRole('button', { name: 'Delete 1 tag' });
  await expect.poll(() => confirm.getAttribute('aria-disabled')).toBe('true');
  await consent.click();
  await expect.poll(() => confirm.getAttribute('aria-disabled')).toBe('true');
  await typeName(page, 'team/app');
  await confirm.click();

  const deleted = workOf(page).toast(/Deleted 1\.0 from/);
  await deleted.hover();
  expect(await tagsOf(registry.behind, 'team/app')).toEqual({});
  expect(await held()).toEqual([]);
  await deleted.getByRole('button', { name: /^Undo/ }).click();
  await shown(workOf(page).ended(/^Restored/));
  expect(await tagsOf(registry.behind, 'team/app')).toEqual({ '1.0': image.digest });
  expect(await held()).toEqual(digests);
});

test('B8: the same words in Chinese; what is not consented to stays', async () => {
  const { digests, held, app, address } = await setUp();
  const { page } = await openBrowser(app, { locale: 'zh-CN' });
  await page.goto(address);
  await page.getByRole('checkbox', { name: '选择 1.0', exact: true }).click();
  await page.getByRole('main').getByRole('button', { name: '删除…', exact: true }).click();
  const plan = page.getByRole('main');
  await shown(plan.getByText('附加内容也会一并删除'));
  await shown(plan.getByRole('checkbox', { name: '同时删除附加内容：2 个签名、SBOM 或证明' }));
  const confirm = plan.getByRole('button', { name: '删除 1 个标签' });
  await expect.poll(() => confirm.getAttribute('aria-disabled')).toBe('true');
  await plan.getByRole('button', { name: '取消' }).click();
  await shown(page.getByTestId('selected'));
  expect(await held()).toEqual(digests);
});

test('what is attached goes along with one image and stays with another, as it is ticked in their rows', async () => {
  const registry = await startTestRegistry();
  const signatures: string[] = [];
  for (const name of ['one', 'two']) {
    const image = await makeImage({ name });
    await store(registry, 'team/app', image, [name]);
    const signature = makeArtifact({ artifactType: 'application/vnd.example.signature', subject: image });
    await store(registry, 'team/app', signature);
    signatures.push(signature.digest);
  }
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.tags(id, 'team/app'));
  for (const name of ['one', 'two'])
    await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).click();
  await page.getByRole('main').getByRole('button', { name: 'Delete…', exact: true }).click();
  const plan = page.getByRole('main');
  const row = plan.getByRole('row', { name: /^one|one/ }).first();
  const box = row.getByRole('checkbox', { name: /^Also delete attachments/ });
  await shown(box);
  await box.click();
  // The plan was made anew: its sum has the signature of the one image.
  await shown(plan.getByText('2 tags · 3 images'));
  await expect
    .poll(() => plan.getByRole('checkbox', { name: /^Also delete attachments/, checked: true }).count())
    .toBe(1);
  const start = plan.getByRole('button', { name: 'Delete 2 tags' });
  await typeName(page, 'team/app');
  await start.click();
  await expect.poll(() => tagsOf(registry, 'team/app')).toEqual({});
  const statusOf = async (digest: string) =>
    (await fetch(`${registry.url}/v2/team/app/manifests/${digest}`, { method: 'HEAD' })).status;
  await expect.poll(async () => (await Promise.all(signatures.map(statusOf))).toSorted()).toEqual([200, 404]);
});
