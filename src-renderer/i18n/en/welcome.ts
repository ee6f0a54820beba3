/** Words of the first page. */
export const welcome = {
  title: 'One window for all your registries',
  jobs: {
    look: 'Look around',
    clean: 'Clean up without breaking anything',
    move: 'Copy and sync images',
  },
  add: {
    title: 'Add a registry',
    text: 'Start from whatever you have at hand, or choose a product.',
    action: 'All products',
  },
  import: {
    title: 'Import sign-ins',
    found_one: 'Docker or Podman is signed in to {{count}} registry: one click adds it.',
    found_other: 'Docker or Podman is signed in to {{count}} registries: one click adds each.',
    text: 'Registries that Docker or Podman is signed in to are one click away.',
  },
  local: {
    title: 'Try the local registry',
    text: 'A registry inside this app, with nothing else to install.',
    samples: {
      images: 'Sample images for several platforms, with attestations',
      chart: 'A Helm chart',
      push: 'Takes what you push from Docker or Podman',
    },
    action: 'Start and open it',
  },
};
