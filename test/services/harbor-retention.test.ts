import { expect, test } from 'vitest';
import { credentialsOf, type Role, startHarbor } from '../support/harbor.ts';
import { describeWithHarbor } from '../support/harbor-recorded.ts';
import { makeImage } from '../support/images.ts';
import { settingsFor, testCore } from './support/core.ts';

/** What was recorded was pushed, and mostly pulled, on 25 November. */
const NOW = new Date('2026-12-25T00:00:00Z');

const RULES = `version: 1
rules:
  - name: releases
    repositories: "team/web"
    keep:
      - { name: fixed, tags: "stable" }
    delete:
      - { name: old, tags: ["0.*", "stable"], by: pushed, olderThan: 14d }
`;

async function setUp(role: Role) {
  const harbor = await startHarbor();
  for (const tag of ['0.8', '0.9', '1.0', 'stable'])
    harbor.content.push(await makeImage({ name: `web-${tag}` }), tag);
  harbor.content.alone = true;
  // The run that was recorded, about this repository for one of its two tasks; both say the same: one with a tag goes, and two without.
  harbor.managed.retention.retained = { 'a/b/c': 'web', '| v1 ': '| 0.9' };
  const core = await testCore({ now: () => NOW });
  const { username, password } = credentialsOf(role) ?? { username: '', password: '' };
  const settings = settingsFor(harbor.url, { signIn: { kind: 'password', username } });
  const { id: accountId } = await core.accounts.add(settings, { password });
  const { id: savedId } = core.cleanup.save({ accountId, name: 'Releases', text: RULES, schedule: null });
  const handle = await core.accounts.handle(accountId);
  const compare = () => core.products.compareRetention(handle, { project: 'team', savedId });
  return { harbor, compare };
}

describeWithHarbor('retention of Harbor, replayed', () => {
  test('what its dry run would delete stands beside what our rules would, with why; nothing is deleted', async () => {
    const { harbor, compare } = await setUp('projectAdmin');
    const tags = harbor.content.tags();
    const compared = await compare();
    expect(compared).toMatchObject({
      rules: 'Releases',
      run: { state: 'done', options: { dryRun: true } },
      counts: { both: 1, registryOnly: 5, ownOnly: 1 },
      more: false,
    });
    const named = compared.rows.map(({ repository, tag, verdict, why }) => [
      verdict,
      tag === null ? repository : `${repository}:${tag}`,
      why?.entry,
    ]);
    expect(named).toEqual([
      ['registryOnly', 'team/web', undefined],
      ['registryOnly', 'team/web', undefined],
      ['registryOnly', 'team/a/b', undefined],
      ['registryOnly', 'team/a/b:0.9', undefined],
      ['registryOnly', 'team/a/b', undefined],
      ['ownOnly', 'team/web:0.8', 'old'],
      ['both', 'team/web:0.9', 'old'],
    ]);
    expect(harbor.content.tags()).toEqual(tags);
    const written = harbor.seen.filter(({ method }) => !['GET', 'HEAD'].includes(method));
    expect(written.map(({ method, url, body }) => [method, url, body.toString()])).toEqual([
      ['POST', '/api/v2.0/retentions/1/executions', JSON.stringify({ dry_run: true })],
    ]);
    expect(harbor.pulls()).toBe(0);
  });

  test('a guest may not have it run, and is told so before anything is begun', async () => {
    const { harbor, compare } = await setUp('guest');
    await expect(compare()).rejects.toMatchObject({ code: 'denied' });
    expect(harbor.seen.filter(({ method }) => method === 'POST')).toEqual([]);
  });
});
