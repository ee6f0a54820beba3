/** Words of the settings page. */
export const settings = {
  title: 'Settings',
  appearance: 'Appearance',
  language: 'Language',
  followSystem: 'Follow the system',
  theme: 'Theme',
  themes: { system: 'Follow the system', light: 'Light', dark: 'Dark' },
  density: 'Density of tables',
  densities: { compact: 'Compact', comfortable: 'Comfortable' },
  work: 'Performance',
  transferConcurrency: 'Parallel blob transfers',
  transferConcurrencyHelp: 'More is faster on fast networks; less is kinder to busy registries. 1 to 32.',
  requestConcurrency: 'Parallel requests per registry',
  requestConcurrencyHelp:
    'For listing and reading details. Lower it where a registry answers “too many requests”. 1 to 64.',
  detailsUpTo: 'Load all details up to',
  detailsUpToHelp:
    'Tags in a repository. In larger ones, only the rows in view load their details. 0 to 100,000.',
  safety: 'Safety',
  typeNameFrom: 'Confirm deletions by name from',
  typeNameFromHelp:
    'Tags in one deletion from which the repository’s name has to be typed. Emptying a repository always asks for it. 1 to 100,000.',
  approvedHosts: 'Approved hosts on private networks',
  approvedHostsHelp:
    'A registry may forward requests to these hosts (token service, storage). Others on private addresses are refused. Press Enter after each.',
  localRegistry: 'Local registry',
  localRegistryHelp:
    'A registry inside this app, reachable from this machine only: for trying things out and for images on the way elsewhere.',
  state: 'State',
  runningAt: 'Running at {{url}}',
  notRunning: 'Not running',
  folder: 'Folder',
  start: 'Start',
  stop: 'Stop',
  copyPath: 'Copy path',
  about: 'About',
  version: 'Version',
  runtime: 'Runs as',
  hosts: { desktop: 'Desktop app', browser: 'In the browser' },
  dataFolder: 'Data folder',
};
