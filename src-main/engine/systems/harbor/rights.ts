import { z } from 'zod';
import type { ProductApi } from '../../product/product-api.ts';
import type { Permission } from '../../resource-kinds.ts';
import { API, BY_NAME, JSON_ONLY, ONE_BYTES_MAX, projectPath } from './api.ts';

/** Who asks. A robot's rights are its own, and it is told none but those in projects. */
export type Asker =
  | { readonly is: 'nobody' | 'robot' }
  | { readonly is: 'administrator' | 'user'; readonly name: string };

/** Whether something may be done in a project, or why not. */
export type MayInProject = (resource: string, action: string) => Permission;

const user = z.object({ username: z.string().catch(''), sysadmin_flag: z.boolean().catch(false) });
const project = z.object({ project_id: z.number().int().positive() });
const given = z.array(z.object({ resource: z.string(), action: z.string() }));

/** What developers of a project may do, and what its maintainers may beside that; all else is its administrators'. Read off the rights of each role. */
const OF_DEVELOPERS: ReadonlySet<string> = new Set(['tag-retention', 'artifact-label']);
const OF_MAINTAINERS: ReadonlySet<string> = new Set(['immutable-tag', 'label', 'scan', 'sbom']);

/**
 * What this account may do, as Harbor itself says.
 *
 * @see Harbor API v2.0, `/users/current`, `/users/current/permissions`
 */
export class Rights {
  readonly #api: ProductApi;

  constructor(api: ProductApi) {
    this.#api = api;
  }

  async asker(signal: AbortSignal | undefined): Promise<Asker> {
    const reply = await this.#api.request({
      method: 'GET',
      url: `${API}/users/current`,
      headers: JSON_ONLY,
      // A robot is no user (412). A wrong password is no different from none here; signing in itself tells.
      expect: [200, 401, 412],
      signal,
    });
    if (reply.status === 200) {
      const { username: name, sysadmin_flag: isAdministrator } = await reply.json(user, ONE_BYTES_MAX);
      return { is: isAdministrator ? 'administrator' : 'user', name };
    }
    await reply.dump();
    return { is: reply.status === 412 ? 'robot' : 'nobody' };
  }

  /** For what is the system's, and not a project's. */
  async inSystem(signal: AbortSignal | undefined): Promise<Permission> {
    return ofSystem(await this.asker(signal));
  }

  /** @throws {RegistryError} `notFound`, `denied` for a project that is not there, or not for us */
  async inProject(name: string, signal: AbortSignal | undefined): Promise<MayInProject> {
    const { id } = await this.project(name, signal);
    const reply = await this.#api.request({
      method: 'GET',
      url: `${API}/users/current/permissions?scope=/project/${id}&relative=true`,
      headers: JSON_ONLY,
      expect: [200, 401],
      signal,
    });
    if (reply.status === 401) {
      await reply.dump();
      return () => 'signIn';
    }
    const rights = await reply.json(given.nullable(), ONE_BYTES_MAX);
    const all = new Set(rights?.map(({ resource, action }) => `${resource}:${action}`));
    return (resource, action) => {
      if (all.has(`${resource}:${action}`)) return 'yes';
      if (OF_DEVELOPERS.has(resource)) return 'developers';
      return OF_MAINTAINERS.has(resource) ? 'maintainers' : 'projectAdministrators';
    };
  }

  /** A project's number. @throws {RegistryError} */
  async project(name: string, signal: AbortSignal | undefined): Promise<{ id: number }> {
    const asked = { method: 'GET', url: projectPath(name), headers: BY_NAME, signal } as const;
    const { project_id: id } = await this.#api.json(asked, project, { maxBytes: ONE_BYTES_MAX });
    return { id };
  }
}

export function ofSystem({ is }: Asker): Permission {
  if (is === 'administrator') return 'yes';
  return is === 'user' ? 'administrators' : is === 'nobody' ? 'signIn' : 'unknown';
}
