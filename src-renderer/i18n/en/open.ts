/** Words of where links from outside lead. */
export const open = {
  unknownTitle: '{{host}} is not among your registries',
  unknownHelp: 'A link from outside Wharfinger leads there. Add the registry only if you know and trust it.',
  add: 'Add this registry…',
  unreadTitle: 'This link leads nowhere',
  unreadHelp: '“{{text}}” names no registry, repository or image.',
};
