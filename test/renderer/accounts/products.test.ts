import { expect, test } from 'vitest';
import type { Account } from '../../../src-main/common/account.ts';
import { accountsLike, type Draft, EMPTY_DRAFT, settingsOf } from '../../../src-renderer/accounts/draft.ts';
import {
  ACR_PARTS,
  beginParts,
  ECR_PARTS,
  GAR_PARTS,
  hostOfParts,
} from '../../../src-renderer/accounts/host-parts.ts';
import { systemOfHost } from '../../../src-renderer/accounts/pasted.ts';
import { foundOf, otherSecurity } from '../../../src-renderer/accounts/probe.ts';
import {
  beginDraft,
  choose,
  fits,
  GUIDES,
  guideOf,
  waysFor,
} from '../../../src-renderer/accounts/products.ts';

test.each([
  [
    ECR_PARTS,
    { account: '123456789012', region: 'eu-west-1' },
    '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
  ],
  [
    ECR_PARTS,
    { account: '123456789012', region: 'us-gov-west-1' },
    '123456789012.dkr.ecr.us-gov-west-1.amazonaws.com',
  ],
  [
    ECR_PARTS,
    { account: '123456789012', region: 'cn-north-1' },
    '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn',
  ],
  [ACR_PARTS, { registry: 'team', cloud: 'azurecr.io' }, 'team.azurecr.io'],
  [ACR_PARTS, { registry: 'team-abc123', cloud: 'azurecr.cn' }, 'team-abc123.azurecr.cn'],
  [GAR_PARTS, { location: 'europe' }, 'europe-docker.pkg.dev'],
  [GAR_PARTS, { location: 'us-central1' }, 'us-central1-docker.pkg.dev'],
])('a host is put together from its parts and taken apart again: %#', (parts, values, host) => {
  expect(hostOfParts(parts, values)).toBe(host);
  expect({ ...beginParts(parts, host) }).toEqual(values);
});

test.each([
  [ECR_PARTS, { account: '12345', region: 'eu-west-1' }],
  [ECR_PARTS, { account: '123456789012', region: 'Ireland' }],
  [ACR_PARTS, { registry: 'a team', cloud: 'azurecr.io' }],
  [GAR_PARTS, {}],
])('parts that lack their form make no host: %#', (parts, values) => {
  expect(hostOfParts(parts, values)).toBe('');
});

test('a known host is that of the product whose guide has it', () => {
  for (const { system, host, usual, parts, example } of GUIDES) {
    const known = host ?? usual ?? (parts && example);
    if (known !== undefined) expect(systemOfHost(known)).toBe(system);
  }
});

test('a form begins with what was pasted', () => {
  const hub = beginDraft(guideOf('dockerHub'), { host: 'docker.io', repository: 'library/nginx' });
  expect(hub).toMatchObject({ address: 'docker.io', signIn: 'password', repositories: ['library/nginx'] });
  const other = beginDraft(guideOf(undefined), { host: 'r.example', username: 'ann', password: 's3cret' });
  expect(other).toMatchObject({
    address: 'r.example',
    signIn: 'password',
    username: 'ann',
    password: 's3cret',
  });
  expect(beginDraft(guideOf('ecr'), undefined)).toMatchObject({ address: '', username: 'AWS' });
});

test('a name that everybody has goes with its way; one that was typed stays', () => {
  const gar = guideOf('gar');
  const [cli, key, none] = gar.ways;
  if (!key || !none) throw new Error('no ways');
  const began = choose(cli, gar, EMPTY_DRAFT);
  expect(began).toEqual({ signIn: 'password', username: 'oauth2accesstoken' });
  expect(choose(key, gar, began)).toEqual({ signIn: 'password', username: '_json_key' });
  expect(choose(none, gar, began)).toEqual({ signIn: 'anonymous', username: '' });
  expect(fits(key, began)).toBe(false);
  const hub = guideOf('dockerHub');
  expect(choose(hub.ways[0], hub, { signIn: 'anonymous', username: 'ann' })).toEqual({
    signIn: 'password',
    username: 'ann',
  });
});

test('an account that signs in as none of its product’s ways has a plain one', () => {
  const ids = waysFor(guideOf('ecr'), { signIn: 'identityToken', username: '' }).map(({ id }) => id);
  expect(ids).toEqual(['ecrPassword', 'anonymous', 'identityToken']);
});

const draft: Draft = { ...EMPTY_DRAFT, address: 'r.example:5000' };

function accountOf(from: Draft, id: string): Account {
  return {
    ...settingsOf(from),
    id,
    host: from.address === 'docker.io' ? 'docker.io' : new URL(settingsOf(from).url).host,
    system: 'generic',
    secrets: 'none',
    insecure: 'no',
  };
}

test('the account that a draft would be once more is told from others at its host', () => {
  const [anonymous, ann, hub] = [
    accountOf({ ...draft, security: 'plain' }, '1'),
    accountOf({ ...draft, signIn: 'password', username: 'ann' }, '2'),
    accountOf({ ...draft, address: 'docker.io' }, '3'),
  ];
  const like = (part: Partial<Draft>, except?: string) => {
    const { same, others } = accountsLike([anonymous, ann, hub], { ...draft, ...part }, except);
    return [same?.id, others.map(({ id }) => id)];
  };
  expect(like({})).toEqual(['1', ['2']]);
  expect(like({ address: 'R.example:5000', signIn: 'password', username: 'ann' })).toEqual(['2', ['1']]);
  expect(like({ signIn: 'password', username: 'bob' })).toEqual([undefined, ['1', '2']]);
  expect(like({}, '1')).toEqual([undefined, ['2']]);
  expect(like({ address: 'index.docker.io' })).toEqual(['3', []]);
  expect(like({ address: '' })).toEqual([undefined, []]);
});

const failed = (step: 'reach' | 'tls' | 'signIn', more: object) => ({
  [step]: { step, status: 'failed' as const, ...more },
});

test('from HTTPS to plain HTTP only where nobody asked for HTTPS and nothing secret is sent', () => {
  const plain = failed('tls', { finding: 'speaksPlain' });
  expect(otherSecurity(plain, draft, true)).toBe('plain');
  expect(otherSecurity(plain, draft, false)).toBeUndefined();
  const tls = failed('tls', { finding: 'speaksTls' });
  expect(otherSecurity(tls, { ...draft, security: 'plain' }, false)).toBe('verified');
  const refused = failed('reach', { failure: { code: 'connectionRefused', message: '' } });
  // Another port would be another registry.
  expect(otherSecurity(refused, draft, true)).toBeUndefined();
  expect(otherSecurity(refused, { ...draft, address: 'r.example' }, true)).toBe('plain');
  expect(otherSecurity({}, draft, true)).toBeUndefined();
});

test('a registry that asks for a sign-in was found; one that is down was not', () => {
  const protocol = { step: 'protocol' as const, status: 'passed' as const, detail: 'harbor 2.11' };
  const asks = foundOf({ protocol, ...failed('signIn', { finding: 'signInNeeded' }) }, 'verified');
  expect(asks).toEqual({
    security: 'verified',
    system: 'harbor',
    version: '2.11',
    needsSignIn: true,
    failed: undefined,
  });
  const down = foundOf(failed('signIn', { failure: { code: 'registryFailed', message: '' } }), 'plain');
  expect(down).toMatchObject({ needsSignIn: false, failed: { step: 'signIn' } });
});
