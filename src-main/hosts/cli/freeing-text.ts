import type { CollectionFacts } from '../../common/collection-facts.ts';
import type {
  CollectionCaution,
  CollectionForm,
  CollectionSight,
  CollectionStep,
} from '../../engine/vocabulary/collection.ts';

const STEPS: Readonly<Record<CollectionStep, string>> = {
  localCollection: 'wharfinger collects what no image needs: wharfinger local gc',
  garbageCollect: 'who administers its host runs "registry garbage-collect"',
  harborCollection: "Harbor's garbage collection, by its schedule or when it is started",
  nexusUnused: 'the task "Docker - Delete unused manifests and images" of Nexus',
  nexusCompact: 'after it the task "Admin - Compact blob store"',
  gitlabOnline: "with GitLab's metadata database (GitLab.com): by itself, about a day later",
  gitlabCommand: 'without it: gitlab-ctl registry-garbage-collect, on its host',
  quayTimeMachine: 'Quay keeps deleted tags for its time machine: two weeks, unless set otherwise',
  quayWorker: 'after that its worker removes what nothing needs',
  artifactoryCollection: "Artifactory's garbage collection: every four hours, unless set otherwise",
  giteaCleanup: "Gitea's cron job for packages: at midnight, unless set otherwise",
  zotCollection: "zot's garbage collector, by itself: an hour later, unless set otherwise",
  provider: 'the provider removes what nothing needs, by itself; it does not say when',
};

const SIGHTS: Readonly<Record<CollectionSight, string>> = {
  dryRun: 'a dry run names what would go',
  runs: 'each run says what it has freed',
  storage: 'the size of its storage, before and after',
  usage: 'the usage that the product shows, some time later',
};

const CAUTIONS: Readonly<Record<CollectionCaution, string>> = {
  readOnly: 'nothing may be pushed meanwhile: layers that a push has sent and not named yet would go',
  allInstances: 'that is so for every instance on the same storage',
  restart: 'start it again afterwards: its cache in memory still believes in layers that are gone',
  untaggedChildren:
    'leave --delete-untagged away with version 2: it takes the platforms of images that have a tag',
  untaggedReferrers: '--delete-untagged also takes signatures, SBOMs and attestations without a tag',
  recentStays: 'what was pushed within the last two hours stays',
  dayStays: 'what was deleted within the last day stays, unless set otherwise',
  administrator: 'only its administrators may',
};

const FORMS: Readonly<Record<CollectionForm, string>> = {
  docker: 'in a container named "registry"',
  compose: 'in a Compose service named "registry"',
  kubernetes: 'in a Kubernetes deployment named "registry"',
  systemd: "as Debian's service",
};

/** What brings the bytes back, what to know before, and the commands for it. */
export function freeingText({
  frees,
  seen,
  cautions,
  commands = [],
  documentation,
}: CollectionFacts): string[] {
  if (frees.length === 0) return ['How this registry frees the space of deleted images is unknown.'];
  return [
    'Frees the bytes of what was deleted:',
    ...frees.map((step) => `  ${STEPS[step]}`),
    ...(seen.length > 0 ? ['Seen by:', ...seen.map((sight) => `  ${SIGHTS[sight]}`)] : []),
    ...(cautions.length > 0 ? ['Before:', ...cautions.map((caution) => `  ${CAUTIONS[caution]}`)] : []),
    ...commands.flatMap(({ form, version, dryRun, run }) => [
      `Version ${version} ${FORMS[form]}:`,
      `  ${dryRun}   # what would go; read it with: wharfinger gc HOST --read FILE`,
      ...run.map((line) => `  ${line}`),
    ]),
    ...(documentation === undefined ? [] : [`See ${documentation}`]),
  ];
}
