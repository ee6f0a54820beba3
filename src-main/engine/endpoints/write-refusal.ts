import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';

/**
 * The outcome of a write, where a failure says what it means: some products answer with a fault of their own for what is a mistake in
 * the name, or as if a right were missing where nobody may write, see {@link RegistryClient.traits}.
 *
 * @throws {RegistryError} as it failed, or what that means
 */
export async function writeTo<T>(
  client: RegistryClient,
  repository: string,
  writing: Promise<T>,
): Promise<T> {
  try {
    return await writing;
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    const { status = 0 } = error;
    if (status < 500 && status !== 403) throw error;
    throw (await client.traits.explainWrite?.(error, repository)) ?? error;
  }
}
