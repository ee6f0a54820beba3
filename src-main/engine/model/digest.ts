import { createHash, type Hash } from 'node:crypto';
import { RegistryError } from '../errors.ts';

const DIGEST = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/** True for sha256 and sha512 in lower-case hex, the two algorithms the specification registers. */
export function isDigest(text: string): boolean {
  return DIGEST.test(text);
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

/**
 * Verifies bytes against a digest and, where it is known, a size, as they stream by. The state outlives a broken connection,
 * so that a download resumed at `received` goes on with the same verifier.
 */
export class DigestVerifier {
  /** Absent where the beginning did not come by here. */
  readonly #hash: Hash | undefined;
  readonly #digest: string;
  readonly #size: number | undefined;
  #received: number;

  /** `start`: bytes before the first one to come; with any, only the size is verified. */
  constructor(digest: string, size?: number, start = 0) {
    this.#digest = digest;
    this.#size = size;
    this.#received = start;
    const algorithm = algorithmOf(digest);
    this.#hash = start === 0 ? createHash(algorithm) : undefined;
  }

  /** Bytes taken so far, those before the start included. */
  get received(): number {
    return this.#received;
  }

  /** @throws {RegistryError} `digestMismatch` as soon as more bytes came than the descriptor says. */
  update(chunk: Uint8Array, request: string): void {
    this.#received += chunk.byteLength;
    if (this.#size !== undefined && this.#received > this.#size)
      throw new RegistryError('digestMismatch', request, {
        reason: `More than the ${this.#size} bytes of ${this.#digest} came.`,
      });
    this.#hash?.update(chunk);
  }

  /** @throws {RegistryError} `digestMismatch` */
  finish(request: string): void {
    if (this.#size !== undefined && this.#received !== this.#size)
      throw new RegistryError('digestMismatch', request, {
        reason: `${this.#received} bytes came where ${this.#digest} has ${this.#size}.`,
      });
    if (!this.#hash) return;
    const found = `${algorithmOf(this.#digest)}:${this.#hash.digest('hex')}`;
    if (found !== this.#digest)
      throw new RegistryError('digestMismatch', request, {
        reason: `The content of ${this.#digest} is ${found}.`,
      });
  }
}
