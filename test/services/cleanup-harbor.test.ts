import { expect, test } from 'vitest';
import { credentialsOf, type ReplayedHarbor, startHarbor } from '../support/harbor.ts';
import { describeWithHarbor } from '../support/harbor-recorded.ts';
import { makeImage } from '../support/images.ts';
import { settingsFor, testCore } from './support/core.ts';
import { bytesOf } from './support/inventory.ts';
import { fatesOf, planCleanup } from './support/plans.ts';

/** What was recorded was pushed, and mostly pulled, on 25 November. */
const NOW = new Date('2026-12-25T00:00:00Z');

const RULES = `version: 1
rules:
  - name: team
    repositories: "team/*"
    keep:
      - { name: pulled, tags: "*", by: pulled, youngerThan: 60d, newest: 1 }
    delete:
      - { name: old, tags: "*", by: pushed, olderThan: 14d }
`;

async function signedIn(harbor: ReplayedHarbor) {
  const core = await testCore({ now: () => NOW });
  const { username, password } = credentialsOf('projectAdmin') ?? { username: '', password: '' };
  const settings = settingsFor(harbor.url, { signIn: { kind: 'password', username } });
  const { id } = await core.accounts.add(settings, { password });
  return { core, handle: await core.accounts.handle(id) };
}

describeWithHarbor('a cleanup of Harbor, replayed', () => {
  test('goes by when each was pushed and pulled, which Harbor knows, and counts no pull until something goes', async () => {
    const harbor = await startHarbor();
    const [used, unused] = [await makeImage({ name: 'used' }), await makeImage({ name: 'unused' })];
    harbor.content.push(used, '1.0', 'latest');
    harbor.content.push(unused, '0.9');
    harbor.content.unpulled.add(unused.digest);
    const { core, handle } = await signedIn(harbor);
    const plan = await planCleanup(core, handle, RULES, { scope: { repository: 'team/web' } });
    expect(fatesOf(plan.lines)).toEqual({
      delete: ['team/web:0.9'],
      keep: ['team/web:1.0', 'team/web:latest'],
    });
    // Nothing was read: the size that Harbor says is the most that becomes free.
    expect(plan.summary).toMatchObject({ countsPulls: true, bytesAtMost: true, bytesFreed: bytesOf(unused) });
    expect(harbor.pulls()).toBe(0);
    const { operationId } = await core.plans.start(plan.id, {
      consent: plan.needsConsent,
      typed: plan.typed,
    });
    expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
    expect(harbor.content.tags()).toEqual({ '1.0': used.digest, latest: used.digest });
    expect(harbor.content.holds(unused.digest)).toBe(false);
  });

  test('an immutable tag that rules would delete stays, and its line says why', async () => {
    const harbor = await startHarbor();
    harbor.content.push(await makeImage({ name: 'fixed' }), 'fixed');
    harbor.content.push(await makeImage({ name: 'old' }), 'old');
    for (const digest of Object.values(harbor.content.tags())) harbor.content.unpulled.add(digest);
    harbor.content.push(await makeImage({ name: 'used' }), 'used');
    harbor.content.protect('fixed');
    const { core, handle } = await signedIn(harbor);
    const plan = await planCleanup(core, handle, RULES, { scope: { repository: 'team/web' } });
    expect(fatesOf(plan.lines)).toEqual({
      delete: ['team/web:old'],
      keep: ['team/web:used'],
      spared: ['team/web:fixed'],
    });
    expect(plan.lines.find(({ state }) => state === 'spared')).toMatchObject({ immutable: true, along: [] });
  });
});
