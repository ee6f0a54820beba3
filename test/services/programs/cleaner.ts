/**
 * A process that cleans up a registry by rules and says `operation <id>` when it has begun, and how it ended. Arguments: home, URL of the
 * registry, text of the rules.
 */
import { openCore } from '../../support/own-core.ts';
import { planCleanup } from '../support/plans.ts';

const [home = '', url = '', rules = ''] = process.argv.slice(2);
const core = await openCore(home);
const registry = await core.accounts.forHost(url, {});
const plan = await planCleanup(core, registry, rules);
const { operationId } = await core.plans.start(plan.id, { consent: plan.needsConsent, typed: plan.typed });
console.log(`operation ${operationId}`);
const { status } = await core.operations.finished(operationId);
console.log(`ended ${status}`);
await core.close();
