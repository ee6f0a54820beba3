import type { saving as words } from '../en/saving.ts';
import type { Translation } from '../translation.ts';

export const saving: Translation<typeof words> = {
  save: '保存…',
  saveOf: '保存 {{name}}',
  download: '下载',
  downloadOf: '下载 {{name}}',
  saved: '已保存到 {{path}}',
};
