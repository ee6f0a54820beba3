import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getManifest, listReferrers, listTags, parseManifest } from '../../../src-main/engine/index.ts';
import { mediaTypes, sha256 } from '../../support/images.ts';
import { type Answer, clientOf, collect, startServer } from '../../support/server.ts';

/**
 * Milliseconds of processor time after which other work must have had its turn: a hundred on an idle machine, twice that where
 * caches and memory are shared with others.
 */
const TURN_MAX = 200;
const MIB = 1024 * 1024;

let longest = 0;
let ticking: NodeJS.Timeout;

beforeAll(() => {
  let before = process.threadCpuUsage();
  // What the thread did since the last tick, which was due a millisecond later: how late everything else was, load apart.
  const tick = (): void => {
    const now = process.threadCpuUsage();
    longest = Math.max(longest, (now.user + now.system - before.user - before.system) / 1000);
    before = now;
    ticking = setTimeout(tick, 1);
  };
  tick();
});

afterAll(() => clearTimeout(ticking));

/** The longest turn that the work took, in milliseconds of processor time. Whether it fails is its own affair. */
async function turnsOf(work: () => Promise<unknown>): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 5));
  longest = 0;
  await work().catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 5));
  return longest;
}

const repeated = (text: string, bytes: number): Buffer => Buffer.alloc(bytes, text);
const nested = (bytes: number): Buffer => Buffer.concat([repeated('[', bytes / 2), repeated(']', bytes / 2)]);
const within = (begin: string, body: Buffer, end: string): Buffer =>
  Buffer.concat([Buffer.from(begin), body, Buffer.from(end)]);

const json = (body: Buffer): Answer => ({ headers: { 'content-type': 'application/json' }, body });
const page = (text: string): Answer => ({
  status: 500,
  headers: { 'content-type': 'text/html' },
  body: repeated(text, 64 * 1024),
});
const names = Array.from({ length: 200_000 }, (_, at) => `${at}`.padStart(120, 'v'));

test.each<[string, Answer]>([
  ...['<', '<title', '<script>', '<!--', '&', 'http://', 'eyJ-', 'token="', '{"errors":['].map(
    (text): [string, Answer] => [`an error page of ${text}`, page(text)],
  ),
  ['a link header of <', { ...json(Buffer.from('{"tags":["a"]}')), headers: { link: '<'.repeat(12_000) } }],
  [
    'a link header of ;rel=',
    { ...json(Buffer.from('{"tags":["a"]}')), headers: { link: `<a>${';rel="a b"'.repeat(1_200)}` } },
  ],
  ['32 MB of nested arrays', json(nested(32 * MIB - 64))],
  ['nested arrays in the list', json(within('{"tags":', nested(31 * MIB), '}'))],
  ['ten million empty arrays', json(within('{"tags":[', repeated('[],', 30 * MIB), '[]]}'))],
  ['other fields without end', json(within('{"x":{"y":[', repeated('0,', 30 * MIB), '0]},"tags":["a"]}'))],
  ['one name of 30 MB', json(within('{"tags":["', repeated('a', 30 * MIB), '"]}'))],
  ['200,000 long names', json(Buffer.from(JSON.stringify({ tags: names })))],
  [
    'what grows as it is decoded',
    { headers: { 'content-encoding': 'gzip' }, body: gzipSync(repeated('[', 200 * MIB)) },
  ],
])('S3: a list that is %s holds nothing else up', async (_, answer) => {
  const registry = await startServer({ 'GET /v2/a/tags/list': answer });
  const client = clientOf(registry, { retry: { tries: 1 } });
  expect(await turnsOf(() => collect(listTags(client, 'a')))).toBeLessThan(TURN_MAX);
});

const fields = (count: number, value: string): Buffer =>
  Buffer.from(Array.from({ length: count }, (_, at) => `"k${at}":${value}`).join(','));

test.each<[string, Buffer]>([
  ['300,000 annotations', within('{"annotations":{', fields(300_000, '"v"'), '}}')],
  ['90,000 annotations', within('{"annotations":{', fields(90_000, '"v"'), '}}')],
  ['masses of layers', within('{"config":{},"layers":[', repeated('{},', 7 * MIB), '{}]}')],
  ['nested arrays', nested(8 * MIB - 64)],
  ['blanks', within('{', repeated(' ', 8 * MIB - 64), '}')],
])('S3: a manifest of %s holds nothing else up', async (_, body) => {
  const digest = sha256(body);
  const registry = await startServer({
    [`GET /v2/a/manifests/${digest}`]: { headers: { 'content-type': mediaTypes.oci.manifest }, body },
    [`GET /v2/a/referrers/${digest}`]: { headers: { 'content-type': mediaTypes.oci.index }, body },
    [`GET /v2/a/manifests/${digest.replace(':', '-')}`]: { status: 404 },
  });
  const client = clientOf(registry, { retry: { tries: 1 } });
  const turns = await turnsOf(async () => parseManifest(await getManifest(client, 'a', digest)));
  expect(turns).toBeLessThan(TURN_MAX);
  expect(await turnsOf(() => listReferrers(client, 'a', digest))).toBeLessThan(TURN_MAX);
});
