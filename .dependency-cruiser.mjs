/**
 * Which file may import which: an allow-list, from the top of the house down; src-main/README.md says what each room is for.
 * Part of `npm run lint`.
 *
 * A line is a room (a folder or a file of `src-main`, or the renderer) and what its files may import beside each other: rooms further
 * down, `node`, packages. What is not listed is not allowed, types neither. A file belongs to the line that names it most closely;
 * `engine/*.ts` are the files that lie in `engine` itself, and under `engine/systems/*` each folder is a room of its own.
 */
const TABLE = `
src-renderer              contract common engine/resource-kinds.ts engine/vocabulary zod semver @orpc react react-dom @mantine @tabler @tanstack @fontsource-variable i18next react-i18next
src-renderer/lists        src-renderer/ui common react @mantine @tabler @tanstack i18next react-i18next
src-renderer/ui           src-renderer/commands src-renderer/api.ts common zod react @mantine @tabler @tanstack @orpc i18next react-i18next
src-renderer/commands     common react @mantine
src-renderer/api.ts       src-renderer/connection.ts src-renderer/session.ts contract react @orpc @tanstack
src-renderer/connection.ts  contract @orpc
src-renderer/session.ts   contract
src-renderer/i18n         common engine/vocabulary i18next react-i18next

hosts/launcher            node vite
hosts/electron            hosts/shared api/index.ts services/index.ts data/index.ts common node zod electron electron-store @orpc/server
hosts/cli                 hosts/browser hosts/shared services/index.ts data/home.ts package.json common engine/index.ts engine/resource-kinds.ts engine/vocabulary node commander
hosts/browser             hosts/shared api/index.ts contract/browser-session.ts node @orpc/server ws
hosts/shared              services/index.ts data/index.ts package.json node

api                       services/index.ts contract common engine/vocabulary @orpc/server

services/index.ts         services data/index.ts common node
services/operations-module.ts  services/operation-kinds.ts services/collection services/products services/restoring services/operations services/registries services/content services/*.ts data/index.ts
services/accounts         services/registries services/sign-ins services/core services/*.ts data/index.ts common engine/index.ts engine/vocabulary node
services/audit            services/operations services/core services/*.ts data/index.ts common zod
services/browsing         services/core services/*.ts data/index.ts common engine/index.ts engine/vocabulary node
services/referrers        services/core services/*.ts common engine/index.ts node
services/storage          services/core services/*.ts data/index.ts common
services/inventory        services/registries services/core services/*.ts data/index.ts common engine/index.ts engine/vocabulary node zod
services/local-registry   services/sign-ins services/core services/*.ts data/index.ts common local-registry/index.ts node
services/comparison-matrix  services/core services/*.ts data/index.ts common engine/index.ts node
services/comparison       services/packages services/layers services/core services/*.ts data/index.ts common engine/index.ts engine/vocabulary node
services/packages         services/layers services/core services/*.ts data/index.ts common engine/index.ts engine/vocabulary node
services/find             services/layers services/core services/*.ts data/index.ts common engine/index.ts engine/vocabulary node
services/layers           services/core services/*.ts data/index.ts common engine/index.ts engine/vocabulary node zod picomatch
services/settings         services/core services/*.ts data/index.ts common
services/operation-kinds.ts  services/cleanup services/collection services/products services/deletion services/transfers services/restoring services/operations data/index.ts
services/cleanup          services/rules services/deletion services/restoring services/operations services/core services/*.ts data/index.ts common engine/index.ts engine/vocabulary node zod
services/collection       services/operations services/core services/*.ts data/index.ts common engine/index.ts local-registry/index.ts node zod
services/deletion         services/restoring services/operations services/registries services/core services/*.ts data/index.ts common engine/index.ts engine/vocabulary node zod
services/transfers        services/restoring services/operations services/registries services/core services/*.ts data/index.ts common engine/index.ts engine/vocabulary node zod semver
services/products         services/operations services/core services/*.ts data/index.ts common engine/index.ts engine/resource-kinds.ts engine/vocabulary node zod
services/restoring        services/operations services/core services/*.ts data/index.ts common engine/index.ts node zod
services/operations       services/registries services/content services/core services/*.ts data/index.ts common engine/index.ts engine/vocabulary node zod
services/rules            services/core services/*.ts common engine/index.ts engine/vocabulary node yaml zod
services/registries       services/sign-ins services/*.ts data/index.ts common engine/index.ts engine/vocabulary node
services/content          services/core services/*.ts common engine/index.ts engine/vocabulary node
services/sign-ins         services/*.ts data/index.ts common engine/index.ts engine/vocabulary node zod
services/core             services/*.ts data/index.ts common engine/index.ts engine/resource-kinds.ts engine/vocabulary
services/*.ts             data/index.ts common engine/index.ts engine/vocabulary node

data/*.ts                 data/audit data/inventory data/database common engine/vocabulary node zod conf
data/audit                data/database common node zod
data/inventory            data/database data/errors.ts common node
data/database             data/errors.ts data/private-file.ts common node
data/errors.ts            common
data/private-file.ts      node

contract                  common @orpc/contract
common                    engine/vocabulary engine/resource-kinds.ts zod picomatch

engine/index.ts           engine
engine/comparison         engine/packages engine/reading engine/trust engine/layers engine/content engine/endpoints engine/model engine/*.ts engine/vocabulary node
engine/packages           engine/trust engine/layers engine/content engine/endpoints engine/model engine/*.ts engine/vocabulary node semver
engine/layers             engine/content engine/endpoints engine/model engine/*.ts engine/vocabulary node
engine/cleanup            engine/model engine/*.ts engine/vocabulary re2js
engine/transfer           engine/content engine/reading engine/endpoints engine/http engine/model engine/*.ts engine/vocabulary node
engine/trust              engine/content engine/endpoints engine/model engine/*.ts engine/vocabulary node
engine/scan               engine/registry engine/product engine/endpoints engine/http engine/model engine/*.ts engine/vocabulary
engine/content            engine/reading engine/endpoints engine/http engine/model engine/*.ts engine/vocabulary node zod undici
engine/deletion           engine/reading engine/registry engine/product engine/endpoints engine/http engine/model engine/*.ts engine/vocabulary node
engine/reading            engine/registry engine/product engine/endpoints engine/http engine/model engine/*.ts engine/vocabulary
engine/registry           engine/systems/index.ts engine/product engine/endpoints engine/http engine/model engine/*.ts engine/vocabulary
engine/systems/index.ts   engine/systems engine/product engine/vocabulary
engine/systems/*          engine/product engine/endpoints engine/http engine/model engine/*.ts engine/vocabulary engine/resource-kinds.ts zod re2js
engine/product            engine/http engine/model engine/*.ts engine/vocabulary zod
engine/endpoints          engine/http engine/model engine/*.ts engine/vocabulary node zod
engine/http               engine/model engine/*.ts engine/vocabulary node zod undici socks
engine/model              engine/*.ts engine/vocabulary node zod
engine/*.ts               engine/vocabulary node
engine/resource-kinds.ts
engine/vocabulary

local-registry/index.ts   local-registry
local-registry/registry.ts    local-registry/exchange.ts local-registry/options.ts local-registry/http local-registry/storage node
local-registry/folder-collector.ts  local-registry/storage
local-registry/exchange.ts    local-registry/options.ts local-registry/routes local-registry/http local-registry/storage node
local-registry/routes     local-registry/options.ts local-registry/http local-registry/storage local-registry/*.ts node
local-registry/http       local-registry/options.ts local-registry/storage local-registry/*.ts node
local-registry/samples    local-registry/options.ts local-registry/storage local-registry/*.ts node tar-stream
local-registry/options.ts     local-registry/storage
local-registry/storage    local-registry/*.ts node zod
local-registry/*.ts       node
`;

const rows = TABLE.trim()
  .split(/\n+/)
  .map((line) => line.split(/ +/));
const rooms = rows.map(([room = '']) => room);
const tops = new Set(rooms.map((room) => room.split('/')[0]));

/** @param {string} name */
const pathOf = (name) => `${name.startsWith('src-') ? '' : 'src-main/'}${name.replaceAll('.', '[.]')}`;

/** @param {string} room @param {string} other */
const holds = (room, other) =>
  other !== room && other.startsWith(room.replace(/[*].*$|$/, '/').replace('//', '/'));

/**
 * The files of a room or a part of one.
 *
 * @param {string} name
 * @param {string} folder which of the folders that are rooms of their own
 */
function filesOf(name, folder = '[^/]+') {
  const above = rooms.slice(0, Math.max(0, rooms.indexOf(name))).filter((other) => holds(name, other));
  const but = above.length === 0 ? '' : `(?!(${above.map(pathOf).join('|')})(/|$))`;
  if (name.endsWith('/*')) return `^${pathOf(name).slice(0, -1)}${folder}/`;
  if (name.endsWith('/*.ts')) return `^${but}${pathOf(name).slice(0, -'*[.]ts'.length)}[^/]+$`;
  return `^${but}${pathOf(name)}(/|$)`;
}

/** @param {string} name */
function importsOf(name) {
  if (name === 'package.json') return '^package[.]json$';
  return tops.has(name.split('/')[0]) ? filesOf(name) : `^node_modules/${name}/`;
}

/**
 * The lines that a name stands for: its own, those of the rooms below it, or the one that it is a part of.
 *
 * @param {string} name
 */
function linesOf(name) {
  const below = rooms.filter((room) => room === name || holds(name, room));
  if (below.length > 0) return rooms.includes(name) ? [name] : below;
  const around = rooms.filter((room) => holds(room, name));
  return around.sort((a, b) => b.length - a.length).slice(0, 1);
}

for (const [at, [room = '', ...imports]] of rows.entries())
  for (const name of imports)
    if (linesOf(name).some((line) => rooms.indexOf(line) < at)) throw new Error(`${room} is below ${name}.`);

/**
 * What is wrong with any other import of a line's files.
 *
 * @param {readonly string[]} row
 * @returns {import('dependency-cruiser').IForbiddenRuleType}
 */
function ruleOf([room = '', ...imports]) {
  const closer = rooms.filter((other) => holds(room, other)).map((other) => filesOf(other));
  const pathNot = [filesOf(room, '$1'), ...imports.map(importsOf)];
  return {
    name: room,
    comment: `It may import ${imports.join(', ') || 'nothing'}.`,
    severity: 'error',
    from: { path: filesOf(room, '([^/]+)'), pathNot: closer },
    to: imports.includes('node') ? { pathNot, dependencyTypesNot: ['core'] } : { pathNot },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...rows.map(ruleOf),
    {
      name: 'no room',
      comment: 'A new folder needs a line in the table.',
      severity: 'error',
      from: { path: '^src-', pathNot: rooms.map((room) => filesOf(room)) },
      to: {},
    },
    {
      name: 'circle',
      comment: 'Files that import each other: what both need goes into a file below them.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    // The compiler of TypeScript 7 cannot be asked; this parser sees imports of types as well.
    parser: 'swc',
    doNotFollow: { path: '^node_modules/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
