import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { ifPresent } from './files.ts';

/** Asked for in this header of any request, given in that one of its answer. */
export const CHALLENGE_HEADER = 'wharfinger-challenge';
export const PROOF_HEADER = 'wharfinger-proof';

/** How long the holder of the port or the lock may take to prove itself. */
export const PROOF_TIMEOUT_MS = 2_000;

const CHALLENGE = /^[0-9a-f]{32}$/;
const KEY = /^[0-9a-f]{64}$/;

export const newChallenge = (): string => randomBytes(16).toString('hex');

/**
 * A secret in the folder that only its owner can read. A port and a local socket can be taken by any program of the machine: by
 * the secret distinguishes the folder's registry from it.
 */
export class Identity {
  readonly #key: string;

  private constructor(key: string) {
    this.#key = key;
  }

  /** The folder's, made where there is none. */
  static async open(folder: string): Promise<Identity> {
    const file = join(folder, 'identity');
    const key = await ifPresent(readFile(file, 'utf8'));
    if (key !== undefined && KEY.test(key)) return new Identity(key);
    // Renamed into place, so that no reader sees half of it. Of two that make it at once the last one's counts for both.
    const draft = `${file}.${randomBytes(8).toString('hex')}`;
    await writeFile(draft, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 });
    await rename(draft, file);
    return new Identity(await readFile(file, 'utf8'));
  }

  /** Proof of knowing the key, for one place only: a program at another one cannot pass it on as its own. */
  prove(challenge: string, place: string): string | undefined {
    return CHALLENGE.test(challenge) ? this.name(`${challenge} ${place}`) : undefined;
  }

  proves(challenge: string, place: string, proof: string): boolean {
    const [wanted, given] = [Buffer.from(this.prove(challenge, place) ?? ''), Buffer.from(proof)];
    return wanted.length > 0 && wanted.length === given.length && timingSafeEqual(wanted, given);
  }

  /** A name that cannot be known beforehand without the key. */
  name(purpose: string): string {
    return createHmac('sha256', this.#key).update(purpose).digest('hex');
  }
}

/** Whether the registry of this folder, and no other program, answers at the port. Never fails. */
export async function servesFolder(folder: string, port: number): Promise<boolean> {
  const identity = await Identity.open(folder).catch(() => undefined);
  if (!identity) return false;
  const challenge = newChallenge();
  const proof = await new Promise<string>((resolve) => {
    const request = get(
      { host: '127.0.0.1', port, path: '/v2/', headers: { [CHALLENGE_HEADER]: challenge }, agent: false },
      (answer) => {
        resolve(String(answer.headers[PROOF_HEADER] ?? ''));
        answer.destroy();
      },
    );
    // Of the whole exchange: one that sends a byte now and then must not hold up the start.
    const timer = setTimeout(() => request.destroy(), PROOF_TIMEOUT_MS);
    request.once('error', () => resolve(''));
    request.once('close', () => {
      clearTimeout(timer);
      resolve('');
    });
  });
  return identity.proves(challenge, String(port), proof);
}
