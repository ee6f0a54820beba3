import { describe, expect, test } from 'vitest';
import type { CleanupPreview } from '../../src-main/common/cleanup-run.ts';
import type { Core } from '../../src-main/services/index.ts';
import { makeArtifact, makeImage, makeMultiPlatform, type TestManifest } from '../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { plainRequest, push } from '../support/push.ts';
import { addAccount, all, testCore } from './support/core.ts';
import { fatesOf, planCleanup, startUndo } from './support/plans.ts';
import { stateOf } from './support/state.ts';

const NOW = new Date('2026-11-26T12:00:00Z');
const DAY = 24 * 3_600_000;

/** As the issue gives it. */
const RULES = `
version: 1
rules:
  - name: team
    repositories: ["team/**"]
    protect: ["stable", "v*"]
    keep:
      - { name: newest releases, tags: "r*", newest: 2, by: created }
      - { name: in use, inUse: pods.json }
    delete:
      - { name: old pull requests, tags: "pr-*", olderThan: 14d }
      - { name: the rest, tags: "r*" }
`;

const created = (daysAgo: number) => ({
  'org.opencontainers.image.created': new Date(NOW.getTime() - daysAgo * DAY).toISOString(),
});

const imageOf = (name: string, daysAgo: number): Promise<TestManifest> =>
  makeImage({ name, layers: { base: 4_000, [name]: 1_000 }, annotations: created(daysAgo) });

/** Releases, pull requests, protected tags, and a repository that no rule is about. */
async function fill(registry: { readonly url: string }): Promise<Map<string, TestManifest>> {
  const images = new Map<string, TestManifest>();
  for (const [tag, days] of [
    ['r1', 100],
    ['r2', 90],
    ['r3', 80],
    ['r4', 70],
    ['pr-1', 30],
    ['pr-2', 20],
    ['pr-3', 5],
    ['stable', 200],
  ] as const) {
    const image = await imageOf(tag, days);
    images.set(tag, image);
    await push(image, registry, 'team/app', tag);
  }
  await push(images.get('pr-1') as TestManifest, registry, 'other/app', 'pr-1');
  return images;
}

async function opened(): Promise<{
  core: Core;
  registry: GuardedRegistry;
  handle: Awaited<ReturnType<Core['accounts']['handle']>>;
  id: string;
}> {
  const registry = await startTestRegistry();
  const core = await testCore({ now: () => NOW });
  const { id } = await addAccount(core, registry);
  return { core, registry, id, handle: await core.accounts.handle(id) };
}

const pods = (...images: readonly string[]) => ({
  inUse: [{ name: 'pods.json', text: JSON.stringify({ items: images.map((image) => ({ image })) }) }],
});

async function tagsOf(registry: GuardedRegistry, repository: string): Promise<string[]> {
  const [state] = Object.values(await stateOf(registry, [repository]));
  return Object.keys(state ?? {});
}

async function finished(core: Core, planId: string) {
  const { operationId } = await core.plans.start(planId);
  return await core.operations.finished(operationId);
}

describe('a cleanup', () => {
  test('does what its plan says, and is taken back as one', async () => {
    const { core, registry, handle } = await opened();
    const images = await fill(registry);
    const before = await stateOf(registry, ['team/app', 'other/app']);
    const plan = await planCleanup(core, handle, RULES, pods(`${registry.url.slice(7)}/team/app:r1`));
    expect(fatesOf(plan.lines)).toEqual({
      delete: ['team/app:pr-1', 'team/app:pr-2', 'team/app:r2'],
      keep: ['team/app:pr-3', 'team/app:r1', 'team/app:r3', 'team/app:r4', 'team/app:stable'],
    });
    const line = plan.lines.find(({ decided }) => decided[0]?.tag === 'pr-1');
    expect(line).toMatchObject({
      digest: images.get('pr-1')?.digest,
      decided: [{ reason: 'deleted', rule: 'team', entry: 'old pull requests' }],
    });
    expect(plan.summary).toMatchObject({
      rules: [{ name: 'team' }],
      tags: { delete: 3, keep: 5 },
      bytesAtMost: false,
      emptied: [],
    });
    expect(await stateOf(registry, ['team/app', 'other/app'])).toEqual(before);

    const done = await finished(core, plan.id);
    expect(done).toMatchObject({ status: 'done', subject: { kind: 'cleanup', rules: { name: 'test' } } });
    expect(await tagsOf(registry, 'team/app')).toEqual(['pr-3', 'r1', 'r3', 'r4', 'stable']);
    expect(await tagsOf(registry, 'other/app')).toEqual(['pr-1']);

    const undo = await startUndo(core, done.id);
    expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
    expect(await stateOf(registry, ['team/app', 'other/app'])).toEqual(before);
  });

  test('keeps what would be in use where its list is not at hand', async () => {
    const { core, registry, handle } = await opened();
    await fill(registry);
    const plan = await planCleanup(core, handle, RULES);
    expect(fatesOf(plan.lines).delete).toBeUndefined();
    expect(plan.lines[0]?.decided[0]).toMatchObject({ reason: 'unknown', missing: 'inUse' });
  });

  test('leaves alone what moved, or was tagged anew, between plan and run, and says so', async () => {
    const { core, registry, handle } = await opened();
    const images = await fill(registry);
    const plan = await planCleanup(core, handle, RULES, pods('x/y:1'));
    expect(fatesOf(plan.lines).delete).toEqual([
      'team/app:pr-1',
      'team/app:pr-2',
      'team/app:r1',
      'team/app:r2',
    ]);
    const moved = await imageOf('moved', 1);
    await push(moved, registry, 'team/app', 'pr-1');
    await push(images.get('r1') as TestManifest, registry, 'team/app', 'hotfix');
    const done = await finished(core, plan.id);
    expect(done).toMatchObject({ status: 'done', failure: { code: 'planStale' } });
    expect(await stateOf(registry, ['team/app'])).toMatchObject({
      'team/app': { 'pr-1': moved.digest, r1: images.get('r1')?.digest, hotfix: images.get('r1')?.digest },
    });
    expect(await tagsOf(registry, 'team/app')).not.toContain('pr-2');
    const changes = (await all(core.operations.changes(done.id))).flat();
    expect(changes.filter(({ state }) => state === 'leftAlone').map(({ tag }) => tag)).toEqual(
      expect.arrayContaining(['pr-1', 'r1']),
    );
  });

  test.each([{ deleteByTag: true }, { deleteByTag: false }])(
    'of a digest with a tag that stays, the others go alone: %o',
    async (limits) => {
      const { core, registry, handle } = await opened();
      registry.setLimits(limits);
      const image = await imageOf('shared', 40);
      for (const tag of ['pr-9', 'v1']) await push(image, registry, 'team/web', tag);
      const plan = await planCleanup(core, handle, RULES, pods('x/y:1'));
      expect(fatesOf(plan.lines)).toEqual({ delete: ['team/web:pr-9'], keep: ['team/web:v1'] });
      expect(plan.lines[0]).toMatchObject({ alone: true });
      expect(plan.summary.bytesFreed).toBe(0);
      expect(await finished(core, plan.id)).toMatchObject({ status: 'done' });
      expect(await stateOf(registry, ['team/web'])).toEqual({ 'team/web': { v1: image.digest } });
    },
  );

  test('signatures go before what they are attached to; stale ones and manifests without a tag by rules of their own', async () => {
    const { core, registry, handle } = await opened();
    const image = await imageOf('signed', 40);
    await push(image, registry, 'team/app', 'pr-1');
    const sbom = await makeArtifact({ subject: image });
    await push(sbom, registry, 'team/app');
    const kept = await imageOf('kept', 1);
    await push(kept, registry, 'team/app', 'v1');
    const lost = await imageOf('lost', 40);
    await push(lost, registry, 'team/app', 'pr-2');
    const cosign = `sha256-${'0'.repeat(64)}.sig`;
    await push(await makeArtifact({ content: Buffer.from('signature') }), registry, 'team/app', cosign);
    const rules = `${RULES.replace('      - { name: in use, inUse: pods.json }\n', '')}
      - { name: stale, staleReferrers: true }
      - { name: untagged, untagged: true }
`;
    const plan = await planCleanup(core, handle, rules);
    expect(fatesOf(plan.lines).delete).toEqual(
      [`team/app:${cosign}`, 'team/app:pr-1', 'team/app:pr-2'].sort(),
    );
    const order = plan.lines.flatMap(({ state, digest }) => (state === 'delete' ? [digest] : []));
    expect(order.indexOf(sbom.digest)).toBeGreaterThanOrEqual(0);
    expect(order.indexOf(sbom.digest)).toBeLessThan(order.indexOf(image.digest));
    expect(await finished(core, plan.id)).toMatchObject({ status: 'done' });
    expect(await tagsOf(registry, 'team/app')).toEqual(['v1']);
    for (const { digest } of [image, sbom, lost])
      expect((await plainRequest(registry, `/v2/team/app/manifests/${digest}`)).status).toBe(404);
  });

  test('an index that stays keeps its images', async () => {
    const { core, registry, handle } = await opened();
    const index = await makeMultiPlatform('multi');
    await push(index, registry, 'team/app', 'v1');
    const [child] = index.children;
    await push(child as TestManifest, registry, 'team/app', 'pr-1');
    const rules = RULES.replace('olderThan: 14d', 'olderThan: 1d').replace(
      '      - { name: in use, inUse: pods.json }\n',
      '',
    );
    const plan = await planCleanup(core, handle, rules);
    expect(plan.lines.find(({ state }) => state === 'delete')).toMatchObject({
      alone: true,
      decided: [{ tag: 'pr-1' }],
    });
    expect(await finished(core, plan.id)).toMatchObject({ status: 'done' });
    expect((await plainRequest(registry, `/v2/team/app/manifests/${child?.digest}`)).status).toBe(200);
  });

  test('refuses rules that it does not understand, and a registry that is locked', async () => {
    const { core, handle, id } = await opened();
    await expect(planCleanup(core, handle, 'version: 2')).rejects.toMatchObject({ code: 'invalidInput' });
    core.accounts.setReadOnly(id, true);
    await expect(planCleanup(core, await core.accounts.handle(id), RULES)).rejects.toMatchObject({
      code: 'readOnly',
    });
  });

  test('a preview says what rules make of what is known, and asks no registry', async () => {
    const { core, registry, handle, id } = await opened();
    await fill(registry);
    const preview = async () =>
      await all<CleanupPreview>(core.cleanup.preview(id, { scope: {}, text: RULES, ...pods('x/y:1') }));
    expect(await preview()).toEqual([
      { kind: 'end', repositories: 0, tags: { kept: 0, going: 0, unseen: 0 } },
    ]);
    await planCleanup(core, handle, RULES, pods('x/y:1'));
    registry.clearRequests();
    const parts = await preview();
    expect(registry.requests).toEqual([]);
    expect(parts.at(-1)).toMatchObject({
      kind: 'end',
      repositories: 1,
      tags: { kept: 4, going: 4, unseen: 0 },
      asOf: NOW.toISOString(),
    });
    expect(parts[0]).toMatchObject({
      kind: 'tags',
      repository: 'team/app',
      tags: expect.arrayContaining([
        expect.objectContaining({
          tag: 'pr-3',
          keep: true,
          reason: 'unmatched',
          created: created(5)['org.opencontainers.image.created'],
        }),
      ]),
    });
  });
});
