import type { palette as words } from '../en/palette.ts';
import type { Translation } from '../translation.ts';

export const palette: Translation<typeof words> = {
  label: '搜索与命令',
  placeholder: '搜索镜像仓库、仓库、标签、摘要和命令…',
  nothing: '没有找到',
  waiting_other: '另有约 {{formatted}} 个名称即将可以搜索到',
  registries: '镜像仓库',
  places: '浏览过的内容',
  commands: '命令',
  openReference: '打开 {{reference}}',
  addRegistry: '添加镜像仓库',
  importSignIns: '从 Docker 或 Podman 导入登录信息',
  transfers: '打开传输',
  newTransfer: '新建传输',
  activity: '打开操作记录',
  settings: '打开设置',
  theme: { system: '主题：跟随系统', light: '主题：浅色', dark: '主题：深色' },
  language: { system: '语言：跟随系统' },
  startLocal: '启动本地镜像仓库',
  stopLocal: '停止本地镜像仓库',
  lock: '将 {{name}} 锁定为只读',
  unlock: '解除 {{name}} 的锁定',
  editRegistry: '编辑 {{name}}',
};
