import { aligned, spread } from '../report.ts';
import { type ClientResult, medianOf } from './compare.ts';
import { totalOf } from './proxies/counting.ts';
import type { Arrivals, Destination, Scenario } from './scenarios.ts';

const MB = 1_000_000;

/** A scenario with all that was measured in it. */
const NAMES: Readonly<Record<Destination, string>> = {
  discard: 'discard server',
  registry: 'docker-registry',
  local: 'local registry',
};

export interface ScenarioResult {
  readonly scenario: Scenario;
  readonly destination: Destination;
  readonly clients: readonly ClientResult[];
  /** Ours without the scenario's fault, seconds. */
  readonly ownWall?: number | undefined;
  /** MiB that ours needs for a tiny image. */
  readonly ownPeak?: number | undefined;
  /** Of all blobs that were to be moved. */
  readonly content: number;
  readonly tags: number;
}

/** What was asked for, what came out, and whether it is enough. */
export interface Verdict {
  readonly where: string;
  readonly target: string;
  readonly measured: string;
  /** null: it could not be measured. */
  readonly met: boolean | null;
}

const titleOf = ({ scenario, destination }: ScenarioResult): string =>
  `${scenario.title} → ${NAMES[destination]}`;

/** One row a client. */
export function clientsTable(result: ScenarioResult): string {
  const own = wallOfOurs(result);
  const rows = result.clients.map((one) => {
    const [wall, cpu, peak] = [medianOf(one, 'wall'), medianOf(one, 'cpu'), medianOf(one, 'peak')];
    const walls = one.outcomes.map(({ cost }) => cost.wall * 1000);
    return [
      one.client.name,
      wall === undefined ? (one.failure?.message ?? '') : wall.toFixed(2),
      walls.length === 0 ? '' : `${spread(walls)}`,
      cpu?.toFixed(2) ?? '',
      peak?.toFixed(0) ?? '',
      one.counts === undefined ? '' : String(totalOf(one.counts)),
      one.counts === undefined ? '' : [...one.counts.requests].map(([kind, n]) => `${n} ${kind}`).join(', '),
      one.counts === undefined ? '' : (one.counts.bytes / MB).toFixed(1),
      own === undefined || wall === undefined ? '' : (own / wall).toFixed(2),
    ];
  });
  const head = ['Client', 'Wall s', 'Spread ms', 'CPU s', 'Peak MiB', 'Requests', 'of which', 'Sent MB'];
  return `### ${titleOf(result)}\n\n${aligned([[...head, 'Ours ÷ it'], ...rows])}\n`;
}

export function verdictsTable(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ where, target, measured, met }) => [
    where,
    target,
    measured,
    met === null ? '' : met ? 'met' : 'MISSED',
  ]);
  return aligned([['Scenario', 'Target', 'Measured', 'Verdict'], ...rows]);
}

/** Ours against each of the scenario's targets. */
export function verdictsOf(result: ScenarioResult): Verdict[] {
  const { scenario, clients, content, tags } = result;
  const where = titleOf(result);
  const own = clients.find(({ client }) => client.tool === 'wharfinger');
  const ownWall = own && medianOf(own, 'wall');
  if (own === undefined || ownWall === undefined) {
    return [{ where, target: 'finishes', measured: own?.failure?.message ?? 'not run', met: null }];
  }
  const { wall, cpu, wallToOwn, twice, growth, counts } = scenario.targets;
  const verdicts: Verdict[] = [];
  const judge = (target: string, value: number | undefined, most: number, words: (value: number) => string) =>
    verdicts.push({
      where,
      target: `${target} ≤ ${most}`,
      measured: value === undefined ? 'not measured' : words(value),
      met: value === undefined ? null : value <= most,
    });
  if (wall !== undefined) {
    const best = bestPeer(clients);
    const words = (value: number) => `${value.toFixed(2)} (${best?.name}: ${best?.wall.toFixed(2)} s)`;
    judge('wall of the best peer', best && ownWall / best.wall, wall, words);
  }
  if (cpu !== undefined) {
    const skopeo = clients.find(({ client }) => client.tool === 'skopeo');
    const [mine, theirs] = [medianOf(own, 'cpu'), skopeo && medianOf(skopeo, 'cpu')];
    const ratio = mine === undefined || theirs === undefined ? undefined : mine / theirs;
    judge("skopeo's CPU", ratio, cpu, (value) => value.toFixed(2));
  }
  if (wallToOwn !== undefined) {
    const ratio = result.ownWall === undefined ? undefined : ownWall / result.ownWall;
    judge('its own wall without', ratio, wallToOwn, (value) => value.toFixed(2));
  }
  if (twice !== undefined) {
    const again = own.counts && Math.max(0, own.counts.bytes - content) / content;
    judge('share of bytes sent twice', again, twice, (value) => value.toFixed(3));
  }
  if (growth !== undefined) {
    const peak = medianOf(own, 'peak');
    const grown = peak === undefined || result.ownPeak === undefined ? undefined : peak - result.ownPeak;
    judge('MiB of RSS over a tiny copy', grown, growth, (value) => value.toFixed(0));
  }
  if (counts !== undefined && own.counts !== undefined) {
    const problem = counts(arrivalsOf(own.counts, content, tags));
    verdicts.push({
      where,
      target: 'requests and bytes',
      measured: problem ?? 'as wanted',
      met: problem === null,
    });
  }
  return verdicts;
}

function arrivalsOf(counts: NonNullable<ClientResult['counts']>, content: number, tags: number): Arrivals {
  return {
    bytes: counts.bytes,
    content,
    tags,
    total: totalOf(counts),
    requests: (kind) => counts.requests.get(kind) ?? 0,
  };
}

function wallOfOurs({ clients }: ScenarioResult): number | undefined {
  const own = clients.find(({ client }) => client.tool === 'wharfinger');
  return own && medianOf(own, 'wall');
}

/** The quickest, with whatever concurrency, of those that did the whole job each time. */
function bestPeer(clients: readonly ClientResult[]): { name: string; wall: number } | undefined {
  return clients
    .flatMap((one) => {
      const wall = medianOf(one, 'wall');
      const counts = one.client.tool !== 'wharfinger' && one.failure === undefined;
      return counts && wall !== undefined ? [{ name: one.client.name, wall }] : [];
    })
    .sort((a, b) => a.wall - b.wall)[0];
}
