import { createHash, type Hash } from 'node:crypto';

export type DigestAlgorithm = 'sha256' | 'sha512';

/** The algorithm of a digest that {@link isDigest} accepted. */
export function algorithmOf(digest: string): DigestAlgorithm {
  return digest.startsWith('sha512:') ? 'sha512' : 'sha256';
}

export function digestOf(bytes: Uint8Array, algorithm: DigestAlgorithm = 'sha256'): string {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
}

/** The digest of what a running hash took so far; the hash can go on. */
export function digestSoFar(hash: Hash, algorithm: DigestAlgorithm): string {
  return `${algorithm}:${hash.copy().digest('hex')}`;
}
