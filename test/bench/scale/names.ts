/** Registries of the size to design for: names as teams give them, the same each time. */

const TEAMS = [
  'platform',
  'payments',
  'search',
  'mobile',
  'infra',
  'data',
  'ml',
  'web',
  'edge',
  'core',
  'billing',
  'identity',
  'library',
  'vendor',
  'charts',
];
const THINGS = [
  'api',
  'worker',
  'frontend',
  'nginx',
  'postgres',
  'redis',
  'gateway',
  'scheduler',
  'proxy',
  'agent',
  'operator',
  'exporter',
  'cache',
  'queue',
  'auth',
];

/** Account of what was seen. */
export const ACCOUNT = '6f1c7f0e-0b5c-4d5e-9a53-0a4b5f0e2d11';

export const REPOSITORIES = 50_000;
/** One repository has so many, the others 18 each: a million in all. */
export const TAGS_OF_LARGEST = 100_000;
const TAGS_OF_EACH = 18;

export function repositoryName(number: number): string {
  return `${TEAMS[number % TEAMS.length]}/${THINGS[Math.floor(number / TEAMS.length) % THINGS.length]}-${number}`;
}

export function tagNames(repository: number): string[] {
  if (repository === 0) return Array.from({ length: TAGS_OF_LARGEST }, (_, index) => `build-${index}`);
  return Array.from({ length: TAGS_OF_EACH }, (_, index) => tagName(repository, index));
}

function tagName(repository: number, index: number): string {
  if (index === 0) return 'latest';
  if (index < 6) return `v1.${index}.${repository % 40}`;
  if (index < 12) return `main-${hex(repository * TAGS_OF_EACH + index)}`;
  return `2026-${String(1 + (repository % 12)).padStart(2, '0')}-${10 + (index % 18)}`;
}

/** Seven digits that look as if there was no order in them. */
function hex(number: number): string {
  return ((number * 2_654_435_761) >>> 4).toString(16).padStart(7, '0').slice(-7);
}
