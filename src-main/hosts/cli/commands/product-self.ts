import type { AccessOverrides } from '../../../services/index.ts';
import type { Context } from '../context.ts';
import { print, printJson } from '../output.ts';

/** Version, health and numbers of a registry, as it says them itself. */
export async function describeRegistry(
  context: Context,
  host: string,
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const registry = await context.registry(host, access);
  const self = await core.products.describe(registry, { signal });
  if (json) {
    await printJson({ host: registry.host, ...self });
    return;
  }
  await print([
    `Version: ${self.version ?? 'it does not say'}`,
    ...self.health.map(
      ({ name, healthy, reason }) => `${name}: ${healthy ? 'healthy' : `unhealthy ${reason ?? ''}`}`,
    ),
    ...Object.entries(self.statistics).map(([name, value]) => `${name}: ${value}`),
    ...self.unread.map((what) => `not read: ${what}`),
  ]);
}
