/** Words of the shared parts. */
export const ui = {
  /** Of rows of a list. */
  known: 'as of {{when}}',
  /** Less than a minute ago, and ahead. */
  justNow: 'just now',
  soon: 'in a moment',
  /** Ages in a table: as short as can be. */
  age: {
    now: 'now',
    ahead: 'in {{age}}',
    minutes: '{{number}}\u00a0min',
    hours: '{{number}}\u00a0h',
    days: '{{number}}\u00a0d',
    years: '{{number}}\u00a0y',
  },
  columns: {
    title: 'Columns',
    reset: 'Reset columns',
    keys: '← → width · Alt+↑ Alt+↓ order',
  },
  /** A title with words after it. */
  sentence: '{{text}}. ',
  /** After other words, in brackets. */
  aside: ' ({{text}})',
  /** Between a name and what is said of it. */
  colon: ': ',
  shownAsKnown: 'Showing data from {{when}}.',
  /** What is attached to an image, one word for a chip. */
  attached: {
    signature: 'signed',
    sbom: 'SBOM',
    attestation: 'attestation',
    scan: 'scan',
    other: 'referrer',
    help: 'Attached to the image. Not verified.',
  },
  systems: {
    distribution: 'Distribution',
    harbor: 'Harbor',
    nexus: 'Nexus Repository',
    dockerHub: 'Docker Hub',
    ghcr: 'GitHub Packages',
    gitlab: 'GitLab Container Registry',
    quay: 'Quay',
    ecr: 'Amazon ECR',
    acr: 'Azure Container Registry',
    gar: 'Google Artifact Registry',
    artifactory: 'Artifactory',
    gitea: 'Gitea / Forgejo',
    zot: 'zot',
    wharfinger: 'Wharfinger’s local registry',
    generic: 'OCI registry',
  },
};
