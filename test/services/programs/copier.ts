/**
 * A process that copies `team/app:1` from one registry to another and says when bytes flow. `cancel` on stdin cancels the copy
 * and ends it. Arguments: home, source URL, target URL.
 */
import { once } from 'node:events';
import { openCore } from '../../support/own-core.ts';
import { planCopy } from '../support/plans.ts';

const [home = '', source = '', target = ''] = process.argv.slice(2);
const core = await openCore(home);

async function account(name: string, url: string) {
  const { id } = await core.accounts.add(
    {
      name,
      url,
      signIn: { kind: 'anonymous' },
      tls: { verify: true },
      proxy: { kind: 'none' },
      readOnly: false,
      repositories: [],
    },
    {},
  );
  return await core.accounts.handle(id);
}

const plan = await planCopy(
  core,
  { registry: await account('source', source), repository: 'team/app', reference: '1' },
  { registry: await account('target', target), repository: 'team/app', tag: '1' },
);
const { operationId } = await core.plans.start(plan.id);
for await (const { id, progress } of core.operations.watch()) {
  if (id === operationId && progress.bytesSent > 300_000) break;
}
console.log(`operation ${operationId}`);
await once(process.stdin, 'data');
await core.operations.cancel(operationId);
await core.close();
