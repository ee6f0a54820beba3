import { expect, test } from 'vitest';
import { makeImage } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { type Oddity, startOddRegistry } from '../../support/odd-registry.ts';
import { push } from '../../support/push.ts';
import type { Answer } from '../../support/server.ts';
import { expectWhole, plan, requestsFor, run } from './transferring.ts';

/** Targets that answer a look at what is not there yet, or at anything, by a refusal. */
const requests = requestsFor(['app', '1']);
const isLook = (method: string): boolean => method === 'GET' || method === 'HEAD';

async function copyTo(odd: Oddity, options?: Parameters<typeof plan>[3]) {
  const source = await startTestRegistry();
  const image = await makeImage();
  await push(image, source, 'from/app', '1');
  const target = await startOddRegistry(odd);
  const planned = await plan(source, target, requests, options);
  return { source, target, image, planned, item: planned.items[0] };
}

test.each([400, 401, 403, 404, 405, 501])(
  'B2: a target that answers every look with %i is written to, and the plan says that it was not seen',
  async (status) => {
    const { target, image, planned, item } = await copyTo(({ method }, ordinary) =>
      isLook(method) ? { status, body: { errors: [{ code: 'DENIED', message: 'no looking' }] } } : ordinary(),
    );
    expect(item).toMatchObject({ verdict: 'new', ...(status === 404 ? {} : { unseen: { status } }) });
    expect(item?.unseen?.side).toBe(status === 404 ? undefined : 'target');
    const { outcomes } = await run(planned, { checkTags: true });
    expect([...outcomes.values()]).toEqual([{ kind: 'copied' }]);
    await expectWhole(target.behind, 'to/app', '1', image);
  },
);

test('B2: only the look at blobs is refused: they are sent, and sent again where the registry misses one', async () => {
  let lost = false;
  const { target, image, planned } = await copyTo(async ({ method, url }, ordinary): Promise<Answer> => {
    if (method === 'HEAD' && url.includes('/blobs/')) return { status: 405 };
    if (method === 'PUT' && url.includes('/manifests/') && !lost) {
      lost = true;
      return { status: 404, body: { errors: [{ code: 'MANIFEST_BLOB_UNKNOWN' }] } };
    }
    return await ordinary();
  });
  const { outcomes } = await run(planned);
  expect([...outcomes.values()]).toEqual([{ kind: 'copied' }]);
  await expectWhole(target.behind, 'to/app', '1', image);
});

test('B2: a token for reading is refused until the first push made the repository; one for writing works', async () => {
  let made = false;
  const { target, image, planned } = await copyTo(async ({ method, url, headers }, ordinary) => {
    const { pathname, searchParams } = new URL(url, 'http://any');
    if (pathname === '/token') {
      const writes = searchParams.getAll('scope').some((scope) => scope.includes('push'));
      return { body: { token: writes ? 'writer' : 'reader' } };
    }
    const given = headers.authorization;
    if (given === undefined || (given === 'Bearer reader' && !made && pathname !== '/v2/')) {
      const scope = `repository:to/app:${isLook(method) ? 'pull' : 'pull,push'}`;
      const realm = `http://${headers.host}/token`;
      const challenge = `Bearer realm="${realm}",service="made",scope="${scope}"`;
      return { status: 401, headers: { 'www-authenticate': challenge } };
    }
    const answer = await ordinary();
    if (method === 'POST') made = true;
    return answer;
  });
  const { outcomes } = await run(planned);
  expect([...outcomes.values()]).toEqual([{ kind: 'copied' }]);
  await expectWhole(target.behind, 'to/app', '1', image);
});

test('B2: where only new tags are asked for, a tag that cannot be seen is refused and not written over', async () => {
  const { item } = await copyTo(({ method }, ordinary) => (isLook(method) ? { status: 403 } : ordinary()), {
    newOnly: true,
  });
  expect(item).toMatchObject({ verdict: 'refused', error: { code: 'denied', side: 'target' } });
});

test('B2: a write that is refused ends the copy with the registry’s words', async () => {
  const { planned, target } = await copyTo(() => ({
    status: 403,
    body: { errors: [{ code: 'DENIED', message: 'nobody may' }] },
  }));
  const { outcomes } = await run(planned);
  expect([...outcomes.values()]).toMatchObject([
    { kind: 'failed', error: { code: 'denied', side: 'target', reason: 'nobody may' } },
  ]);
  expect(target.lines().some((line) => line.startsWith('POST'))).toBe(true);
});
