import { decodeJwt, decodeProtectedHeader } from 'jose';
import { expect, test } from 'vitest';
import { basicAuthorization, plainRequest } from './push.ts';
import { startTokenService } from './token-service.ts';

const users = {
  ann: { password: 's:cret', rights: { 'repository:*': ['pull'], 'repository:team/app': ['pull', 'push'] } },
};
const pull = { type: 'repository', name: 'other', actions: ['pull'] };

test('GET: Basic, repeated scopes, only what the user may do', async () => {
  const service = await startTokenService({ users });
  const query =
    'service=wharfinger.test&scope=repository:team/app:pull,push,delete&scope=repository:other:pull,push';
  const { status, body } = await plainRequest({ url: service.realm }, `/token?${query}`, {
    headers: { authorization: basicAuthorization('ann', 's:cret') },
  });
  expect(status).toBe(200);
  const reply = JSON.parse(body.toString());
  expect(reply).toMatchObject({ expires_in: 300 });
  expect(reply).not.toHaveProperty('refresh_token');
  expect(decodeProtectedHeader(reply.token)).toMatchObject({ alg: 'ES256', x5c: [expect.any(String)] });
  expect(decodeJwt(reply.token)).toMatchObject({
    iss: service.issuer,
    sub: 'ann',
    aud: service.service,
    access: [
      { type: 'repository', name: 'team/app', actions: ['pull', 'push'] },
      { type: 'repository', name: 'other', actions: ['pull'] },
    ],
  });
  expect(service.check(reply.token, pull)).toBe('ok');
  expect(service.check(reply.token, { ...pull, actions: ['push'] })).toBe('insufficient');
  expect(service.requests).toEqual([
    {
      method: 'GET',
      status: 200,
      grant: 'password',
      user: 'ann',
      service: 'wharfinger.test',
      scopes: ['repository:team/app:pull,push,delete', 'repository:other:pull,push'],
    },
  ]);
});

test('GET: a wrong password is refused, no credentials get what is open to all', async () => {
  const service = await startTokenService({ users, anonymous: { 'repository:other': ['pull'] } });
  const target = { url: service.realm };
  const wrong = await plainRequest(target, '/token', {
    headers: { authorization: basicAuthorization('ann', 'x') },
  });
  expect(wrong.status).toBe(401);
  const anonymous = await plainRequest(target, '/token?scope=repository:other:pull,push');
  expect(service.check(JSON.parse(anonymous.body.toString()).token, pull)).toBe('ok');
});

test('POST: password, then the refresh token it gave, until that is revoked', async () => {
  const service = await startTokenService({ users });
  const post = async (form: Record<string, string>) => {
    const { status, body } = await plainRequest({ url: service.realm }, '/token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(new URLSearchParams(form).toString()),
    });
    return { status, reply: JSON.parse(body.toString()) };
  };
  const scope = 'repository:other:pull repository:team/app:push';
  const first = await post({
    grant_type: 'password',
    username: 'ann',
    password: 's:cret',
    scope,
    access_type: 'offline',
  });
  expect(first.status).toBe(200);
  expect(service.check(first.reply.access_token, pull)).toBe('ok');
  const refresh = { grant_type: 'refresh_token', refresh_token: first.reply.refresh_token, scope };
  expect(service.check((await post(refresh)).reply.access_token, pull)).toBe('ok');
  expect(service.requests.map(({ grant, scopes }) => [grant, scopes.length])).toEqual([
    ['password', 2],
    ['refresh_token', 2],
  ]);
  service.revokeRefreshTokens();
  expect((await post(refresh)).status).toBe(401);
  service.getOnly = true;
  expect((await post(refresh)).status).toBe(404);
});

test('tokens of another service, changed ones and expired ones are invalid', async () => {
  const [service, other] = await Promise.all([startTokenService({ users }), startTokenService({ users })]);
  const scopes = ['repository:other:pull'];
  const good = await service.token('ann', scopes);
  expect(service.check(good, pull)).toBe('ok');
  expect(service.check(await other.token('ann', scopes), pull)).toBe('invalid');
  const [header, payload, signature] = good.split('.');
  const more = Buffer.from(JSON.stringify({ ...decodeJwt(good), sub: 'eve' })).toString('base64url');
  expect(payload).not.toBe(more);
  expect(service.check(`${header}.${more}.${signature}`, pull)).toBe('invalid');
  expect(service.check('nonsense', pull)).toBe('invalid');
  service.expiresIn = -1;
  expect(service.check(await service.token('ann', scopes), pull)).toBe('invalid');
});
