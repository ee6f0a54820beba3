import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Page } from 'playwright-core';
import type { TestApi } from '../support/app.ts';
import { answerTo, credentialsOf } from '../support/harbor-answers.ts';
import { HarborContent } from '../support/harbor-content.ts';
import { HarborManaged } from '../support/harbor-managed.ts';
import { isRecorded } from '../support/harbor-recorded.ts';
import { HarborScans } from '../support/harbor-scans.ts';
import { makeImage } from '../support/images.ts';
import { addAccount, places } from './fixtures.ts';
import type { View } from './view.ts';

const SAVED = '/transfers?tab=saved';
const SAVED_ROW = '[role="grid"] [aria-rowindex="2"]';
const COMPARING = '[data-testid="retention-comparison"] button[data-action="compare"]';

/** Opens the dialog in which a saved sync becomes a rule of Harbor's: the one entry of its menu that opens none of the app's own pages. */
async function handOver(page: Page): Promise<void> {
  await page.locator('[role="row"]', { hasText: FLEET_SYNC }).click({ button: 'right' });
  await page.locator('[role="menuitem"]', { hasText: 'Harbor' }).click();
  await page.getByRole('dialog').locator('form').waitFor();
}

const ROWS = '[role="tabpanel"] [role="grid"][aria-busy="false"] [aria-rowindex="2"]';

const FLEET_SYNC = 'Fleet releases';
const FLEET_RULES = `version: 1
rules:
  - name: releases
    repositories: "team/web"
    delete:
      - { name: early, tags: ["0.8", "0.9"] }
`;

interface HarborSite {
  readonly id: string;
  /** One with a secret that nobody has seen: the latest operation. */
  makeRobot(): Promise<void>;
  close(): Promise<void>;
}

/** An account of a replayed Harbor, for whoever may do everything there. Undefined where the recording is not. */
export async function prepareHarbor(api: TestApi): Promise<HarborSite | undefined> {
  if (!isRecorded) return undefined;
  const [content, managed] = [new HarborContent(), new HarborManaged()];
  const scans = new HarborScans(content, managed);
  const scanned = await makeImage({ name: 'scanned' });
  content.push(scanned, '1.0');
  scans.report(scanned.digest);
  for (const tag of ['0.8', '0.9']) content.push(await makeImage({ name: `fleet-${tag}` }), tag);
  content.alone = true;
  // Its dry run deletes one of these tags, and what has none.
  managed.retention.retained = { 'a/b/c': 'web', '| v1 ': '| 0.9' };
  const held = { content, managed, scans };
  // Without vitest, which pictures are taken without: what a test may not ask is answered, not counted.
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const answer = answerTo(held, { method, url, headers, body: await buffer(request), port: 0 });
    const { status = 200, headers: own = {}, body = '' } = answer ?? { status: 404 };
    const isJson = typeof body === 'object' && !Buffer.isBuffer(body);
    response.writeHead(status, {
      ...(isJson && { 'content-type': 'application/json' }),
      ...(own as Record<string, string>),
    });
    response.end(method === 'HEAD' ? undefined : isJson ? JSON.stringify(body) : body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { id } = await addAccount(api, { url }, { name: 'Fleet' }, credentialsOf('administrator'));
  const other = (await api.accounts.list()).find((account) => account.id !== id);
  await api.transfers.save({
    name: FLEET_SYNC,
    definition: {
      source: id,
      target: other?.id ?? id,
      repositories: ['team/web', 'team/api'],
      versions: '>=1.0.0',
      rename: 'copies/{repository#team/}',
      platforms: ['linux/amd64'],
      prune: true,
    },
  });
  await api.cleanup.save({ accountId: id, name: 'Releases', text: FLEET_RULES, schedule: null });
  let robots = 0;
  return {
    id,
    async makeRobot() {
      const fields = { permissions: ['team/repository:pull'] };
      const change = {
        act: 'create',
        kind: 'robot',
        project: 'team',
        name: `ci-${++robots}`,
        fields,
      } as const;
      const plan = await api.products.planChanges({ accountId: id, changes: [change] });
      const { operationId } = await api.plans.start({ planId: plan.id });
      for await (const operation of await api.operations.watch()) {
        if (operation.id === operationId && operation.status === 'done') return;
      }
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What a registry manages beside images: its kinds, forms, plans, runs and what it says of itself. */
export function administrationViews({ id, makeRobot }: HarborSite): View[] {
  const at = (section: string, search: Record<string, string> = {}) =>
    `/registries/${id}/administration?${new URLSearchParams({ section, ...search })}`;
  const create = async (page: Page) => {
    // It waits until it is known whether one may.
    await page.locator('[role="tabpanel"] [data-action="create"]:not([data-loading])').click();
    await page.getByRole('dialog').locator('form').waitFor();
  };
  return [
    { name: 'administration-about', path: at('about'), ready: '[data-testid="about-registry"] dl' },
    { name: 'administration-projects', path: at('project'), ready: ROWS, key: true },
    { name: 'administration-robots', path: at('robot', { project: 'team' }), ready: ROWS },
    { name: 'administration-members-none', path: at('member'), ready: '[role="tabpanel"] p' },
    {
      name: 'administration-retention',
      path: at('retentionRule', { project: 'team' }),
      ready: '[data-testid="job-runs"] table',
      key: true,
    },
    {
      name: 'administration-replication',
      path: at('replicationRule'),
      ready: ROWS,
      prepare: async (page) => {
        await page.locator(`${ROWS} [role="gridcell"]`).nth(1).click();
        await page.locator('[data-testid="job-runs"] table').waitFor();
      },
      key: true,
    },
    { name: 'administration-collection', path: at('gcSchedule'), ready: '[data-testid="job-runs"] table' },
    {
      name: 'administration-log',
      path: at('gcSchedule'),
      ready: '[data-testid="job-runs"] table',
      prepare: async (page) => {
        await page.locator('[data-testid="job-runs"] table button').first().click();
        await page.getByRole('dialog').locator('section').waitFor();
      },
    },
    { name: 'administration-audit', path: at('audit'), ready: ROWS },
    { name: 'administration-audit-project', path: at('audit', { project: 'team' }), ready: ROWS },
    {
      name: 'administration-retention-compared',
      path: at('retentionRule', { project: 'team' }),
      ready: COMPARING,
      prepare: async (page) => {
        await page.locator(COMPARING).click();
        await page.locator('[data-testid="retention-comparison"] [role="grid"]').scrollIntoViewIfNeeded();
      },
    },
    {
      name: 'administration-endpoint-form',
      path: at('endpoint'),
      ready: ROWS,
      prepare: create,
    },
    { name: 'administration-hand-over', path: SAVED, ready: SAVED_ROW, prepare: handOver },
    {
      name: 'administration-hand-over-plan',
      path: SAVED,
      ready: SAVED_ROW,
      prepare: async (page) => {
        await handOver(page);
        await page.getByRole('dialog').locator('button[type="submit"]').click();
        await page.getByTestId('plan').waitFor();
      },
    },
    {
      name: 'administration-form',
      path: at('replicationRule'),
      ready: ROWS,
      prepare: create,
      key: true,
    },
    {
      name: 'administration-plan',
      path: at('project'),
      ready: ROWS,
      prepare: async (page) => {
        await create(page);
        const form = page.getByRole('dialog');
        await form.getByRole('textbox').first().fill('made-here');
        await form.getByRole('checkbox').first().check();
        await form.locator('button[type="submit"]').click();
        await page.getByTestId('plan').waitFor();
      },
    },
    {
      name: 'vulnerabilities',
      path: places.image(id, 'team/web', '1.0', { tab: 'vulnerabilities' }),
      ready: '[role="grid"] [aria-rowindex="2"]',
      key: true,
    },
    {
      name: 'administration-secret',
      path: '/activity',
      ready: '[role="grid"] [aria-rowindex="2"]',
      before: makeRobot,
      prepare: async (page) => {
        await page.locator('[role="grid"] [aria-rowindex="2"]').click();
        const secret = page.getByTestId('secret');
        await secret.locator('button').first().click();
        await secret.locator('p').first().waitFor();
      },
    },
  ];
}
