import { createHash, type Hash } from 'node:crypto';
import { RegistryError } from '../errors.ts';

const DIGEST = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/** True for sha256 and sha512 in lower-case hex, the two algorithms the specification registers. */
export function isDigest(text: string): boolean {
  return DIGEST.test(text);
}

/**
 * The digest of a header, which some servers and proxies put in quotes or write in capitals; undefined where it holds
 * none, as an empty header does. It is compared with the bytes before it is believed.
 */
export function readDigest(header: string | undefined): string | undefined {
  const text = header
    ?.trim()
    .replace(/^"(.*)"$/, '$1')
    .toLowerCase();
  return text !== undefined && isDigest(text) ? text : undefined;
}

/**
 * The digest itself if it follows the grammar: what passes is safe in a URL and a file name, and can be verified.
 *
 * @throws {RegistryError} `invalidDigest`
 * @see OCI image-spec 1.1, "Digests"; CVE-2024-3727
 */
export function checkDigest(text: string): string {
  if (DIGEST.test(text)) return text;
  throw new RegistryError('invalidDigest', '', {
    reason: 'A digest is "sha256:" and 64, or "sha512:" and 128, lower-case hexadecimal digits.',
  });
}

export type DigestAlgorithm = 'sha256' | 'sha512';

export function algorithmOf(digest: string): DigestAlgorithm {
  return checkDigest(digest).startsWith('sha512') ? 'sha512' : 'sha256';
}

export function digestOf(bytes: Uint8Array, algorithm: DigestAlgorithm = 'sha256'): string {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
}

/** Whether the digest is that of the bytes; false for a text that is no digest. */
export function isDigestOf(digest: string, bytes: Uint8Array): boolean {
  return isDigest(digest) && digestOf(bytes, algorithmOf(digest)) === digest;
}

/**
 * Verifies bytes against a digest and, where it is known, a size, as they stream by. The state outlives a broken connection:
 * a stream that starts again before its end, at whatever place, goes on with the same verifier and is not hashed twice.
 */
export class DigestVerifier {
  /** Absent where the beginning does not come by here: then only the size is verified. */
  readonly #hash: Hash | undefined;
  readonly #digest: string;
  readonly #size: number | undefined;
  #received: number;
  #verified = false;

  constructor(
    digest: string,
    size?: number,
    /** The place of the first byte to come. */
    readonly start = 0,
  ) {
    this.#digest = digest;
    this.#size = size;
    this.#received = start;
    const algorithm = algorithmOf(digest);
    this.#hash = start === 0 ? createHash(algorithm) : undefined;
  }

  /** The place after the last byte taken. */
  get received(): number {
    return this.#received;
  }

  /**
   * Takes a chunk, which begins at `at` or follows the last one; there must be no gap before it.
   *
   * @throws {RegistryError} `digestMismatch` as soon as more bytes came than the descriptor says.
   */
  update(chunk: Uint8Array, request: string, at = this.#received): void {
    const end = at + chunk.byteLength;
    if (this.#size !== undefined && end > this.#size)
      throw new RegistryError('digestMismatch', request, {
        reason: `More than the ${this.#size} bytes of ${this.#digest} came.`,
      });
    if (end <= this.#received) return;
    this.#hash?.update(at === this.#received ? chunk : chunk.subarray(this.#received - at));
    this.#received = end;
  }

  /** What was once found good stays so. @throws {RegistryError} `digestMismatch` */
  finish(request: string): void {
    if (this.#size !== undefined && this.#received !== this.#size)
      throw new RegistryError('digestMismatch', request, {
        reason: `${this.#received} bytes came where ${this.#digest} has ${this.#size}.`,
      });
    if (!this.#hash || this.#verified) return;
    const found = `${algorithmOf(this.#digest)}:${this.#hash.digest('hex')}`;
    if (found !== this.#digest)
      throw new RegistryError('digestMismatch', request, {
        reason: `The content of ${this.#digest} is ${found}.`,
      });
    this.#verified = true;
  }
}
