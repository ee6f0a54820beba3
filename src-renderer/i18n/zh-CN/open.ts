import type { open as words } from '../en/open.ts';
import type { Translation } from '../translation.ts';

export const open: Translation<typeof words> = {
  unknownTitle: '{{host}} 不在您的镜像仓库列表中',
  unknownHelp: '码头管家之外的链接指向该镜像仓库。仅在您了解并信任它时才添加。',
  add: '添加此镜像仓库…',
  unreadTitle: '此链接无法打开',
  unreadHelp: '“{{text}}”不是镜像仓库、仓库或镜像的名称。',
};
