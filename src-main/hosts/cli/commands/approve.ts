import type { Context } from '../context.ts';
import { print, printJson } from '../output.ts';

/** `approve HOST…`: the hosts that a registry may name as its token service; without a host those that are approved. */
export async function approve(
  { core, json }: Context,
  hosts: readonly string[],
  remove: boolean,
): Promise<void> {
  const named = new Set(hosts.map((host) => host.toLowerCase()));
  const kept = core.settings.get().approvedHosts.filter((host) => !named.has(host.toLowerCase()));
  const { approvedHosts } =
    named.size === 0
      ? core.settings.get()
      : core.settings.change({ approvedHosts: remove ? kept : [...kept, ...named] });
  if (json) await printJson({ approvedHosts });
  else await print(approvedHosts.length === 0 ? 'No hosts are approved.' : [...approvedHosts]);
}
