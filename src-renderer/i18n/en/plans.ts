/** Words that the pages of all plans share. */
export const plans = {
  title: 'Plan',
  willHappen: 'What will happen',
  states: 'Outcome',
  allItems: 'All',
  consentFirst: 'First read what goes beyond your selection, and agree to it',
  dryRun: 'Dry run: plans are made and not started',
  typeFirst: 'Type the name first',
  typeName: 'Type {{name}} to confirm',
  beyond: 'What goes beyond your selection',
  stale: 'Something has changed since the plan was made. Here is the new plan.',
  keepContent: 'Keep the layers too',
  keepContentHelp_one:
    'They are downloaded before anything is deleted, so that undo works after a garbage collection: up to {{size}} GB in all, for {{count}} day.',
  keepContentHelp_other:
    'They are downloaded before anything is deleted, so that undo works after a garbage collection: up to {{size}} GB in all, for {{count}} days.',
  keepOverwritten: 'Keep what is overwritten, with its layers',
  keepOverwrittenHelp_one:
    'It is downloaded before anything is overwritten, so that undo works after a garbage collection: up to {{size}} GB in all, for {{count}} day.',
  keepOverwrittenHelp_other:
    'It is downloaded before anything is overwritten, so that undo works after a garbage collection: up to {{size}} GB in all, for {{count}} days.',
  undoing: 'Undoing…',
  back: 'Go back',
  expiredTitle: 'This plan no longer exists',
  expiredHelp: 'It was started, or is more than 15 minutes old. Looking at a plan changes nothing.',
  unknownTitle: 'This window cannot show this plan ({{kind}})',
  unknownHelp: 'It was made by another version. It changes nothing unless it is started.',
};
