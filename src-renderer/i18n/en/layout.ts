/** Words of the frame around the pages. */
export const layout = {
  notFound: 'There is no such page',
  notFoundHelp: 'The address may be from an older version, or mistyped.',
  toStart: 'To the start page',
  skipToContent: 'Skip to content',
  navigation: 'Registries and pages',
  registries: 'Registries',
  addRegistry: 'Add a registry',
  noRegistries: 'No registries yet',
  search: 'Search',
  storage: 'Storage',
  transfers: 'Copy & sync',
  activity: 'History',
  settings: 'Settings',
  collapse: 'Hide the navigation',
  expand: 'Show the navigation',
  resize: 'Width of the navigation',
  readOnly: 'Locked: read-only',
  overview: 'Overview',
  repositories: 'Repositories',
  menu: 'Actions for {{name}}',
  moveUp: 'Move up',
  moveDown: 'Move down',
  isFirst: 'It is the first',
  isLast: 'It is the last',
  status: {
    ok: 'Reachable',
    failed: 'Not reachable: {{reason}}',
    insecure: 'Connection is not secure',
  },
  insecure: {
    plainHttp: 'Plain HTTP: passwords and images travel to {{host}} unencrypted.',
    unverified:
      'The certificate of {{host}} is not verified: anyone on the way can read and change what is sent.',
    change: 'Change the connection',
  },
  movedTo: '{{name}} is now number {{position}} of {{total}}',
  notices: {
    settingsKeptAside: 'The settings file could not be read, so the defaults are in use.',
    databaseKeptAside: 'The app’s database could not be read, so a new one was begun.',
    settingsUnread: 'Parts of the settings file are not in use.',
    settingsUnreadHelp:
      'They are not valid. They stay in the file as they are, and everything else works without them:',
    settingsNewer: 'A newer version of Wharfinger wrote the settings.',
    settingsNewerHelp:
      'They are used as far as this version knows them. Nothing is changed in them: accounts and settings cannot be edited here.',
    keptAs: 'Nothing was overwritten; the old file is kept as',
  },
  connectionLost:
    'The connection to Wharfinger is lost. Trying to reconnect… If it was started anew, open the address it printed.',
  signedOut: {
    title: 'This page is not signed in',
    help: 'Each address that Wharfinger prints opens one page, once, and only until Wharfinger ends; a page nobody used for half a day is signed out. Go to the terminal it runs in and press Enter: it prints a new address. Or end it with Ctrl+C and start it again.',
    again: 'Look again',
  },
};
