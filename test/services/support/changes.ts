import type { Core } from '../../../src-main/services/index.ts';
import { everything, planSync } from './plans.ts';

/** What to do to registries, in words that can be given to a process. */
export type Change =
  | readonly [verb: 'retag', url: string, repository: string, reference: string, ...tags: string[]]
  | readonly [verb: 'copy', from: string, to: string, repository: string, tag: string]
  | readonly [verb: 'sync', from: string, to: string]
  /** All that is attached goes along; the content is kept. */
  | readonly [verb: 'delete', url: string, repository: string, ...tags: string[]]
  /** The same, in several repositories: `repository:tag`. */
  | readonly [verb: 'deleteMany', url: string, ...tags: string[]]
  | readonly [verb: 'undo', operationId: string];

/** Plans a change by hosts, without accounts, and starts it. A copy takes what is attached along; a sync all that there is. */
export async function startChange(core: Core, change: Change): Promise<{ operationId: string }> {
  const { id } = await plan(core, change);
  const { typed } = core.plans.get(id);
  return await core.plans.start(id, { consent: true, typed, keepContent: /^delete/.test(change[0]) });
}

async function plan(core: Core, change: Change): Promise<{ id: string }> {
  if (change[0] === 'undo') return await core.plans.planUndo(change[1]);
  const source = await core.accounts.forHost(change[1], {});
  if (change[0] === 'delete') {
    const [, , repository, ...tags] = change;
    return await core.deletion.planFor(source, repository, tags, { attached: true });
  }
  if (change[0] === 'deleteMany') {
    const [, , ...named] = change;
    const places = named.map((text) => text.split(':') as [repository: string, tag: string]);
    const doomed = [...Map.groupBy(places, ([repository]) => repository)].map(([repository, some]) => ({
      repository,
      tags: some.map(([, tag]) => ({ tag })),
    }));
    return await core.deletion.planMany(source, doomed, { attached: true });
  }
  if (change[0] === 'retag') {
    const [, , repository, reference, ...tags] = change;
    const copies = tags.map((tag) => ({ source: { repository, reference }, target: { repository, tag } }));
    return await core.transfers.planCopies(source, source, copies);
  }
  const target = await core.accounts.forHost(change[2], {});
  if (change[0] === 'sync') return await planSync(core, source, target, everything);
  const [, , , repository, tag] = change;
  const copy = { source: { repository, reference: tag }, target: { repository, tag } };
  return await core.transfers.planCopies(source, target, [copy], { attached: true });
}
