/** Words that the pages of all plans share. */
export const plans = {
  title: 'Plan',
  willHappen: 'What will happen',
  states: 'Outcome',
  allItems: 'All',
  consentFirst: 'Review and accept what goes beyond your selection first',
  dryRun: 'Dry run: plans can be made but not started',
  typeFirst: 'Type the name first',
  typeName: 'Type {{name}} to confirm',
  beyond: 'What goes beyond your selection',
  stale: 'Something has changed since the plan was made. Here is the new plan.',
  keepContent: 'Keep the layers too',
  keepContentHelp_one:
    'Downloaded before anything is deleted, so that undo works after garbage collection: up to {{size}}\u00a0GB in total, for {{count}}\u00a0day.',
  keepContentHelp_other:
    'Downloaded before anything is deleted, so that undo works after garbage collection: up to {{size}}\u00a0GB in total, for {{count}}\u00a0days.',
  keepOverwritten: 'Keep what is overwritten, with its layers',
  keepOverwrittenHelp_one:
    'Downloaded before anything is overwritten, so that undo works after garbage collection: up to {{size}}\u00a0GB in total, for {{count}}\u00a0day.',
  keepOverwrittenHelp_other:
    'Downloaded before anything is overwritten, so that undo works after garbage collection: up to {{size}}\u00a0GB in total, for {{count}}\u00a0days.',
  undoing: 'Undoing…',
  back: 'Go back',
  expiredTitle: 'This plan no longer exists',
  expiredHelp: 'It was started, or is more than 15\u00a0minutes old. Viewing a plan changes nothing.',
  unknownTitle: 'This window cannot show this plan ({{kind}})',
  unknownHelp: 'It was made by another version. It changes nothing unless it is started.',
};
