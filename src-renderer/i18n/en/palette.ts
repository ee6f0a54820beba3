/** Words of the command palette. */
export const palette = {
  label: 'Search and commands',
  placeholder: 'Search registries, repositories, tags, digests and commands…',
  nothing: 'Nothing found',
  waiting_one: 'About {{formatted}} more name is still being indexed',
  waiting_other: 'About {{formatted}} more names are still being indexed',
  used: 'Used often',
  reference: 'Reference',
  registries: 'Registries',
  places: 'Seen before',
  commands: 'Commands',
  openReference: 'Open {{reference}}',
};
