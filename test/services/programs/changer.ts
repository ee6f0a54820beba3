/**
 * A process that starts an operation, says `operation <id>` when it has begun, and how it ended. Arguments: home, and what it
 * does: `retag URL REPOSITORY REFERENCE TAG`, `copy SOURCE TARGET REPOSITORY TAG`, `sync SOURCE TARGET` of all that there is, or
 * `undo OPERATION`.
 */
import { openCore } from '../../support/own-core.ts';
import { everything, planSync } from '../support/plans.ts';

const [home = '', verb = '', ...rest] = process.argv.slice(2);
const core = await openCore(home);

async function plan(): Promise<{ id: string }> {
  if (verb === 'undo') return await core.plans.planUndo(rest[0] ?? '');
  const [from = '', to = '', repository = '', tag = ''] = rest;
  const source = await core.accounts.forHost(from, {});
  if (verb === 'retag') {
    const copy = { source: { repository: to, reference: repository }, target: { repository: to, tag } };
    return await core.transfers.planCopies(source, source, [copy]);
  }
  const target = await core.accounts.forHost(to, {});
  if (verb === 'sync') return await planSync(core, source, target, everything);
  const copy = { source: { repository, reference: tag }, target: { repository, tag } };
  return await core.transfers.planCopies(source, target, [copy]);
}

const { operationId } = await core.plans.start((await plan()).id);
console.log(`operation ${operationId}`);
const { status } = await core.operations.finished(operationId);
console.log(`ended ${status}`);
await core.close();
