/** Words of the first page. */
export const welcome = {
  title: 'One window over all your registries',
  intro:
    'Look around, clean up without breaking anything, and move images between registries. Begin with one of these:',
  add: {
    title: 'Add a registry',
    text: 'Give its address and how to sign in. The connection is tested step by step before anything is saved.',
    action: 'Add a registry',
  },
  import: {
    title: 'Import sign-ins',
    looking: 'Looking through Docker’s and Podman’s configuration…',
    found_one: '{{count}} sign-in found in the configuration of Docker or Podman.',
    found_other: '{{count}} sign-ins found in the configuration of Docker or Podman.',
    none: 'Docker and Podman have no sign-ins on this machine that are not in the list already.',
    unreadable: 'The configuration of Docker or Podman could not be read.',
    action: 'Choose which',
    look: 'See details',
  },
  local: {
    title: 'Try the local registry',
    text: 'Starts a registry inside this app with sample images, so that everything can be tried with nothing else installed.',
    action: 'Start and open it',
  },
};
