import type { palette as words } from '../en/palette.ts';
import type { Translation } from '../translation.ts';

export const palette: Translation<typeof words> = {
  label: '搜索与命令',
  placeholder: '搜索镜像仓库、仓库、标签、摘要和命令…',
  nothing: '没有找到',
  waiting_other: '另有约 {{formatted}} 个名称正在编入索引',
  used: '常用',
  reference: '引用',
  registries: '镜像仓库',
  places: '浏览过的内容',
  commands: '命令',
  openReference: '打开 {{reference}}',
};
