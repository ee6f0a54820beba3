import { RegistryError } from '../errors.ts';

/** What a look before a write found. Neither: it is not there. */
export interface Look<T> {
  found?: T;
  /** Why nothing is known of it. */
  unseen?: RegistryError;
}

/** Answers that say something of the moment or of the way to the registry, and nothing of what was asked for. */
const NO_ANSWERS: ReadonlySet<number> = new Set([407, 408, 421, 425, 429]);
/** What was sent could not be used; it will be written over. */
const UNUSABLE: ReadonlySet<string> = new Set(['invalidResponse', 'digestMismatch', 'tooLarge']);

/**
 * A look at what is to be written next. A refusal of it is no verdict: registries answer 400, 401, 403 or 405 for what is not
 * there yet, or let somebody write who may not read. The write decides.
 *
 * @throws {RegistryError} where the registry was not reached or has its own bad moment.
 */
export async function lookAt<T>(asked: Promise<T | undefined>): Promise<Look<T>> {
  try {
    const found = await asked;
    return found === undefined ? {} : { found };
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    if (error.code === 'notFound') return {};
    if (!isRefusal(error)) throw error;
    return { unseen: error };
  }
}

function isRefusal({ code, status }: RegistryError): boolean {
  if (UNUSABLE.has(code)) return true;
  if (status === undefined || NO_ANSWERS.has(status)) return false;
  return (status >= 400 && status < 500) || status === 501;
}
