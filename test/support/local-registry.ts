import { expect } from 'vitest';
import {
  type Fault,
  type LocalRegistry,
  type LocalRegistryOptions,
  type SeenRequest,
  startLocalRegistry,
} from '../../src-main/local-registry/index.ts';
import { whenFinished } from './cleanup.ts';
import { temporaryFolder } from './temporary.ts';

/** `METHOD /path`, where `*` means anything without a slash and `**` for anything. The query is not looked at. */
type RequestPattern = `${string} /${string}`;

interface Guard {
  /** From now on every other request fails the test. What was seen before is not looked at. */
  expectOnly(...allowed: readonly RequestPattern[]): void;
  /** Throws if there was a request that the test did not expect; done by itself when the test or the file ends. */
  checkRequests(): void;
}

export type GuardedRegistry = LocalRegistry & Guard;

function toRegExp(pattern: RequestPattern): RegExp {
  const escaped = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll(/\*\*|\*/g, (stars) => (stars === '**' ? '.*' : '[^/]*'))}$`);
}

function line({ method, path, status }: SeenRequest): string {
  return `${method} ${path} → ${status}`;
}

/**
 * Starts our local registry in a new folder (or the one given) for a test and closes it afterwards.
 *
 * The test fails afterwards if the registry saw a request outside the list that `expectOnly` gave, or failed (5xx) where the
 * test did not inject that.
 */
export async function startTestRegistry(
  options: Partial<LocalRegistryOptions> = {},
): Promise<GuardedRegistry> {
  const injected = (options.faults ?? []).flatMap(statusOf);
  const unexpected: string[] = [];
  let allowed: readonly RegExp[] | undefined;
  const checkRequests = () => {
    expect(unexpected.splice(0), 'requests that the test did not expect').toEqual([]);
  };
  whenFinished(checkRequests); // registered first, so it runs last, when no request can come any more

  const registry = await startLocalRegistry({
    ...options,
    folder: options.folder ?? (await temporaryFolder()),
    onRequest(seen) {
      const where = `${seen.method} ${seen.path.replace(/\?.*$/, '')}`;
      if (seen.status >= 500 && !injected.includes(seen.status))
        unexpected.push(`${line(seen)} (not injected)`);
      else if (allowed !== undefined && !allowed.some((pattern) => pattern.test(where)))
        unexpected.push(line(seen));
      options.onRequest?.(seen);
    },
  });
  whenFinished(() => registry.close());
  return {
    url: registry.url,
    port: registry.port,
    storage: registry.storage,
    collector: registry.collector,
    get requests() {
      return registry.requests;
    },
    clearRequests: () => registry.clearRequests(),
    inject(fault) {
      injected.push(...statusOf(fault));
      return registry.inject(fault);
    },
    clearFaults: () => registry.clearFaults(),
    setLimits: (limits) => registry.setLimits(limits),
    close: () => registry.close(),
    expectOnly(...patterns) {
      allowed = patterns.map(toRegExp);
    },
    checkRequests,
  };
}

function statusOf(fault: Fault): number[] {
  return fault.kind === 'status' ? [fault.status] : [];
}
