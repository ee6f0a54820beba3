/**
 * A process that deletes tags of a repository and says `operation <id>` when it has begun, and how it ended. Arguments: home,
 * URL of the registry, repository, tags.
 */
import { createCore } from '../../../src-main/services/index.ts';

const [home = '', url = '', repository = '', ...tags] = process.argv.slice(2);
const core = await createCore({
  home,
  keychain: null,
  host: 'cli',
  version: '0.0.0-test',
  environment: { HOME: home },
});
const registry = await core.accounts.forHost(url, {});
const plan = await core.deletion.planFor(registry, repository, tags);
const { operationId } = await core.deletion.start(plan.id, plan.needsConsent);
console.log(`operation ${operationId}`);
const { status } = await core.operations.finished(operationId);
console.log(`ended ${status}`);
await core.close();
