// Light or dark: chosen, else as the system says. Sets the --lintel-* variables that stylesheet, canvas and plots read.
import { App, ConfigProvider } from "antd";
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { antdLocale, useLanguage, useT } from "../i18n/provider";
import { antdTheme } from "./antd";
import { colours, fixed, fonts, states, type RoomState, type StatePaint, type ThemeName } from "./tokens";

export type ThemeChoice = ThemeName | "system";
const KEY = "lintel.theme";

interface Theming {
  name: ThemeName;
  choice: ThemeChoice;
  choose: (choice: ThemeChoice) => void;
}

const Context = createContext<Theming>({ name: "light", choice: "system", choose: () => undefined });

// The room states' part of the variables, on its own because people choose these colours.
export function setStatePaints(paints: Record<RoomState, StatePaint>): void {
  const set = (key: string, value: string) => document.documentElement.style.setProperty(`--lintel-${key}`, value);
  for (const [state, paint] of Object.entries(paints)) {
    set(`${state}-fill`, paint.fill);
    set(`${state}-text`, paint.text);
    set(`${state}-edge`, paint.edge);
    set(`${state}-pattern`, paint.pattern ?? paint.fill);
  }
}

// Variables are set through the object model, so that a strict style policy allows them.
function apply(name: ThemeName): void {
  const root = document.documentElement;
  root.dataset.theme = name;
  root.style.colorScheme = name;
  const set = (key: string, value: string) => root.style.setProperty(`--lintel-${key}`, value);
  for (const [key, value] of Object.entries(colours[name])) set(key, value);
  for (const [key, value] of Object.entries(fixed)) set(key, value);
  setStatePaints(states[name]);
  set("font", fonts.body);
  set("font-paper", fonts.paper);
}

export function ThemeProvider({ children }: { children: ReactNode }) {
  const { language } = useLanguage();
  const dark = useMemo(() => window.matchMedia("(prefers-color-scheme: dark)"), []);
  const [system, setSystem] = useState<ThemeName>(dark.matches ? "dark" : "light");
  const [choice, setChoice] = useState<ThemeChoice>((localStorage.getItem(KEY) as ThemeChoice | null) ?? "system");
  const name = choice === "system" ? system : choice;
  useEffect(() => {
    const changed = () => setSystem(dark.matches ? "dark" : "light");
    dark.addEventListener("change", changed);
    return () => dark.removeEventListener("change", changed);
  }, [dark]);
  useMemo(() => apply(name), [name]);
  const theming = useMemo(
    () => ({
      name,
      choice,
      choose: (next: ThemeChoice) => {
        localStorage.setItem(KEY, next);
        setChoice(next);
      },
    }),
    [name, choice],
  );
  const config = useMemo(() => antdTheme(name), [name]);
  const t = useT();
  // What is needed is the rule; only what may stay empty says so.
  const form = useMemo(
    () => ({ requiredMark: (label: ReactNode, { required }: { required: boolean }) => (required ? label : <>{label} <span className="optional">{t("common.optional")}</span></>) }),
    [t],
  );
  return (
    <Context.Provider value={theming}>
      <ConfigProvider theme={config} locale={antdLocale(language)} componentSize="middle" form={form} button={{ autoInsertSpace: false }}>
        <App component={false}>{children}</App>
      </ConfigProvider>
    </Context.Provider>
  );
}

export const useTheme = () => useContext(Context);
