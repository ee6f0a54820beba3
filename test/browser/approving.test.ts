import { expect, test } from 'vitest';
import { type OddRegistry, startOddRegistry } from '../support/odd-registry.ts';
import { type Answer, startServer } from '../support/server.ts';
import { accountForm, NEW_ACCOUNT } from './account-form.ts';
import { addAccount, places } from './fixtures.ts';
import { gone, openApp, shown } from './harness.ts';

/** A registry whose tags are listed by another host of the private network. */
async function startElsewhere() {
  const elsewhere = await startServer({ 'GET /tags': { body: { name: 'team/app', tags: ['1.0', '2.0'] } } });
  const registry = await startOddRegistry(({ url }, ordinary) =>
    url.startsWith('/v2/team/app/tags/list')
      ? { status: 307, headers: { location: `${elsewhere.url}/tags` } }
      : ordinary(),
  );
  return { elsewhere, registry };
}

const LOOKS = [
  { locale: 'en-US', approve: 'Approve', tags: 'Tags of team/app' },
  { locale: 'zh-CN', approve: '允许', tags: 'team/app 的标签' },
] as const;

test.each(LOOKS)(
  'B3: a host is approved where it is asked for ($locale)',
  async ({ locale, approve, tags }) => {
    const { elsewhere, registry } = await startElsewhere();
    const { app, page, api } = await openApp({ locale });
    const { id } = await addAccount(api, registry, { name: 'Harbour' });
    await api.app.changeSettings({ approvedHosts: ['storage.internal:9000'] });
    await page.goto(app.origin + places.tags(id, 'team/app'));
    const panel = page.getByRole('main').locator('[data-failure="addressRefused"]');
    await shown(panel);
    expect(elsewhere.seen).toEqual([]);

    await panel.getByRole('button', { name: `${approve} ${elsewhere.host}`, exact: true }).click();
    const grid = page.getByRole('grid', { name: tags });
    await shown(grid.getByRole('row', { name: '2.0' }));
    await gone(panel);
    expect(await api.app.settings()).toMatchObject({
      approvedHosts: ['storage.internal:9000', elsewhere.host],
    });
  },
);

/** A registry that is signed in to at another host, and what that host was asked. */
async function startSignedInElsewhere() {
  const tokens = await startServer({ 'GET /token': { body: { token: 'let-in' } } });
  const challenge = { 'www-authenticate': `Bearer realm="${tokens.url}/token",service="team"` };
  const refused: Answer = { status: 401, headers: challenge };
  const registry: OddRegistry = await startOddRegistry(({ headers }, ordinary) =>
    headers.authorization === 'Bearer let-in' ? ordinary() : refused,
  );
  return { tokens, registry };
}

test('B3: a token service is approved in the connection test, which then signs in there', async () => {
  const { tokens, registry } = await startSignedInElsewhere();
  const { app, page } = await openApp();
  await page.goto(app.origin + NEW_ACCOUNT);
  const form = accountForm(page);
  await form.address.fill(registry.url);
  await form.signIn('ann', 's3cret');
  await form.press('Test');
  const step = form.step('signIn', 'failed');
  await shown(step);
  expect(tokens.seen).toEqual([]);
  await step.getByRole('button', { name: `Approve ${tokens.host}`, exact: true }).click();
  await shown(step.getByText(`${tokens.host} is approved. Try again.`));
  await form.press('Test again');
  await shown(form.step('signIn', 'passed'));
  expect(tokens.seen.length).toBeGreaterThan(0);
});
