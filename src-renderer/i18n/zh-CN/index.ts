import type { English } from '../en/index.ts';
import type { Translation } from '../index.ts';
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

/** 全部简体中文词条；类型保证与英文逐项对应。 */
export const zhCN: Translation<English> = {
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
