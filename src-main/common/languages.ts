/** Those that the app's own words are written in. Apart from the shapes: the help of a command is printed without these. */
export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];
