import { activity } from './activity.ts';
import { common } from './common.ts';
import { deletion } from './deletion.ts';
import { errors } from './errors.ts';
import { image } from './image.ts';
import { layout } from './layout.ts';
import { operations } from './operations.ts';
import { registry } from './registry.ts';
import { repositories } from './repositories.ts';
import { tags } from './tags.ts';
import { transfers } from './transfers.ts';
import { ui } from './ui.ts';

/** All English words, by feature. Each feature has a file of its own beside this one. */
export const en = {
  common,
  transfers,
  tags,
  repositories,
  registry,
  operations,
  image,
  deletion,
  activity,
  errors,
  layout,
  ui,
};
export type English = typeof en;
