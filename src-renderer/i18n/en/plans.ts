/** Words that the pages of all plans share. */
export const plans = {
  title: 'Plan',
  willHappen: 'What will happen',
  states: 'What becomes of it',
  allItems: 'All',
  consentFirst: 'Read what goes beyond your choice, and agree to it first',
  typeFirst: 'Type the name first',
  typeName: 'Type {{name}} to confirm',
  beyond: 'What goes beyond your choice',
  stale: 'Something changed since the plan was made. Here is the new plan.',
  undoing: 'Undoing…',
  back: 'Go back',
  expiredTitle: 'This plan is no longer there',
  expiredHelp: 'It was started, or it is older than 15 minutes. Nothing was changed by looking at it.',
  unknownTitle: 'A plan that this window cannot show ({{kind}})',
  unknownHelp: 'Another version made it. It changes nothing unless it is started.',
};
