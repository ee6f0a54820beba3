import type { CollectionCommands, CollectionFacts } from '../../product/collection.ts';

/** Where the configuration lies in the product's own images, which moved with version 3. */
const CONFIGS = { '2': '/etc/docker/registry/config.yml', '3': '/etc/distribution/config.yml' } as const;

/**
 * Distribution's collection runs beside the registry, by the same program. `--delete-untagged` is in none of the commands: 2.8 takes the
 * images of indexes with it, and both take what is attached.
 */
function commandsOf(version: keyof typeof CONFIGS): CollectionCommands[] {
  const config = CONFIGS[version];
  const collect = (before: string, dryRun = false) =>
    `${before} garbage-collect ${dryRun ? '--dry-run ' : ''}${config}`;
  const docker = 'docker exec registry registry';
  const compose = 'docker compose exec -T registry registry';
  const kubectl = 'kubectl exec deploy/registry -- registry';
  const inPlace: CollectionCommands[] = [
    {
      form: 'docker',
      version,
      dryRun: collect(docker, true),
      run: [collect(docker), 'docker restart registry'],
    },
    {
      form: 'compose',
      version,
      dryRun: collect(compose, true),
      run: [collect(compose), 'docker compose restart registry'],
    },
    {
      form: 'kubernetes',
      version,
      dryRun: collect(kubectl, true),
      run: [collect(kubectl), 'kubectl rollout restart deploy/registry'],
    },
  ];
  // Debian's package, which has version 2: as the service's user, so that its files stay its own.
  const service = 'sudo -u docker-registry docker-registry';
  if (version !== '2') return inPlace;
  return [
    ...inPlace,
    {
      form: 'systemd',
      version,
      dryRun: collect(service, true),
      run: ['sudo systemctl stop docker-registry', collect(service), 'sudo systemctl start docker-registry'],
    },
  ];
}

export const collection: CollectionFacts = {
  when: 'offline',
  way: 'commands',
  frees: ['garbageCollect'],
  seen: ['dryRun', 'storage'],
  cautions: ['readOnly', 'allInstances', 'restart', 'untaggedChildren', 'untaggedReferrers'],
  documentation: 'https://distribution.github.io/distribution/about/garbage-collection/',
  commands: [...commandsOf('2'), ...commandsOf('3')],
};
