import type { Fault, RegistryLimits } from '../../src-main/local-registry/index.ts';
import type { Random } from '../../src-main/local-registry/samples/random.ts';
import { chance } from './cargo.ts';

const UPLOADS = /\/blobs\/uploads\//;
const CONTENT = /\/blobs\/sha/;
const MANIFESTS = /\/manifests\//;

type Harm = Fault extends infer Each ? (Each extends Fault ? Omit<Each, 'when'> : never) : never;
type Place = Fault['when'];

/** What may go wrong where content is read. A list of referrers has no digest, so that bytes of it are never turned. */
const READING: readonly [Place, ...Place[]] = [
  {},
  { method: 'GET', path: CONTENT },
  { method: 'GET', path: CONTENT },
  { method: 'GET', path: MANIFESTS },
  { method: 'HEAD' },
  { path: /\/referrers\// },
];

/** What may go wrong where content is written. */
const WRITING: readonly [Place, ...Place[]] = [
  {},
  { method: 'POST', path: UPLOADS },
  { method: 'PUT', path: UPLOADS },
  { method: 'PUT', path: UPLOADS },
  { method: 'GET', path: UPLOADS },
  { method: 'DELETE' },
  { method: 'HEAD', path: CONTENT },
  { method: 'HEAD', path: MANIFESTS },
  { method: 'PUT', path: MANIFESTS },
  { method: 'PUT', path: MANIFESTS },
  { method: 'GET', path: MANIFESTS },
];

/** One to three things that go wrong at a registry, most of them a few times only. */
export function drawFaults(random: Random, side: 'source' | 'target'): Fault[] {
  return Array.from({ length: 1 + random.below(3) }, () => {
    const place = random.pick(side === 'source' ? READING : WRITING);
    const when = {
      ...place,
      ...(chance(random, 85) ? { times: 1 + random.below(4) } : {}),
      ...(chance(random, 60) ? { after: random.below(8) } : {}),
    };
    return { ...drawHarm(random, place), when };
  });
}

export function drawLimits(random: Random): RegistryLimits {
  return {
    mount: !chance(random, 25),
    referrers: !chance(random, 35),
    range: !chance(random, 25),
    paging: !chance(random, 20),
    // Where the registry checks nothing, the order of writing is all that keeps a tag from what is incomplete.
    blobs: !chance(random, 50),
    children: !chance(random, 50),
  };
}

function drawHarm(random: Random, { method, path }: Place): Harm {
  const afterBytes = random.pick([0, 1, 500, 5_000, 40_000, 65_536, 120_000]);
  switch (random.below(13)) {
    case 0:
      return { kind: 'latency', ms: random.below(120) };
    case 1:
      return busy(random);
    case 2:
      return {
        kind: 'status',
        status: random.pick([500, 502, 503]),
        body: random.pick(['', '<html>down</html>']),
      };
    case 3:
      return { kind: 'status', status: random.pick([408, 500, 503]) };
    case 4:
      return { kind: 'reset' };
    case 5:
      return { kind: 'reset', afterBytes };
    case 6:
      return { kind: 'truncate', afterBytes };
    case 7:
      // Where a reply's bytes have a digest.
      if (path !== CONTENT && path !== MANIFESTS) return { kind: 'reset' };
      return { kind: 'corrupt' };
    case 8:
      return { kind: 'wrongDigestHeader' };
    case 9:
      return { kind: 'slow', bytesPerSecond: 200_000 + random.below(2_000_000) };
    case 10:
      return chance(random, 40) ? { kind: 'stall', afterBytes } : { kind: 'truncate', afterBytes };
    case 11:
      if (method === 'PUT' && path === MANIFESTS) return missing();
      return path === UPLOADS ? forgotten() : { kind: 'status', status: 401 };
    default:
      if (path === UPLOADS && method !== 'POST') return forgotten();
      // A redirect to nothing says that a manifest is not there, or that a blob is: such a lie is believed.
      if (method !== 'PUT' && !(method === 'GET' && path === CONTENT)) return { kind: 'status', status: 500 };
      return { kind: 'redirect', location: random.pick(['/v2/', 'http://127.0.0.1:1/none', '/elsewhere']) };
  }
}

/** 429 or 503 with a `Retry-After` of 0, or of a date that is now or has been. */
function busy(random: Random): Harm {
  const when = new Date(Date.now() - random.below(3) * 1000).toUTCString();
  return {
    kind: 'status',
    status: random.pick([429, 429, 503]),
    headers: { 'retry-after': random.pick(['0', when]) },
    body: refusal('TOOMANYREQUESTS'),
  };
}

/** A session that is gone, as after an expiry. */
function forgotten(): Harm {
  return { kind: 'status', status: 404, body: refusal('BLOB_UPLOAD_UNKNOWN') };
}

/** A registry that had the parts a moment ago. */
function missing(): Harm {
  return { kind: 'status', status: 404, body: refusal('MANIFEST_BLOB_UNKNOWN') };
}

function refusal(code: string): string {
  return JSON.stringify({ errors: [{ code, message: code.toLowerCase() }] });
}
