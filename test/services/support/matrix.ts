import type { MatrixFilter, MatrixLooking } from '../../../src-main/common/comparison-matrix.ts';
import type { Core, MatrixSideAt } from '../../../src-main/services/index.ts';
import { makeImage } from '../../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { addAccount, testCore } from './core.ts';

/** All rows of the second side. */
export const ALL: MatrixFilter = { other: 1, states: [], text: '' };

const [one, two] = await Promise.all([makeImage({ name: 'one' }), makeImage({ name: 'two' })]);
export const IMAGES = { one, two };

/** A registry with tags given as `repository:tag` by what they point at. */
export async function registryWith(
  tags: Readonly<Record<string, keyof typeof IMAGES>>,
): Promise<GuardedRegistry> {
  const registry = await startTestRegistry();
  for (const [name, image] of Object.entries(tags)) {
    const [repository = '', tag] = name.split(':');
    await push(IMAGES[image], registry, repository, tag);
  }
  return registry;
}

type Part = Omit<Partial<MatrixSideAt>, 'registry'>;

/** Sides of registries, each an account of a new core. */
export async function opened(registries: readonly (readonly [GuardedRegistry, Part?])[]) {
  const core = await testCore();
  const sides: MatrixSideAt[] = [];
  const accounts: string[] = [];
  for (const [registry, part] of registries) {
    const { id } = await addAccount(core, registry);
    accounts.push(id);
    sides.push({ rename: '{repository}', ...part, registry: await core.accounts.handle(id) });
    registry.clearRequests();
  }
  return { core, sides, accounts };
}

/** A look at all sides, to its end. */
export async function look(
  core: Core,
  sides: readonly MatrixSideAt[],
  maxAge?: number,
): Promise<MatrixLooking> {
  const looking = core.comparisonMatrix.look(sides, { maxAge });
  let step = await looking.next();
  while (!step.done) step = await looking.next();
  return step.value;
}

/** Rows as `repository:tag` and what each pair is. */
export async function linesOf(core: Core, sides: readonly MatrixSideAt[], filter = ALL): Promise<string[]> {
  const { items } = await core.comparisonMatrix.rows(sides, { filter, offset: 0, limit: 100 });
  return items.map(({ repository, tag, pairs }) => `${repository}:${tag} ${pairs.map(({ state }) => state)}`);
}
