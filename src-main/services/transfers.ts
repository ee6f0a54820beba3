import { randomUUID } from 'node:crypto';
import { type CopyPlanData, planCopy } from '../engine/index.ts';
import type { TransfersService } from './core.ts';
import { digestAt } from './digest-at.ts';
import { ServiceError } from './errors.ts';
import type { Operations } from './operations/index.ts';
import { Plans } from './plans.ts';
import { placeOf, type Registries } from './registries.ts';
import type { CallOptions, CopyPlan, OperationSubject, RegistryHandle } from './types.ts';

interface Source {
  registry: RegistryHandle;
  repository: string;
  reference: string;
}

interface Target {
  registry: RegistryHandle;
  repository: string;
  tag: string;
}

interface Planned {
  plan: CopyPlan;
  data: CopyPlanData;
  source: RegistryHandle;
  target: RegistryHandle;
}

/** Copies and retags: a retag is a copy within one repository. */
export class Transfers implements TransfersService {
  readonly #operations: Operations;
  readonly #registries: Registries;
  readonly #plans: Plans<Planned>;
  readonly #now: () => Date;

  constructor(options: { operations: Operations; registries: Registries; now: () => Date }) {
    this.#operations = options.operations;
    this.#registries = options.registries;
    this.#now = options.now;
    this.#plans = new Plans(options.now);
  }

  async planBetween(source: Source, target: Target, { signal }: CallOptions = {}): Promise<CopyPlan> {
    if (target.registry.readOnly) throw new ServiceError('readOnly');
    const same = isSameRegistry(source.registry, target.registry);
    const data = await planCopy(
      { ...sideOf(source.registry), repository: source.repository, reference: source.reference },
      { ...sideOf(target.registry), repository: target.repository, tag: target.tag },
      same,
      { signal },
    );
    const plan: CopyPlan = {
      id: randomUUID(),
      kind: same && source.repository === target.repository ? 'retag' : 'copy',
      source: { ...placeOf(source.registry, source.repository), reference: source.reference },
      target: { ...placeOf(target.registry, target.repository), tag: target.tag },
      digest: data.root.digest,
      mediaType: data.root.mediaType,
      ...(data.replaces === undefined ? {} : { replaces: data.replaces }),
      unchanged: data.unchanged,
      manifests: data.manifestsBottomUp.length,
      blobs: { present: tally(data, 'present'), mount: tally(data, 'mount'), send: tally(data, 'send') },
      made: this.#now().toISOString(),
    };
    this.#plans.keep(plan.id, { plan, data, source: source.registry, target: target.registry });
    return plan;
  }

  async start(planId: string, { signal }: CallOptions = {}): Promise<{ operationId: string }> {
    const { plan, data, ...planned } = this.#plans.take(planId);
    const source = await this.#registries.fresh(planned.source);
    const target = await this.#registries.fresh(planned.target);
    if (target.readOnly) throw new ServiceError('readOnly');
    await refuseIfMoved(plan, source, target, signal);
    return this.#operations.start({
      subject: subjectOf(plan),
      steps: [
        {
          kind: 'copy',
          source: { ...plan.source, reference: plan.digest },
          target: plan.target,
          digest: plan.digest,
          ...(plan.replaces === undefined ? {} : { replaces: plan.replaces }),
        },
      ],
      handles: [source, target],
      prepared: {
        ...data,
        source: { ...data.source, ...sideOf(source) },
        target: { ...data.target, ...sideOf(target) },
      },
    });
  }
}

function sideOf({ client, reader }: RegistryHandle): Pick<RegistryHandle, 'client' | 'reader'> {
  return { client, reader };
}

/** Blobs can be mounted between accounts of one registry as well; it decides itself whether the user may. */
function isSameRegistry(one: RegistryHandle, other: RegistryHandle): boolean {
  return one.client.url.origin === other.client.url.origin;
}

function subjectOf(plan: CopyPlan): OperationSubject {
  if (plan.kind === 'copy') {
    return { kind: 'copy', source: plan.source, target: plan.target, digest: plan.digest };
  }
  const { tag, ...place } = plan.target;
  return { kind: 'retag', place, reference: plan.source.reference, tag, digest: plan.digest };
}

function tally(data: CopyPlanData, state: 'present' | 'mount' | 'send'): { count: number; bytes: number } {
  const blobs = data.blobs.filter((blob) => blob.state === state);
  return { count: blobs.length, bytes: blobs.reduce((sum, { descriptor }) => sum + descriptor.size, 0) };
}

async function refuseIfMoved(
  plan: CopyPlan,
  source: RegistryHandle,
  target: RegistryHandle,
  signal: AbortSignal | undefined,
): Promise<void> {
  const from = await source.reader.head(plan.source.repository, plan.source.reference, signal);
  if (from.digest !== plan.digest) throw new ServiceError('planStale', 'The source tag moved.');
  const now = await digestAt(target, plan.target.repository, plan.target.tag, signal);
  if (now !== plan.replaces) {
    throw new ServiceError('planStale', 'The target tag moved.');
  }
}
