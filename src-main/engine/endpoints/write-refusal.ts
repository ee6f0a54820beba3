import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';

/**
 * The outcome of a write, where a failure says what it means: some products answer with a fault of their own for what is a mistake in
 * the name, see {@link RegistryClient.traits}.
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
    const fault = error instanceof RegistryError && error.status !== undefined && error.status >= 500;
    throw fault ? ((await client.traits.explainWrite?.(error, repository)) ?? error) : error;
  }
}
