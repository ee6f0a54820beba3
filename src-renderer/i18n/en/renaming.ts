/** Words of renaming a tag. */
export const renaming = {
  title: 'Rename {{from}}',
  instead: 'Delete the name {{from}} (rename)',
  insteadHelp: 'One plan for both steps. Undo takes back both.',
  put: '{{to}} will point at',
  moves: '{{to}} exists and will move. It now points at',
  deleted: '{{from}} will be deleted.',
  byPlaceholder:
    'This registry deletes by digest only: the tag is pointed at a placeholder, which is then deleted by its own digest.',
  stay_one: 'Another tag stays on this image: {{tags}}.',
  stay_other: 'Other tags stay on this image: {{tags}}.',
  undo: 'Undo puts the old name back.',
  sum: '{{from}} → {{to}}',
  start: 'Rename',
  operation: {
    kind: 'Rename',
    does: 'Rename {{from}} to {{to}} in {{place}}',
    did: 'Renamed {{from}} to {{to}} in {{place}}',
  },
};
