import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { makeCertificates } from '../support/certificates.ts';
import { freePort } from '../support/free-port.ts';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { planned } from '../support/planned.ts';
import { accountForm, NEW_ACCOUNT, openForm } from './account-form.ts';
import { addAccount, places, store, storeContents } from './fixtures.ts';
import { gone, navigation, openApp, shown } from './harness.ts';

/** What looking around may ask of a registry. The one DELETE is the probe, of a digest or tag that cannot exist. */
const LOOKING = ['GET /v2/', 'GET /v2/_catalog', 'DELETE /v2/**/manifests/*'] as const;

test('a first registry is added: each step of its test is shown, then its page opens', async () => {
  const registry = await startTestRegistry();
  await storeContents(registry);
  registry.expectOnly(...LOOKING);
  const { app, page, api } = await openApp();
  await page.goto(app.origin);
  for (const card of ['Add a registry', 'Import sign-ins', 'Try the local registry']) {
    await shown(page.getByRole('main').getByRole('heading', { name: card }));
  }
  const form = await openForm(page, new URL(registry.url).host);
  await form.name.fill('Harbour');
  await form.press('Test');
  for (const step of ['reach', 'tls', 'protocol', 'signIn', 'list', 'delete'] as const)
    await shown(form.step(step, 'passed'));
  await shown(form.step('tls', 'passed').getByText('Not needed here'));
  await shown(page.getByText('Everything works.'));
  await form.press('Save');

  await page.waitForURL(/\/registries\/[0-9a-f-]{36}$/);
  await shown(page.getByRole('heading', { level: 1, name: 'Harbour' }));
  const [account] = await api.accounts.list();
  expect(account).toMatchObject({
    name: 'Harbour',
    url: registry.url,
    readOnly: false,
    insecure: 'no',
  });
  expect(
    registry.requests.filter(({ method }) => method === 'DELETE').map(({ status }) => status),
  ).not.toContain(202);
});

test('the local registry is started from the first page, with images to look at', async () => {
  const { app, page, api } = await openApp();
  await page.goto(app.origin);
  await page.getByRole('main').getByRole('button', { name: 'Start and open it' }).click();
  await page.waitForURL(/\/registries\/[0-9a-f-]{36}/);
  await shown(page.getByRole('treegrid', { name: /^Repositories of/ }));
  for (const repository of ['charts/harbour', 'harbour/api', 'harbour/web', 'tools/backup'])
    await shown(page.getByRole('row', { name: repository }));
  expect(await api.localRegistry.state()).toMatchObject({ running: true });
});

test('a wrong password is said in words; the right one then signs in', async () => {
  const registry = await startTestRegistry({ auth: { kind: 'basic', users: { ann: 's3cret' } } });
  await store(registry, 'team/app', await makeImage(), ['1']);
  const { app, page, api } = await openApp();
  await page.goto(app.origin + NEW_ACCOUNT);
  const form = accountForm(page);
  await form.address.fill(registry.url);
  await form.signIn('ann', 'wrong');
  await shown(page.getByText('Passwords are kept until the app quits, and never written to a file.'));
  await form.press('Test and save');
  await shown(form.step('signIn', 'failed').getByText('The sign-in was not accepted'));
  await shown(form.step('list', 'skipped'));
  await shown(page.getByText('The connection does not work yet.'));
  expect(await api.accounts.list()).toEqual([]);

  await form.password.fill('s3cret');
  await form.press('Test and save');
  await page.waitForURL(/\/registries\/[0-9a-f-]{36}$/);
  expect(await api.accounts.list()).toMatchObject([
    { signIn: { kind: 'password', username: 'ann' }, secrets: 'session' },
  ]);
});

test('a host on which nothing listens is said to refuse, and can be saved all the same', async () => {
  const port = await freePort();
  const { app, page } = await openApp();
  await page.goto(app.origin + NEW_ACCOUNT);
  const form = accountForm(page);
  await form.address.fill(`127.0.0.1:${port}`);
  await form.press('Test and save');
  await shown(form.step('reach', 'failed').getByText('The host refuses the connection'));
  await form.press('Save anyway');
  await page.waitForURL(/\/registries\/[0-9a-f-]{36}$/);
  await shown(page.locator('[data-failure="connectionRefused"]').getByRole('button', { name: 'Try again' }));
  // That nothing was read is not told as there being nothing.
  expect(await page.getByRole('main').getByText('repositories').allTextContents()).toEqual([]);
});

test('a certificate of an unknown authority is refused until the authority is given', async () => {
  const { authority, server } = await makeCertificates();
  const registry = await startTestRegistry({ tls: { cert: server.certificate, key: server.key } });
  await store(registry, 'team/app', await makeImage(), ['1']);
  registry.expectOnly(...LOOKING);
  const { app, page } = await openApp();
  await page.goto(app.origin + NEW_ACCOUNT);
  const form = accountForm(page);
  await form.address.fill(registry.url);
  await form.press('Test and save');
  await shown(form.step('tls', 'failed').getByText('The certificate is not trusted'));
  expect(registry.requests).toEqual([]);

  await form.openAdvanced();
  await form.authorities.fill(authority);
  await form.press('Test and save');
  await page.waitForURL(/\/registries\/[0-9a-f-]{36}$/);
  await shown(page.getByRole('row', { name: 'team/app' }));
  expect(await page.getByText(/not (?:be )?verified/).count()).toBe(0);
});

test('where the list of repositories is forbidden, they are added by name', async () => {
  const registry = await startTestRegistry({ limits: { catalog: false } });
  await store(registry, 'team/app', await makeImage(), ['1.0']);
  const { app, page } = await openApp();
  await page.goto(app.origin + NEW_ACCOUNT);
  const form = accountForm(page);
  await form.address.fill(registry.url);
  await form.press('Test and save');
  const step = form.step('list', 'warning');
  await shown(step.getByText('This account is not allowed to list repositories'));
  await step.getByLabel('Repositories by name').fill('team/app');
  await page.keyboard.press('Enter');
  await form.press('Save');
  await page.waitForURL(/\/registries\/[0-9a-f-]{36}$/);

  const table = page.getByRole('treegrid', { name: /^Repositories of/ });
  await shown(table.getByRole('row', { name: /team\/app/ }));
  await shown(page.getByText('This account is not allowed to list repositories'));
  await table.getByRole('row', { name: /team\/app/ }).click();
  await shown(page.getByRole('grid', { name: /^Tags of/ }).getByRole('row', { name: /1\.0/ }));
});

test('a registry locked read-only offers no change', async () => {
  const registry = await startTestRegistry();
  await storeContents(registry);
  const { app, page, api } = await openApp();
  const account = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.tags(account.id, 'team/app'));
  const table = page.getByRole('grid', { name: /^Tags of/ });
  await table.getByRole('checkbox', { name: 'Select 1.0', exact: true }).click();
  const toolbar = page.getByRole('main');
  await expect
    .poll(() => toolbar.getByRole('button', { name: 'Delete…', exact: true }).isEnabled())
    .toBe(true);

  await page.getByRole('button', { name: 'Actions for Harbour' }).click();
  await page.getByRole('menuitem', { name: 'Lock (read-only)' }).click();
  const entry = navigation(page).getByRole('link', { name: 'Harbour', exact: true });
  await expect.poll(() => entry.getAttribute('aria-description')).toMatch(/Locked as read-only$/);
  for (const action of ['Delete…', 'Retag…']) {
    const button = toolbar.getByRole('button', { name: action, exact: true });
    await expect.poll(() => isOff(button)).toBe(true);
  }
  // The lock is kept by the main side, not by the page.
  await expect(
    planned(api.deletion.plan({ accountId: account.id, repository: 'team/app', tags: ['1.0'] })),
  ).rejects.toMatchObject({ data: { code: 'readOnly' } });
});

test('a registry is edited and removed; nothing is asked of it for that', async () => {
  const registry = await startTestRegistry();
  const { app, page, api } = await openApp();
  const account = await addAccount(api, registry, { name: 'Harbour' });
  // The navigation looks whether it is there.
  registry.expectOnly('GET /v2/');
  await page.goto(`${app.origin}/accounts/${account.id}/edit`);
  const form = accountForm(page);
  await form.name.fill('Old harbour');
  registry.expectOnly(...LOOKING);
  await form.press('Test and save');
  await page.waitForURL(new RegExp(`/registries/${account.id}$`));
  await shown(navigation(page).getByText('Old harbour'));

  await page.getByRole('button', { name: 'Actions for Old harbour' }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove from the app' }).click();
  await shown(page.getByText('No registries yet'));
  await gone(page.getByRole('dialog'));
  expect(await api.accounts.list()).toEqual([]);
});

async function isOff(button: Locator): Promise<boolean> {
  return (await button.isDisabled()) || (await button.getAttribute('data-disabled')) !== null;
}
