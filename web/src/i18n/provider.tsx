// The reader's language: chosen, else the operator's, else the browser's; Chinese when in doubt.
import zhAntd from "antd/locale/zh_CN";
import enAntd from "antd/locale/en_US";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { IntlProvider, useIntl } from "react-intl";
import { setLanguage as setClientLanguage } from "../api/client";
import type { Language } from "../format/number";
import { en, zh, type MessageKey } from "./messages";

const KEY = "lintel.language";

interface Choice {
  language: Language;
  choose: (language: Language) => void;
}

const Context = createContext<Choice>({ language: "zh", choose: () => undefined });

function initial(): Language {
  const kept = localStorage.getItem(KEY);
  if (kept === "zh" || kept === "en") return kept;
  return navigator.language.toLowerCase().startsWith("en") ? "en" : "zh";
}

export const tagOf = (language: Language): string => (language === "zh" ? "zh-CN" : "en");

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(initial);
  setClientLanguage(tagOf(language));
  useEffect(() => {
    document.documentElement.lang = tagOf(language);
    dayjs.locale(language === "zh" ? "zh-cn" : "en");
  }, [language]);
  const choice = useMemo(
    () => ({
      language,
      choose: (next: Language) => {
        localStorage.setItem(KEY, next);
        setLanguage(next);
      },
    }),
    [language],
  );
  return (
    <Context.Provider value={choice}>
      <IntlProvider locale={tagOf(language)} messages={language === "zh" ? zh : en} defaultLocale="zh-CN">
        {children}
      </IntlProvider>
    </Context.Provider>
  );
}

export const useLanguage = () => useContext(Context);

export const antdLocale = (language: Language) => (language === "zh" ? zhAntd : enAntd);

export type Values = Record<string, string | number>;
export type Translate = (key: MessageKey, values?: Values) => string;

export function useT(): Translate {
  const intl = useIntl();
  return useMemo(() => (key, values) => intl.formatMessage({ id: key }, values), [intl]);
}

// A text for a code of the server ("PAID", "TRANSFER"): the code itself when the console has no word for it.
export function useWord(): (prefix: string, code: string | undefined) => string {
  const intl = useIntl();
  return useMemo(
    () => (prefix, code) => {
      const id = `${prefix}.${code ?? ""}`;
      return id in zh ? intl.formatMessage({ id }) : (code ?? "");
    },
    [intl],
  );
}
