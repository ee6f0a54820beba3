/**
 * A process that deletes tags of a repository and says `operation <id>` when it has begun, and how it ended. Arguments: home,
 * URL of the registry, repository, tags.
 */
import { openCore } from '../../support/own-core.ts';
import { planFor } from '../support/plans.ts';

const [home = '', url = '', repository = '', ...tags] = process.argv.slice(2);
const core = await openCore(home);
const registry = await core.accounts.forHost(url, {});
const plan = await planFor(core, registry, repository, tags);
const { operationId } = await core.plans.start(plan.id, { consent: plan.needsConsent, typed: plan.typed });
console.log(`operation ${operationId}`);
const { status } = await core.operations.finished(operationId);
console.log(`ended ${status}`);
await core.close();
