import type { saveImage as words } from '../en/save-image.ts';
import type { Translation } from '../translation.ts';

export const saveImage: Translation<typeof words> = {
  action: '另存为…',
  title: '将 {{reference}} 另存为',
  titleMany_other: '将 {{count}} 个标签另存为',
  start: '保存',
  format: '格式',
  formats: { ociArchive: 'OCI 归档', dockerArchive: 'Docker 归档', ociLayout: 'OCI 布局（文件夹）' },
  formatHelp: {
    ociArchive: '一个 tar 文件。保留摘要、平台和附加内容。',
    dockerArchive:
      '一个可由 docker load 和 podman load 读入的 tar 文件。每个镜像只含一个平台，且不保留摘要。',
    ociLayout: '一个文件夹，之后可继续添加镜像。保留摘要。',
  },
  file: '文件',
  folder: '文件夹',
  destination: '保存到',
  destinations: { download: '浏览器下载', path: '指定路径' },
  downloadHelp: '先由码头管家写好归档，随后可在该任务处下载一次，一小时内有效。',
  download: '下载',
  choose: '选择…',
  pathHelp: '码头管家所在计算机上的完整路径。',
  pathForm: '请填写完整路径，例如 /home/me/web.tar',
};
