import { expect, test } from 'vitest';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { push } from '../support/push.ts';
import { addAccount, testCore } from './support/core.ts';
import { planFor } from './support/plans.ts';

/** What deleting 20 of 100 tags on one digest may cost, plan and verification included. */
const REQUESTS_MAX = 200;

test.each([
  ['by their names', true],
  ['by a placeholder', false],
])('B8: 20 of 100 tags on one digest go %s with at most 200 requests in all', async (_, deleteByTag) => {
  const registry = await startTestRegistry({ limits: { deleteByTag } });
  const image = await makeImage();
  await push(image, registry, 'app', 't0');
  const tags = Array.from({ length: 100 }, (_, number) => `t${number}`);
  await registry.storage.seed([{ repository: 'app', mediaType: image.mediaType, bytes: image.bytes, tags }]);
  const core = await testCore();
  const { id } = await addAccount(core, registry);
  const handle = await core.accounts.handle(id);
  registry.clearRequests();
  const plan = await planFor(core, handle, 'app', tags.slice(0, 20));
  const { operationId } = await core.plans.start(plan.id, { consent: false });
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  expect(registry.requests.length).toBeLessThanOrEqual(REQUESTS_MAX);
  const kept = await planFor(core, handle, 'app', ['t20']);
  expect(kept.tagsAlone[0]?.siblings).toHaveLength(79);
});
