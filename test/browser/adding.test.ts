import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { makeCertificates } from '../support/certificates.ts';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { startServer } from '../support/server.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { accountForm, NEW_ACCOUNT, pasteField } from './account-form.ts';
import { addAccount, store } from './fixtures.ts';
import { openApp, shown } from './harness.ts';

const USERS = { kind: 'basic', users: { ann: 's3cret' } } as const;

/** Pastes as a keyboard does. */
async function paste(page: Page, text: string): Promise<void> {
  await pasteField(page).evaluate((field, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** Name of the field that has the focus. */
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('name'));

test('a docker login line fills in the whole form; its password is in no address and no history', async () => {
  const registry = await startTestRegistry({ auth: USERS });
  await store(registry, 'team/app', await makeImage(), ['1']);
  const { app, page, api } = await openApp();
  await page.goto(app.origin);
  const { host } = new URL(registry.url);
  await paste(page, `docker login ${host} \\\n  -u ann -p 's3cret'`);
  const form = accountForm(page);
  await expect.poll(() => form.address.inputValue()).toBe(host);
  await expect.poll(() => form.username.inputValue()).toBe('ann');
  await expect.poll(() => form.password.inputValue()).toBe('s3cret');
  expect(page.url()).not.toContain('s3cret');
  expect(
    await page.evaluate(() => JSON.stringify([history.state, { ...localStorage, ...sessionStorage }])),
  ).not.toContain('s3cret');
  // All is there: Enter goes on.
  await expect.poll(() => focused(page)).toBe('password');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/registries\/[0-9a-f-]{36}$/);
  expect(await api.accounts.list()).toMatchObject([
    { host, signIn: { kind: 'password', username: 'ann' }, secrets: 'session' },
  ]);
  // What was used is not offered again.
  await page.goto(app.origin + NEW_ACCOUNT);
  await expect.poll(() => form.address.inputValue()).toBe('');
});

test('what a typed text says is shown before going on; a text that names nothing is said to', async () => {
  const { app, page } = await openApp();
  await page.goto(`${app.origin}/accounts/new`);
  await pasteField(page).fill('hello world');
  await page.keyboard.press('Enter');
  await shown(page.getByText('No registry found in this text.'));
  await pasteField(page).fill('docker pull ghcr.io/team/app:1.0');
  await shown(page.getByText('ghcr.io · team/app'));
  await page.keyboard.press('Enter');
  await page.waitForURL(/product=ghcr$/);
  await shown(page.getByRole('heading', { level: 1, name: 'Add GitHub Packages' }));
  await shown(page.getByText('team/app', { exact: true }));
  await expect.poll(() => focused(page)).toBe('username');
  await expect
    .poll(() => page.getByRole('link', { name: 'Create one at github.com' }).getAttribute('href'))
    .toContain('scopes=read:packages,write:packages');
});

test('leaving the address looks at it: a sign-in that is asked for opens its fields and has the focus', async () => {
  const registry = await startTestRegistry({ auth: USERS });
  registry.expectOnly('GET /v2/');
  const { app, page } = await openApp();
  await page.goto(app.origin + NEW_ACCOUNT);
  const form = accountForm(page);
  await form.address.fill(`http://${new URL(registry.url).host}/team/app:1.0`);
  await page.keyboard.press('Tab');
  await shown(page.locator('[data-probe="found"]').getByText('needs a sign-in'));
  await expect.poll(() => form.address.inputValue()).toBe(new URL(registry.url).host);
  await expect.poll(() => focused(page)).toBe('username');
});

test('a port that speaks HTTPS is found to, and its authority is asked for where it is unknown', async () => {
  const { authority, server } = await makeCertificates();
  const registry = await startTestRegistry({ tls: { cert: server.certificate, key: server.key } });
  const { app, page } = await openApp();
  await page.goto(app.origin + NEW_ACCOUNT);
  const form = accountForm(page);
  // This machine's registries usually speak plain HTTP.
  await form.address.fill(new URL(registry.url).host);
  await page.keyboard.press('Tab');
  const status = page.locator('[data-probe="found"]');
  await shown(status.getByText('The certificate is not trusted'));
  await status.getByRole('button', { name: 'Add its CA certificate' }).click();
  await expect.poll(() => focused(page)).toBe('authorities');
  await form.authorities.fill(authority);
  await form.name.focus();
  await shown(status.getByText('HTTPS · no sign-in needed to browse'));
  await expect.poll(() => page.getByRole('radio', { name: 'HTTPS', exact: true }).isChecked()).toBe(true);
});

test('a host that asks to wait is said to, with the seconds', async () => {
  const busy = await startServer({ 'GET /v2/': { status: 429, headers: { 'retry-after': '42' } } });
  const { app, page } = await openApp();
  await page.goto(app.origin + NEW_ACCOUNT);
  await accountForm(page).address.fill(busy.url);
  await page.keyboard.press('Tab');
  await shown(page.getByText('The registry asks you to wait 42 seconds before you try again.'));
});

test('deleting that is off is said with the name of its setting', async () => {
  const registry = await startServer({
    'GET /v2/': { headers: { 'docker-distribution-api-version': 'registry/2.0' }, body: {} },
    'GET /v2/_oci/ext/discover': { status: 404 },
    'GET /v2/_catalog': { body: { repositories: ['team/app'] } },
    'DELETE *': { status: 405, body: { errors: [{ code: 'UNSUPPORTED' }] } },
  });
  const { app, page } = await openApp();
  await page.goto(app.origin + NEW_ACCOUNT);
  const form = accountForm(page);
  await form.address.fill(registry.url);
  await form.press('Test');
  await shown(form.step('delete', 'warning').getByText('REGISTRY_STORAGE_DELETE_ENABLED=true'));
});

test('a registry that is in the list is said to be at its address, with a link to it', async () => {
  const registry = await startTestRegistry();
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + NEW_ACCOUNT);
  const form = accountForm(page);
  const { host } = new URL(registry.url);
  await form.address.fill(host);
  const said = page.getByText('Already added with this sign-in:');
  await shown(said);
  // Another user is another entry.
  await form.signIn('ann', 's3cret');
  await shown(page.getByText('Already added with another sign-in:'));
  await page.getByRole('radio', { name: 'None' }).locator('..').click();
  await form.press('Test and save');
  await shown(said);
  const link = page.getByRole('main').getByRole('link', { name: 'Harbour' });
  await expect.poll(() => link.evaluate((each) => each === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(`/registries/${id}`));
  await page.goto(`${app.origin}/accounts/new`);
  await pasteField(page).fill(`${host}/team/app`);
  await shown(said);
});

test('a failed save is said beside its button, in the small window too', async () => {
  const registry = await startTestRegistry();
  await store(registry, 'team/app', await makeImage(), ['1']);
  const { app, page, api } = await openApp({ viewport: { width: 1024, height: 640 } });
  await page.goto(app.origin + NEW_ACCOUNT);
  const form = accountForm(page);
  await form.address.fill(registry.url);
  await form.openAdvanced();
  await form.press('Test');
  await shown(page.getByText('Everything works.'));
  // In another window.
  await addAccount(api, registry, { name: 'Harbour' });
  await form.press('Save');
  const alert = page.getByRole('alert').filter({ hasText: 'This registry is already in the list' });
  await shown(alert);
  const [above, button] = await Promise.all([
    alert.boundingBox(),
    page.getByRole('button', { name: 'Save', exact: true }).boundingBox(),
  ]);
  expect(above?.y).toBeGreaterThan(0);
  expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThanOrEqual(button?.y ?? 0);
  expect((button?.y ?? 0) + (button?.height ?? 0)).toBeLessThanOrEqual(640);
});

test('the host of a cloud’s registry is put together from what its users know', async () => {
  const { app, page } = await openApp();
  await page.goto(`${app.origin}/accounts/new`);
  await page
    .getByRole('main')
    .getByRole('link', { name: /Amazon ECR/ })
    .click();
  const account = page.getByRole('textbox', { name: 'Account ID' });
  await account.fill('12345');
  await accountForm(page).press('Test and save');
  await shown(page.getByText('Enter the 12 digits of the account.'));
  await account.fill('123456789012');
  await page.getByRole('combobox', { name: 'Region' }).fill('cn-north-1');
  await shown(page.getByText('123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', { exact: true }));
  await shown(page.getByText('aws ecr get-login-password --region cn-north-1'));
  // A whole name may be pasted into any part.
  await account.fill('https://210987654321.dkr.ecr.eu-west-1.amazonaws.com/team/app');
  await expect.poll(() => account.inputValue()).toBe('210987654321');
  await shown(page.getByText('210987654321.dkr.ecr.eu-west-1.amazonaws.com', { exact: true }));
});

test('sign-ins of this machine are listed where a registry is added; one click adds one', async () => {
  const registry = await startTestRegistry({ auth: USERS });
  await store(registry, 'team/app', await makeImage(), ['1']);
  const { host } = new URL(registry.url);
  const folder = path.join(await temporaryFolder(), 'docker');
  await mkdir(folder);
  const auth = Buffer.from('ann:s3cret').toString('base64');
  await writeFile(
    path.join(folder, 'config.json'),
    JSON.stringify({ auths: { [host]: { auth }, 'ghcr.io': { auth } } }),
  );
  const { app, page, api } = await openApp({ env: { DOCKER_CONFIG: folder } });
  await page.goto(app.origin);
  await shown(page.getByText('Docker or Podman is signed in to 2 registries'));
  await page.getByRole('button', { name: `Add ${host}` }).click();
  await page.waitForURL(/\/registries\/[0-9a-f-]{36}$/);
  expect(await api.accounts.list()).toMatchObject([{ host, signIn: { kind: 'password', username: 'ann' } }]);
  await page.goto(`${app.origin}/accounts/new`);
  await shown(page.locator(`[data-sign-in="${host}"]`).getByRole('link', { name: /Already added/ }));
  await shown(page.getByRole('button', { name: 'Add ghcr.io' }));
});

test('every product’s form has its buttons inside the small window', async () => {
  const { app, page } = await openApp({ viewport: { width: 1024, height: 640 } });
  await page.goto(`${app.origin}/accounts/new`);
  const cards = page.getByRole('main').getByRole('listitem').getByRole('link');
  await shown(cards.first());
  const links = await cards.evaluateAll((all) => all.map((each) => each.getAttribute('href') ?? ''));
  expect(links).toHaveLength(14);
  for (const link of links) {
    await page.goto(app.origin + link);
    const button = page.getByRole('button', { name: 'Test and save' });
    await shown(button);
    const box = await button.boundingBox();
    expect((box?.y ?? 1000) + (box?.height ?? 0), link).toBeLessThanOrEqual(640);
    expect(await page.evaluate(() => document.activeElement?.tagName), link).not.toBe('BODY');
  }
});
