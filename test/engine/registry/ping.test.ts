import { expect, test } from 'vitest';
import { ping } from '../../support/registry.ts';
import { clientOf, startServer } from '../../support/server.ts';

const API = { 'docker-distribution-api-version': 'registry/2.0' };
const HTML = { 'content-type': 'text/html' };

test.each([
  ['JSON', { body: {} }],
  ['nothing', {}],
  ['its header and text', { headers: { ...API, 'content-type': 'text/plain' }, body: 'true' }],
])('a registry that answers %s', async (_, answer) => {
  const registry = await startServer({ 'GET /v2/': answer });
  await expect(ping(clientOf(registry))).resolves.toMatchObject({ milliseconds: expect.any(Number) });
});

test.each([
  ['a web page', { headers: HTML, body: '<html>Welcome to nginx!</html>' }],
  ['text', { headers: { 'content-type': 'text/plain' }, body: 'hello' }],
  ['no such page', { status: 404, headers: HTML, body: '<html>404</html>' }],
  ['not like this', { status: 405 }],
  ['a 401 without a challenge', { status: 401, headers: HTML, body: '<html>log in</html>' }],
  ['a redirect', { status: 301, headers: { location: 'https://elsewhere.example/login?next=x' } }],
])('what answers %s is not a registry', async (_, answer) => {
  const site = await startServer({ 'GET /v2/': answer });
  await expect(ping(clientOf(site))).rejects.toMatchObject({
    code: 'notARegistry',
    reason: expect.any(String),
  });
});

test('a redirect names where it leads', async () => {
  const site = await startServer({
    'GET /v2/': { status: 308, headers: { location: 'https://r.example/v2/' } },
  });
  await expect(ping(clientOf(site))).rejects.toMatchObject({
    reason: expect.stringContaining('https://r.example'),
  });
});

test.each([
  [401, { 'www-authenticate': 'Basic realm="r"' }, 'unauthorized'],
  [403, API, 'denied'],
])('%i is a registry that does not let us in', async (status, headers, code) => {
  const registry = await startServer({ 'GET /v2/': { status, headers } });
  await expect(ping(clientOf(registry))).rejects.toMatchObject({ code, status });
});

test('B9: who is not signed in learns that a sign-in is asked for', async () => {
  const refusal = { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } };
  const registry = await startServer({ 'GET /v2/': refusal });
  await expect(ping(clientOf(registry))).rejects.toMatchObject({ signInAt: registry.host });
  const credentials = { kind: 'password', username: 'u', password: 'wrong' } as const;
  await expect(ping(clientOf(registry, { credentials }))).rejects.toMatchObject({ signInAt: undefined });
});
