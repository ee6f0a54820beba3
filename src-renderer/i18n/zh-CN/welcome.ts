import type { welcome as words } from '../en/welcome.ts';
import type { Translation } from '../translation.ts';

export const welcome: Translation<typeof words> = {
  title: '一个窗口，管理所有镜像仓库',
  jobs: {
    look: '浏览镜像仓库',
    clean: '安全清理，不影响其他内容',
    move: '复制和同步镜像',
  },
  add: {
    title: '添加镜像仓库',
    text: '从手边已有的信息开始，或选择产品。',
    action: '所有产品',
  },
  import: {
    title: '导入登录信息',
    found_other: 'Docker 或 Podman 已登录 {{count}} 个镜像仓库，点击即可添加。',
    text: 'Docker 或 Podman 已登录的镜像仓库，点击即可添加。',
  },
  local: {
    title: '试用本地镜像仓库',
    text: '应用内置的镜像仓库，无需安装其他软件。',
    samples: {
      images: '多平台示例镜像，附带证明',
      chart: '一个 Helm chart',
      push: '可接收从 Docker 或 Podman 推送的镜像',
    },
    action: '启动并打开',
  },
};
