import { RegistryError } from '../../errors.ts';
import type { RegistryClient } from '../../http/client.ts';
import type { DiagnosisFinding } from '../../vocabulary/connection.ts';

/** How names of robot accounts begin, where nobody has changed that. */
const ROBOT = 'robot$';

/** Harbor refuses a robot that has ended, or is disabled, with the words of a wrong password. */
export async function whyRefused(client: RegistryClient): Promise<DiagnosisFinding | undefined> {
  const [, encoded = ''] = (await client.basic())?.split(' ') ?? [];
  return Buffer.from(encoded, 'base64').toString().startsWith(ROBOT) ? 'robotRefused' : undefined;
}

/**
 * Of a failed write what Harbor's own words do not say: where the name has no project it answers with a fault of its own (500), and
 * a push to a cache of another registry it refuses as if a right were missing (403).
 */
export function explainWrite(failure: RegistryError, repository: string): RegistryError | undefined {
  const { status = 0, registryCodes, request, reason = '' } = failure;
  const said = { status, registryCodes, cause: failure };
  if (status >= 500 && !repository.includes('/'))
    return new RegistryError('notFound', request, {
      ...said,
      reason: `Repositories are kept in projects there: PROJECT/${repository}, in a project that is there.`,
    });
  if (status !== 403 || !/\bproxy project\b/i.test(reason)) return undefined;
  const [project = ''] = repository.split('/');
  return new RegistryError('unsupported', request, {
    ...said,
    reason: `The project ${project} is a proxy cache: pulls through it fill it, and nothing can be pushed to it. Choose another project.`,
  });
}
