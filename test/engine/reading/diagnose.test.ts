import { expect, test } from 'vitest';
import {
  type DiagnosisStep,
  diagnose,
  probeDeletion,
  type RegistryOptions,
} from '../../../src-main/engine/index.ts';
import { makeCertificates } from '../../support/certificates.ts';
import { makeImage } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { clientOf, type Seen, startServer } from '../../support/server.ts';

async function run(options: RegistryOptions, repository?: string): Promise<DiagnosisStep[]> {
  const steps: DiagnosisStep[] = [];
  const call = repository === undefined ? {} : { repository };
  for await (const step of diagnose({ proxy: { kind: 'none' }, ...options }, call)) steps.push(step);
  return steps;
}

const CHALLENGE = { 'www-authenticate': 'basic realm=zot' };

/** `step status finding-or-code` of each last word. */
const summary = (steps: readonly DiagnosisStep[]): string[] =>
  steps
    .filter(({ status }) => status !== 'running')
    .map(({ step, status, finding, failure }) =>
      [step, status, finding ?? failure?.code].filter(Boolean).join(' '),
    );

test('each step is reported when it begins and when it ends, and nothing is changed', async () => {
  const registry = await startTestRegistry();
  await push(await makeImage(), registry, 'a', '1');
  registry.clearRequests();
  const steps = await run({ url: registry.url });
  expect(steps.map(({ step, status }) => `${step} ${status}`)).toEqual(
    ['reach', 'tls', 'protocol', 'signIn', 'list', 'delete'].flatMap((step) => [
      `${step} running`,
      `${step} passed`,
    ]),
  );
  expect(steps.find(({ step, status }) => step === 'reach' && status === 'passed')).toMatchObject({
    detail: '127.0.0.1',
    milliseconds: expect.any(Number),
  });
  expect(
    registry.requests.every(
      ({ method, status }) => method === 'GET' || (method === 'DELETE' && status === 404),
    ),
  ).toBe(true);
});

test.each<[string, Partial<RegistryOptions>, string]>([
  ['no address', { url: 'ftp://x' }, 'reach failed invalidAddress'],
  ['an unknown host', { url: 'http://no-such-host.invalid' }, 'reach failed hostUnknown'],
  ['a metadata address', { url: 'http://169.254.169.254' }, 'reach failed addressRefused'],
])('%s fails at the first step and skips the rest', async (_, options, first) => {
  const words = summary(await run({ url: '', ...options }));
  expect(words).toEqual([
    first,
    'tls skipped',
    'protocol skipped',
    'signIn skipped',
    'list skipped',
    'delete skipped',
  ]);
});

test('TLS failures are reported at TLS', async () => {
  const { authority, server, expired, wrongName } = await makeCertificates();
  const route = { 'GET /v2/': { body: {} } };
  const tls = { verify: true, authorities: authority };
  for (const [certificate, settings, code] of [
    [server, undefined, 'tlsUntrusted'],
    [expired, tls, 'tlsExpired'],
    [wrongName, tls, 'tlsName'],
    [server, { verify: true, authorities: 'junk' }, 'certificateFile'],
  ] as const) {
    const { url } = await startServer(route, { tls: certificate });
    const words = summary(await run({ url, ...(settings ? { tls: settings } : {}) }));
    expect(words.slice(0, 3)).toEqual(['reach passed', `tls failed ${code}`, 'protocol skipped']);
  }
});

test('a port that speaks the other of http and https is said to', async () => {
  const { server } = await makeCertificates();
  const route = { 'GET /v2/': { body: {} } };
  const plain = await startServer(route);
  expect(summary(await run({ url: plain.url.replace('http:', 'https:') })).slice(0, 3)).toEqual([
    'reach passed',
    'tls failed speaksPlain',
    'protocol skipped',
  ]);
  const hangsUp = await startServer(route, { tls: server });
  expect(summary(await run({ url: hangsUp.url.replace('https:', 'http:') }))[1]).toBe('tls failed speaksTls');
  // nginx, and servers written in Go.
  for (const body of [
    'The plain HTTP request was sent to HTTPS port',
    'Client sent an HTTP request to an HTTPS server.',
  ]) {
    const says = await startServer({
      'GET /v2/': { status: 400, headers: { 'content-type': 'text/html' }, body },
    });
    expect(summary(await run({ url: says.url }))[1]).toBe('tls failed speaksTls');
  }
});

test('a host that takes the connection and says nothing is given up on while somebody waits', async () => {
  const silent = await startServer({ 'GET /v2/': () => undefined });
  const started = performance.now();
  expect(summary(await run({ url: silent.url }))[1]).toBe('tls failed timeout');
  // Work would be given half a minute.
  expect(performance.now() - started).toBeLessThan(20_000);
});

test('a registry that asks for a sign-in where none was given is told by that, with its product', async () => {
  const registry = await startServer({
    'GET /v2/': {
      status: 401,
      headers: {
        'www-authenticate': 'Basic realm="x"',
        'docker-distribution-api-version': 'registry/2.0',
      },
    },
  });
  const steps = await run({ url: registry.url });
  expect(summary(steps).slice(2, 4)).toEqual(['protocol passed', 'signIn failed signInNeeded']);
  expect(steps.find(({ step, status }) => step === 'protocol' && status === 'passed')?.detail).toBe(
    'distribution',
  );
  const credentials = { kind: 'password', username: 'u', password: 'wrong' } as const;
  expect(summary(await run({ url: registry.url, credentials }))[3]).toBe('signIn failed unauthorized');
});

test('a Nexus that lets nobody in without a sign-in is told by that', async () => {
  const nexus = await startServer({
    'GET /v2/': {
      status: 401,
      headers: { 'www-authenticate': 'Basic realm="x"', server: 'Nexus/3.70.1-02 (OSS)' },
    },
    'GET /service/rest/v1/repositories': { status: 401 },
  });
  const steps = await run({ url: nexus.url });
  expect(summary(steps).slice(2, 4)).toEqual(['protocol passed', 'signIn failed anonymousOff']);
  expect(steps.find(({ step, status }) => step === 'protocol' && status === 'passed')?.detail).toBe(
    'nexus 3.70.1-02',
  );
});

test('how long a registry asks to wait is passed on, and not waited for', async () => {
  const busy = await startServer({ 'GET /v2/': { status: 429, headers: { 'retry-after': '42' } } });
  const steps = await run({ url: busy.url });
  expect(steps.find(({ failure }) => failure)?.failure).toMatchObject({
    code: 'rateLimited',
    retryAfter: 42,
  });
});

test('what is not a registry fails at the protocol', async () => {
  const site = await startServer({
    'GET /v2/': { headers: { 'content-type': 'text/html' }, body: '<html>hello' },
  });
  expect(summary(await run({ url: site.url })).slice(0, 4)).toEqual([
    'reach passed',
    'tls passed notNeeded',
    'protocol failed notARegistry',
    'signIn skipped',
  ]);
});

test('a token service on another host fails at signing in, and says which host to approve', async () => {
  const registry = await startServer({
    'GET /v2/': { status: 401, headers: { 'www-authenticate': 'Bearer realm="https://auth.example/token"' } },
  });
  const steps = await run({
    url: registry.url,
    credentials: { kind: 'password', username: 'u', password: 'p' },
  });
  expect(summary(steps)[3]).toBe('signIn failed addressRefused');
  expect(
    steps.find(({ step, status }) => step === 'signIn' && status === 'failed')?.failure?.reason,
  ).toContain('auth.example');
});

test('a list that is refused or missing, and deleting that is off or denied, are warnings', async () => {
  const forbidden = await startTestRegistry({ limits: { catalog: false, delete: false } });
  expect(summary(await run({ url: forbidden.url })).slice(4)).toEqual([
    'list warning catalogForbidden',
    'delete warning deleteDisabled',
  ]);
  const registry = await startTestRegistry();
  await push(await makeImage(), registry, 'a', '1');
  registry.inject({ kind: 'status', status: 404, when: { path: /_catalog/ } });
  registry.inject({ kind: 'status', status: 403, when: { method: 'DELETE' } });
  expect(summary(await run({ url: registry.url })).slice(4)).toEqual([
    'list warning catalogMissing',
    'delete warning deleteUnknown',
  ]);
  expect(summary(await run({ url: registry.url }, 'a')).at(-1)).toBe('delete warning deleteDenied');
});

test('a test that is cancelled ends', async () => {
  const registry = await startServer({ 'GET /v2/': () => undefined });
  const controller = new AbortController();
  const steps = diagnose({ url: registry.url, proxy: { kind: 'none' } }, { signal: controller.signal });
  const reading = (async () => {
    for await (const { step } of steps) if (step === 'tls') queueMicrotask(() => controller.abort());
  })();
  await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
});

test('B2b: a given password is proven also where anyone may read', async () => {
  const credentials = { kind: 'password', username: 'u', password: 'wrong' } as const;
  const withPassword = ({ headers }: Seen) => headers.authorization !== undefined;
  const readable = {
    'GET /v2/_catalog': { body: { repositories: [] } },
    'DELETE *': { status: 404, body: { errors: [{ code: 'NAME_UNKNOWN' }] } },
  };
  const checking = await startServer({
    ...readable,
    'GET /v2/': (seen) => (withPassword(seen) ? { status: 401, headers: CHALLENGE } : { body: {} }),
  });
  expect(summary(await run({ url: checking.url, credentials }))[3]).toBe('signIn failed unauthorized');
  expect(summary(await run({ url: checking.url }))[3]).toBe('signIn passed notNeeded');
  // zot reports how to sign in although it lets everybody in.
  const telling = await startServer({
    ...readable,
    'GET /v2/': (seen) =>
      withPassword(seen) ? { status: 401, headers: CHALLENGE } : { headers: CHALLENGE, body: {} },
  });
  expect(summary(await run({ url: telling.url, credentials }))[3]).toBe('signIn failed unauthorized');
  const deaf = await startServer({ ...readable, 'GET /v2/': { body: {} } });
  expect(summary(await run({ url: deaf.url, credentials }))[3]).toBe('signIn warning signInUnproven');
});

test('B2b: what is tried on a repository that is not there says nothing of deleting', async () => {
  const answers = [
    // An empty zot, an anonymous empty Gitea, go-containerregistry's, one that wants a right.
    { status: 400, body: { errors: [{ code: 'NAME_UNKNOWN' }] } },
    { status: 404, body: { errors: [{ code: 'MANIFEST_UNKNOWN' }] } },
    { status: 202 },
    { status: 403 },
  ];
  for (const answer of answers) {
    const registry = await startServer({
      'GET /v2/': { body: {} },
      'GET /v2/_catalog': { body: { repositories: [] } },
      'DELETE *': answer,
    });
    expect(summary(await run({ url: registry.url })).at(-1)).toBe('delete warning deleteUnknown');
  }
});

test('B2b: on a repository that is there, what is not known by name is no registry without deleting by tag', async () => {
  const zot = await startServer({
    'DELETE *': { status: 400, body: { errors: [{ code: 'MANIFEST_UNKNOWN' }] } },
  });
  expect(await probeDeletion(clientOf(zot), 'a')).toEqual({ digest: 'yes', tag: 'yes' });
});
