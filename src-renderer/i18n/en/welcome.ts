/** Words of the first page. */
export const welcome = {
  title: 'One window over all your registries',
  jobs: {
    look: 'Look around any registry',
    clean: 'Clean up without breaking anything',
    move: 'Copy and compare images',
  },
  add: {
    title: 'Add a registry',
    text: 'Paste its address, an image reference or a docker login command, or choose a product.',
    action: 'All ways to add a registry',
  },
  import: {
    title: 'Import sign-ins',
    found_one: 'Docker or Podman is signed in to {{count}} registry: one click adds it.',
    found_other: 'Docker or Podman is signed in to {{count}} registries: one click adds each.',
    text: 'What Docker and Podman are signed in to on this machine is offered here.',
  },
  local: {
    title: 'Try the local registry',
    text: 'A registry inside this app, with sample images to browse, clean up and copy. Nothing else needs to be installed.',
    action: 'Start and open it',
  },
};
