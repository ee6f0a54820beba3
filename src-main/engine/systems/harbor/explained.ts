import { RegistryError } from '../../errors.ts';
import type { RegistryClient } from '../../http/client.ts';
import type { DiagnosisFinding } from '../../vocabulary/connection.ts';

/** How names of robot accounts begin, where nobody has changed that. */
const ROBOT = 'robot$';

export const isRobot = (username: string): boolean => username.startsWith(ROBOT);

/** Harbor refuses a robot that has ended, or is disabled, with the words of a wrong password. */
export async function whyRefused(client: RegistryClient): Promise<DiagnosisFinding | undefined> {
  const [, encoded = ''] = (await client.basic())?.split(' ') ?? [];
  return isRobot(Buffer.from(encoded, 'base64').toString()) ? 'robotRefused' : undefined;
}

/**
 * Of a failed write what Harbor's own words do not say: where the name has no project it answers with a fault of its own (500), and
 * a push to a cache of another registry it refuses as if a right were missing (403).
 */
export function explainWrite(failure: RegistryError, repository: string): RegistryError | undefined {
  const { status = 0, registryCodes, request, reason } = failure;
  const said = { status, registryCodes, cause: failure, reason };
  if (status >= 500 && !repository.includes('/'))
    return new RegistryError('notFound', request, said).because(
      `Repositories are kept in projects there: PROJECT/${repository}, in a project that is there.`,
    );
  if (status !== 403 || !/\bproxy project\b/i.test(reason ?? '')) return undefined;
  const [project = ''] = repository.split('/');
  return new RegistryError('proxyCache', request, said).because(
    `The project ${project} is a proxy cache: pulls through it fill it. Choose another project.`,
  );
}
