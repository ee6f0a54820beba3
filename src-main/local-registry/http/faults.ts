import type { Fault } from '../options.ts';

interface Injected {
  fault: Fault;
  matches: number;
}

/** The faults that apply to one request, each kind once: the one injected first wins. */
export type FaultPlan = { readonly [Kind in Fault['kind']]?: Extract<Fault, { kind: Kind }> };

/** The faults in force and how often each has matched. */
export class FaultSet {
  #injected: Injected[] = [];

  constructor(faults: readonly Fault[] = []) {
    for (const fault of faults) this.inject(fault);
  }

  inject(fault: Fault): () => void {
    const injected = { fault, matches: 0 };
    this.#injected.push(injected);
    return () => {
      this.#injected = this.#injected.filter((other) => other !== injected);
    };
  }

  clear(): void {
    this.#injected = [];
  }

  /** Counts the request and says what goes wrong with it. */
  plan(method: string, path: string): FaultPlan {
    let plan: FaultPlan = {};
    for (const injected of this.#injected) {
      const { when } = injected.fault;
      if (when.method !== undefined && when.method.toUpperCase() !== method) continue;
      if (when.path !== undefined && path.search(when.path) < 0) continue;
      injected.matches += 1;
      const turn = injected.matches - (when.after ?? 0);
      const applies = turn > 0 && turn <= (when.times ?? Number.POSITIVE_INFINITY);
      if (applies) plan = { [injected.fault.kind]: injected.fault, ...plan };
    }
    return plan;
  }
}

/** Well-formed, and the digest of nothing anyone has. */
export const WRONG_DIGEST = `sha256:${'0'.repeat(64)}`;
