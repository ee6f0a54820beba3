import type { English } from '../en/index.ts';
import type { Translation } from '../index.ts';
import { common } from './common.ts';
import { errors } from './errors.ts';
import { layout } from './layout.ts';
import { ui } from './ui.ts';

/** 全部简体中文词条；类型保证与英文逐项对应。 */
export const zhCN: Translation<English> = {
  common,
  errors,
  layout,
  ui,
};
