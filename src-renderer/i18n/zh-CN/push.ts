import type { push as words } from '../en/push.ts';
import type { Translation } from '../translation.ts';

export const push: Translation<typeof words> = {
  button: '推送镜像…',
  asked: '正在确认该镜像仓库是否接受推送…',
  title: '推送镜像',
  start: '推送',
  chooseFile: '选择文件…',
  fileHelp: 'docker save 或 podman save 的归档、OCI 归档，或拖到这里的文件夹。',
  fileHelpBrowser: 'docker save 或 podman save 的归档，或 OCI 归档。也可以拖到这里。',
  fileHelpOne: 'docker save 或 podman save 的归档，或 OCI 归档。',
  reading: '正在读取内容…',
  sending: '正在读取文件：{{percent}}%',
  inFile: '此文件中的镜像',
  nothing: '其中没有镜像。',
  next: '继续',
  choose: '选择',
  other: '选择其他镜像',
  several_other: '{{count}} 个镜像，各自保留原名称。',
  engine: '本机容器引擎中的镜像',
  engineEmpty: '容器引擎中没有镜像。',
  image: '镜像',
  filter: '筛选镜像',
  noMatch: '没有匹配的镜像',
  drop: '松开即可推送镜像归档',
};
