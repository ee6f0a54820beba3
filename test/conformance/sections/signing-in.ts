import { expect, test } from 'vitest';
import { listTags, RegistryClient } from '../../../src-main/engine/index.ts';
import { whenFinished } from '../../support/cleanup.ts';
import { tester } from '../../support/docker-registry.ts';
import { makeImage } from '../../support/images.ts';
import { push } from '../../support/push.ts';
import { listRepositories, ping } from '../../support/registry.ts';
import { collect, connect, newRepository, type Subject } from '../setup.ts';

/** Ping and sign-in, right and wrong. */
export function signingIn({ abilities, registry }: Subject): void {
  const scheme = abilities.signIn === 'none' ? 'anonymous' : abilities.signIn;

  /** A client that knows the same certificates and no one's password. */
  const stranger = () => {
    const { credentials: _, ...options } = registry().options;
    const client = new RegistryClient(options);
    whenFinished(() => client.close());
    return client;
  };

  test('ping reports the product and signs in', async () => {
    const client = connect(registry());
    const answer = await ping(client);
    expect(answer.system).toBe(abilities.system);
    expect(answer.milliseconds).toBeGreaterThanOrEqual(0);
    expect(client.authScheme()).toBe(scheme);
  });

  test('a user who may do everything reads a new repository', async () => {
    const repository = newRepository('sign-in');
    await push(await makeImage(), registry().target, repository, '1');
    expect(await collect(listTags(connect(registry()), repository))).toEqual(['1']);
  });

  if (abilities.signIn === 'none') {
    test('no one needs to sign in', async () => {
      await expect(ping(stranger())).resolves.toMatchObject({ system: abilities.system });
    });
    return;
  }

  test('without credentials nothing is read, unless it is public', async () => {
    if (abilities.readsAnonymously) {
      const repository = newRepository('public');
      await push(await makeImage(), registry().target, repository, '1');
      expect(await collect(listTags(stranger(), repository))).toEqual(['1']);
      return;
    }
    await expect(collect(listRepositories(stranger()))).rejects.toMatchObject({ code: 'unauthorized' });
  });

  test('a wrong password is refused, and the error does not hold it', async () => {
    const password = 'wrong-password-4711';
    const client = connect(registry(), {
      credentials: { kind: 'password', username: tester.username, password },
    });
    const refusal = await ping(client).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refusal).toMatchObject({ code: 'unauthorized' });
    expect(String(refusal)).not.toContain(password);
    expect(JSON.stringify(refusal)).not.toContain(password);
  });

  if (abilities.signIn === 'token' && !abilities.ownTokenService) tokenSignIn({ abilities, registry });
}

function tokenSignIn({ registry }: Subject): void {
  const tokenService = () => {
    const { tokenService: service } = registry();
    if (service === undefined) throw new Error('This set-up has no token service');
    return service;
  };
  const reader = { kind: 'password', username: 'reader', password: 'reader' } as const;

  test('an identity token signs in', async () => {
    const token = tokenService().refreshToken(tester.username);
    const client = connect(registry(), { credentials: { kind: 'identityToken', token } });
    const repository = newRepository('identity');
    await push(await makeImage(), registry().target, repository, '1');
    expect(await collect(listTags(client, repository))).toEqual(['1']);
    tokenService().clearRequests();
    await collect(
      listTags(connect(registry(), { credentials: { kind: 'identityToken', token } }), repository),
    );
    expect(new Set(tokenService().requests.map(({ grant }) => grant))).toEqual(new Set(['refresh_token']));
  });

  test('a service that knows only GET is asked by GET', async () => {
    tokenService().getOnly = true;
    whenFinished(() => {
      tokenService().getOnly = false;
    });
    const repository = newRepository('get-only');
    await push(await makeImage(), registry().target, repository, '1');
    tokenService().clearRequests();
    expect(await collect(listTags(connect(registry()), repository))).toEqual(['1']);
    expect(tokenService().requests.some(({ method, status }) => method === 'GET' && status === 200)).toBe(
      true,
    );
  });

  test('what the token service does not allow is denied, the rest works', async () => {
    const repository = newRepository('reader');
    await push(await makeImage(), registry().target, repository, '1');
    const client = connect(registry(), { credentials: reader });
    expect(await collect(listTags(client, repository))).toEqual(['1']);
    await expect(collect(listRepositories(client))).rejects.toMatchObject({ code: 'denied' });
  });

  test('a token service on a private address that no one approved is not asked', async () => {
    tokenService().clearRequests();
    await expect(ping(connect(registry(), { approvedHosts: [] }))).rejects.toMatchObject({
      code: 'addressRefused',
    });
    expect(tokenService().requests).toEqual([]);
  });

  test('one token serves many requests', async () => {
    const repository = newRepository('tokens');
    await push(await makeImage(), registry().target, repository, '1');
    const client = connect(registry());
    tokenService().clearRequests();
    for (let round = 0; round < 5; round += 1) await collect(listTags(client, repository));
    const forTags = tokenService().requests.filter(({ scopes }) =>
      scopes.some((scope) => scope.includes(repository)),
    );
    expect(forTags).toHaveLength(1);
  });
}
