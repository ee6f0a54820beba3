/** Words of where links from outside lead. */
export const open = {
  unknownTitle: '{{host}} is not in your list of registries',
  unknownHelp: 'A link from outside Wharfinger points there. Add the registry only if you know and trust it.',
  add: 'Add this registry…',
  unreadTitle: 'This link cannot be opened',
  unreadHelp: '“{{text}}” is not a registry, repository or image.',
};
