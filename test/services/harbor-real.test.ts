import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { WantedChange } from '../../src-main/common/product-change.ts';
import type { Core, RegistryHandle } from '../../src-main/services/index.ts';
import { credentialsOf, startHarbor } from '../support/harbor.ts';
import { describeWithHarbor } from '../support/harbor-recorded.ts';
import { makeImage } from '../support/images.ts';
import { push } from '../support/push.ts';
import { testWithRealHarbor } from '../support/real-harbor.ts';
import { all, settingsFor, testCore } from './support/core.ts';

interface At {
  core: Core;
  handle: RegistryHandle;
  accountId: string;
}

async function signedIn(url: string, password: string): Promise<At> {
  const core = await testCore();
  const settings = settingsFor(url, { signIn: { kind: 'password', username: 'admin' } });
  const { id: accountId } = await core.accounts.add(settings, { password });
  return { core, accountId, handle: await core.accounts.handle(accountId) };
}

async function changed({ core, handle }: At, ...wanted: WantedChange[]): Promise<void> {
  const plan = await core.products.planChanges(handle, wanted);
  const { operationId } = await core.plans.start(plan.id, { typed: plan.typed });
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
}

/** Has one image scanned and labelled, and reads what was found; each as far as this Harbor does it. */
async function look(at: At, image: { repository: string; digest: string }, label: string): Promise<void> {
  const { core, handle } = at;
  const { scans } = await core.products.managed(handle);
  for (const type of scans) {
    const [before] = (await core.products.scanned(handle, image)).filter((scan) => scan.type === type);
    if (before && before.may !== 'yes') continue;
    await core.products.startScan(handle, { ...image, type });
    const state = async () =>
      (await core.products.scanned(handle, image)).find((scan) => scan.type === type)?.state ?? 'waiting';
    await expect.poll(state, { timeout: 120_000, interval: 500 }).not.toMatch(/^(waiting|running)$/);
  }
  if (scans.includes('vulnerabilities'))
    for (const { id, severity } of await core.products.findings(handle, image))
      expect([id, severity]).toEqual([expect.stringMatching(/./), expect.stringMatching(/^[a-z]+$/)]);
  const id = `${image.repository}@${image.digest}`;
  await changed(at, { act: 'change', kind: 'artifact', id, fields: { labels: [label] } });
  const notes = (await all(core.products.notes(handle, image.repository))).flat();
  expect(notes.find(({ digest }) => digest === image.digest)?.labels).toContain(label);
}

/** A dry run of a project's retention, which deletes nothing. */
async function retain({ core, handle }: At, project: string): Promise<void> {
  const job = { job: 'retention', of: project, options: { dryRun: true } } as const;
  const { summary } = await core.products.planJob(handle, job);
  expect(summary.dryRun).toMatchObject({ state: 'done', options: { dryRun: true } });
  const runs = await core.products.runs(handle, { job: 'retention', of: project });
  expect(runs.map(({ id }) => id)).toContain(summary.dryRun?.id);
}

/** A saved sync as a rule: planned, which writes nothing. A rule to a registry that is not there Harbor would not take. */
async function handOver({ core, handle, accountId }: At, project: string): Promise<void> {
  const { id: target } = await core.accounts.add(settingsFor('https://mirror.invalid', {}), {});
  const rules = { repositories: [`${project}/**`], excludeRepositories: [], tags: ['*'], excludeTags: [] };
  const usual = { newOnly: false, prune: false, attached: true, foreign: false } as const;
  const { id: savedId } = core.transfers.save({
    name: `wharfinger-${project}`,
    definition: {
      source: accountId,
      target,
      ...rules,
      ...usual,
      platforms: [],
      versions: '',
      index: 'rewritten',
      rename: '{repository}',
    },
  });
  const plan = await core.products.planHandOver(handle, { savedId, fields: {}, givesSignIn: false });
  expect(plan.subject.changes.map(({ kind }) => kind)).toEqual(['endpoint', 'replicationRule']);
}

describeWithHarbor('what an administrator does with Harbor, replayed', () => {
  test('scans, labels, SBOMs, retention and the hand-over of a sync', async () => {
    const harbor = await startHarbor();
    const image = await makeImage({ name: 'one' });
    harbor.content.push(image, '1.0');
    harbor.scans.looks = 1;
    const at = await signedIn(harbor.url, credentialsOf('administrator')?.password ?? '');
    await look(at, { repository: 'team/web', digest: image.digest }, 'release');
    await retain(at, 'team');
    await handOver(at, 'team');
  });
});

testWithRealHarbor(
  'scans, labels, SBOMs, retention and the hand-over of a sync on a real Harbor, in a project of its own',
  async (real) => {
    const at = await signedIn(real.url, real.password);
    const project = `wharfinger-${randomBytes(4).toString('hex')}`;
    const repository = `${project}/web`;
    const image = await makeImage({ name: 'one' });
    await changed(at, { act: 'create', kind: 'project', name: project, fields: { public: false } });
    try {
      const basic = `Basic ${Buffer.from(`admin:${real.password}`).toString('base64')}`;
      await push(image, { url: real.url, authorize: () => basic }, repository, '1.0');
      await changed(at, { act: 'create', kind: 'label', project, name: 'tried', fields: {} });
      const rule = { keeps: 'latestPushed', amount: 1, repositories: '**', tags: '**' } as const;
      await changed(at, { act: 'create', kind: 'retentionRule', project, name: '', fields: rule });
      await look(at, { repository, digest: image.digest }, 'tried');
      await retain(at, project);
      await handOver(at, project);
    } finally {
      // The project, empty by then, stays: it is named for this test.
      const plan = await at.core.deletion.planRepositories(at.handle, { repositories: [repository] });
      const { operationId } = await at.core.plans.start(plan.id, { consent: true, typed: plan.typed });
      await at.core.operations.finished(operationId);
    }
  },
);
