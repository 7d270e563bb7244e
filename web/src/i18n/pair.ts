// One text in both languages: [Chinese, English], in ICU syntax. A missing side does not compile.
export type Pair = readonly [zh: string, en: string];
export const pairs = <T extends Record<string, Pair>>(texts: T): T => texts;
