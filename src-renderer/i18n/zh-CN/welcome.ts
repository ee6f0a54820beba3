import type { welcome as words } from '../en/welcome.ts';
import type { Translation } from '../translation.ts';

export const welcome: Translation<typeof words> = {
  title: '一个窗口，管理所有镜像仓库',
  intro: '浏览镜像，安全地清理，在镜像仓库之间迁移。请从以下任意一项开始：',
  add: {
    title: '添加镜像仓库',
    text: '填写地址和登录方式。保存之前会逐步测试连接。',
    action: '添加镜像仓库',
  },
  import: {
    title: '导入登录信息',
    looking: '正在查找 Docker 和 Podman 的配置…',
    found_other: '在 Docker 或 Podman 的配置中找到 {{count}} 条登录信息。',
    none: '本机的 Docker 和 Podman 没有尚未添加的登录信息。',
    unreadable: '无法读取 Docker 或 Podman 的配置。',
    action: '选择要导入的',
    look: '查看详情',
  },
  local: {
    title: '试用本地镜像仓库',
    text: '在应用内启动一个带示例镜像的镜像仓库，无需安装其他软件即可体验全部功能。',
    action: '启动并打开',
  },
};
