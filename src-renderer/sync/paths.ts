/** Where a synchronisation is written down, and where it is compared: both have the definition in their search. */
export const FORM_PATH = '/transfers/new';
export const PLANNING_PATH = '/transfers/plan';
