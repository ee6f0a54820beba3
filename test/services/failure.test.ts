import { expect, test } from 'vitest';
import { listTags, RegistryError } from '../../src-main/engine/index.ts';
import { failureOf } from '../../src-main/services/index.ts';
import { clientOf, collect, startServer, failureOf as thrownBy } from '../support/server.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

test.each([
  ['GET https://r.example/v2/team/web/manifests/1.0', 'team/web:1.0'],
  [`DELETE https://r.example/v2/team/web/manifests/${DIGEST}`, `team/web@${DIGEST}`],
  ['GET https://r.example/v2/manifests/tags/list', 'manifests'],
  ['GET https://r.example/v2/tags/manifests/manifests/latest', 'tags/manifests:latest'],
  [`GET https://r.example/v2/a/blobs/${DIGEST}`, `a@${DIGEST}`],
  ['POST https://r.example/v2/a/b/blobs/uploads/', 'a/b'],
  ['PUT https://r.example/v2/a/blobs/uploads/6f9c', 'a'],
  [
    `DELETE https://r.example/api/v2.0/projects/team/repositories/a%252Fweb/artifacts/${DIGEST}/tags/1.0`,
    'team/a/web:1.0',
  ],
  ['GET https://r.example/v2/_catalog', undefined],
  ['GET https://r.example/v2/', undefined],
  ['', undefined],
])('B9: %s is about %s', (request, object) => {
  const failure = failureOf(new RegistryError('denied', request, { status: 403 }));
  expect(failure.object).toBe(object);
  if (object !== undefined) expect(failure.message).toContain(`${object}: `);
});

test('B9: where no registry answered, nothing of it is named', () => {
  const request = 'GET https://r.example/v2/team/web/manifests/1.0';
  expect(failureOf(new RegistryError('hostUnknown', request)).object).toBeUndefined();
});

test('B9: an anonymous user learns that a sign-in is asked for, and where', async () => {
  const registry = await startServer({
    'GET /v2/a/tags/list': { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } },
  });
  const nobody = failureOf(await thrownBy(collect(listTags(clientOf(registry), 'a'))));
  expect(nobody).toMatchObject({
    code: 'unauthorized',
    signInAt: registry.host,
    message: 'a: The registry asks for a sign-in.',
  });
  const credentials = { kind: 'password', username: 'u', password: 'wrong' } as const;
  const somebody = failureOf(await thrownBy(collect(listTags(clientOf(registry, { credentials }), 'a'))));
  expect(somebody.code).toBe('unauthorized');
  expect(somebody.signInAt).toBeUndefined();
});
