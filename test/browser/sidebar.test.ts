import { expect, test } from 'vitest';
import { startTestRegistry } from '../support/local-registry.ts';
import { addAccount, places, storeContents } from './fixtures.ts';
import { gone, navigation, openApp, shown } from './harness.ts';

test('each registry says how it is: its count, that it does not answer, that it wants a sign-in, that it is locked', async () => {
  const registry = await startTestRegistry();
  await storeContents(registry);
  const shut = await startTestRegistry({ auth: { kind: 'basic', users: { ann: 'secret' } } });
  const locked = await startTestRegistry();
  const away = await startTestRegistry();
  const { url } = away;
  await away.close();
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await addAccount(api, shut, { name: 'Shut' });
  await addAccount(api, { url }, { name: 'Away' });
  await addAccount(api, locked, { name: 'Production, read-only', readOnly: true });
  await page.goto(app.origin + places.registry(id));
  const link = (name: string) => navigation(page).getByRole('link', { name, exact: true });
  await shown(link('Harbour').getByText('5', { exact: true }));
  await shown(link('Shut').getByText('signed out'));
  await shown(link('Away').getByText('offline'));
  await expect.poll(() => link('Harbour').getAttribute('aria-description')).toContain('Reachable');
  await expect.poll(() => link('Away').getAttribute('aria-description')).toContain('Not reachable');
  // A lock takes no room from a name.
  await expect
    .poll(() => link('Production, read-only').getAttribute('aria-description'))
    .toContain('Locked as read-only');
  await shown(link('Production, read-only').locator('.tabler-icon-lock'));
  const name = link('Production, read-only').getByText('Production, read-only', { exact: true });
  await expect.poll(() => name.evaluate((label) => label.scrollWidth <= label.clientWidth)).toBe(true);

  // Collapsed, monograms and marks are left.
  await page.keyboard.press('Control+b');
  await shown(link('Harbour').getByText('Ha', { exact: true }));
  await shown(link('Away').locator('[data-mark="off"]'));
  expect(await link('Away').getByText('offline').count()).toBe(0);
  await page.keyboard.press('Control+b');
  await shown(link('Away').getByText('offline'));
});

test('a repository is pinned by its star and unpinned from the sidebar; what was opened is recent', async () => {
  const registry = await startTestRegistry();
  await storeContents(registry);
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.tags(id, 'team/app'));
  const nav = navigation(page);
  const pinned = nav.getByRole('region', { name: 'Pinned' });
  const recent = nav.getByRole('region', { name: 'Recent' });
  await shown(recent.getByRole('link', { name: 'team/app' }));
  // One that is not there is not kept.
  await page.goto(app.origin + places.tags(id, 'no/such'));
  await shown(page.getByRole('heading', { name: 'This repository has no tags' }));
  await shown(recent.getByRole('link', { name: 'team/app' }));
  await gone(nav.getByRole('link', { name: 'no/such' }));
  await page.goto(app.origin + places.tags(id, 'team/app'));
  const star = page.getByRole('main').getByRole('button', { name: 'Pin team/app' });
  await star.click();
  await shown(pinned.getByRole('link', { name: 'team/app' }));
  await expect.poll(() => star.getAttribute('aria-pressed')).toBe('true');
  expect(await api.app.settings()).toMatchObject({ pins: [{ accountId: id, repository: 'team/app' }] });
  // One place for one repository.
  expect(await recent.count()).toBe(0);

  await pinned.getByRole('link', { name: 'team/app' }).click({ button: 'right' });
  await page.getByRole('menu', { name: 'team/app' }).getByRole('menuitem', { name: 'Unpin' }).click();
  await shown(recent.getByRole('link', { name: 'team/app' }));
  expect((await api.app.settings()).pins).toEqual([]);
  await expect.poll(() => star.getAttribute('aria-pressed')).toBe('false');
});
