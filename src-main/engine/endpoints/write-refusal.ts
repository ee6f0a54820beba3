import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import { systemIfTold } from './identify.ts';

/**
 * The outcome of a write, with its failure classified: a product that keeps repositories in projects answers with a
 * fault of its own (500) where the name has none.
 *
 * @throws {RegistryError} `notFound` for a name without its project; else as it failed.
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
    if (!fault || repository.includes('/') || !(await keepsProjects(client))) throw error;
    throw new RegistryError('notFound', error.request, {
      reason: `Repositories are kept in projects there: PROJECT/${repository}, in a project that is there.`,
      status: error.status,
      registryCodes: error.registryCodes,
      cause: error,
    });
  }
}

async function keepsProjects(client: RegistryClient): Promise<boolean> {
  try {
    return (await systemIfTold(client))?.inProjects === true;
  } catch (error) {
    if (error instanceof RegistryError) return false;
    throw error;
  }
}
