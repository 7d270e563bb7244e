import { pairs } from "../i18n/pair";

export const messages = pairs({
  "session.title": ["登录 Lintel", "Sign in to Lintel"],
  "session.operator": ["操作员", "Operator"],
  "session.password": ["密码", "Password"],
  "session.signIn": ["登录", "Sign in"],
  "session.signOut": ["退出登录", "Sign out"],
  "session.over": ["登录已过期", "Your session is over"],
  "session.overWhy": ["重新登录后，页面上的内容仍在，可以接着操作。", "Sign in again: what you typed is still on the page."],
  "session.line": ["销售现场与呼叫中心，一个系统。", "Sales floor and call centre, one system."],
  "session.change": ["设置新密码", "Set a new password"],
  "session.changeWhy": ["首次登录须更换密码：至少 8 位，不能与登录名或原密码相同。", "A first password has to be changed: at least 8 characters, not the sign-in name, not the old one."],
  "session.old": ["原密码", "Old password"],
  "session.new": ["新密码", "New password"],
});
