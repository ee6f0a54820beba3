import { common } from './common.ts';
import { errors } from './errors.ts';
import { layout } from './layout.ts';
import { ui } from './ui.ts';

/** All English words, by feature. Each feature has a file of its own beside this one. */
export const en = {
  common,
  errors,
  layout,
  ui,
};
export type English = typeof en;
