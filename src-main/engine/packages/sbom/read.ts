import { membersOf, parseJson } from '../../model/json.ts';
import { textOf } from '../../model/json-fields.ts';
import { Turns } from '../../turns.ts';
import { Unread } from '../reader.ts';
import { readCycloneDx } from './cyclonedx.ts';
import type { Sbom } from './sbom.ts';
import { readSpdx } from './spdx.ts';

/** Envelopes and statements around a document. */
const DEPTH_MAX = 5;
const KEYS = [
  'spdxVersion',
  'bomFormat',
  'specVersion',
  '@graph',
  'payload',
  'payloadType',
  'dsseEnvelope',
  '_type',
  'predicate',
  'Data',
];
/** Characters of a text in base64 that are decoded at once. */
const BASE64_SLICE = 1024 * 1024;
const BACKSLASH = 0x5c;
/** Characters of a version. */
const VERSION_MAX = 100;

/**
 * Reads SPDX 2 and CycloneDX in JSON, bare or in statements of in-toto and envelopes of DSSE, sigstore and cosign, however deep.
 *
 * @param diffIds of the image's layers: some documents name them with their packages
 * @throws {Unread} `unsupported` for other forms, with their name; `damaged`, `tooMany`
 */
export async function readSbom(
  bytes: Buffer,
  {
    diffIds = [],
    signal,
  }: { diffIds?: readonly string[] | undefined; signal?: AbortSignal | undefined } = {},
): Promise<Sbom> {
  try {
    return await read(bytes, diffIds, signal, 0);
  } catch (error) {
    if (error instanceof Unread || signal?.aborted) throw error;
    throw new Unread('damaged', `Not valid JSON. ${(error as Error).message}`);
  }
}

async function read(
  bytes: Buffer,
  diffIds: readonly string[],
  signal: AbortSignal | undefined,
  depth: number,
): Promise<Sbom> {
  const start = bytes.toString('utf8', 0, 64).trimStart();
  if (start.startsWith('<')) throw new Unread('unsupported', 'It is XML; only JSON is read.');
  if (start.startsWith('SPDXVersion:'))
    throw new Unread('unsupported', 'It is SPDX in its form of tags and values; only JSON is read.');
  if (depth > DEPTH_MAX) throw new Unread('tooMany', `It lies in more than ${DEPTH_MAX} envelopes.`);
  const again = (inner: Buffer) => read(inner, diffIds, signal, depth + 1);
  // Old statements hold the document as a text.
  if (start.startsWith('"')) return await again(Buffer.from(String(JSON.parse(bytes.toString()))));
  const members = await membersOf(bytes, KEYS);
  signal?.throwIfAborted();
  const text = (key: string): string | undefined => {
    const value = members.get(key);
    return value && value.byteLength < VERSION_MAX ? textOf(parseJson(value)) : undefined;
  };
  const spdx = text('spdxVersion');
  if (spdx?.startsWith('SPDX-2.')) return await readSpdx(bytes, spdx.slice('SPDX-'.length), signal);
  if (spdx !== undefined || members.has('@graph'))
    throw new Unread('unsupported', `It is ${spdx ?? 'SPDX 3'}; SPDX 2 is read.`);
  if (text('bomFormat') === 'CycloneDX')
    return await readCycloneDx(bytes, text('specVersion') ?? '', { diffIds, signal });
  const payload = members.get('payload');
  if (payload && members.has('payloadType')) return await again(await decoded(payload, signal));
  const inner = members.get('dsseEnvelope') ?? members.get('predicate') ?? members.get('Data');
  if (inner) return await again(inner);
  throw new Unread('unsupported', 'It is neither SPDX nor CycloneDX.');
}

/** A text of JSON in base64, in slices. */
async function decoded(text: Buffer, signal: AbortSignal | undefined): Promise<Buffer> {
  const turns = new Turns(1);
  const parts: Buffer[] = [];
  let held = '';
  for (let at = 0; at < text.byteLength; ) {
    // A slash, or a line break, may be written as two characters, which stay together.
    const end = text[at + BASE64_SLICE - 1] === BACKSLASH ? at + BASE64_SLICE + 1 : at + BASE64_SLICE;
    held += text.toString('latin1', at, end).replace(/\\[nr]|[^A-Za-z0-9+/=_-]/g, '');
    at = end;
    const whole = at < text.byteLength ? held.length - (held.length % 4) : held.length;
    parts.push(Buffer.from(held.slice(0, whole), 'base64'));
    held = held.slice(whole);
    await turns.take(signal);
  }
  return Buffer.concat(parts);
}
