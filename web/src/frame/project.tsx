// The project a person works in: chosen in the beam, kept in this browser.
import { createContext, useContext, useMemo, useState, type ReactNode } from "react";
import type { Project } from "../api/types";
import { useList, useLiveRefresh } from "../api/use";
import { useSession } from "../session/context";

const KEY = "lintel.project";

interface ProjectChoice {
  project: Project | undefined;
  projects: Project[];
  loading: boolean;
  choose: (name: string) => void;
}

const Context = createContext<ProjectChoice>({ project: undefined, projects: [], loading: true, choose: () => undefined });

export function ProjectProvider({ children }: { children: ReactNode }) {
  const { can } = useSession();
  const list = useList<Project>(can("room.read") ? "/v1/projects" : undefined, "projects", { pageSize: 200 });
  useLiveRefresh(["ProjectChanged", "PermitChanged"], ["/v1/projects"]);
  const [chosen, setChosen] = useState(() => localStorage.getItem(KEY) ?? "");
  const value = useMemo(() => {
    const project = list.rows.find((one) => one.name === chosen) ?? list.rows[0];
    const choose = (name: string) => {
      localStorage.setItem(KEY, name);
      setChosen(name);
    };
    return { project, projects: list.rows, loading: list.isLoading, choose };
  }, [list.rows, list.isLoading, chosen]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export const useProject = () => useContext(Context);

export const zoneOf = (project: Project | undefined) => project?.timeZone || "Asia/Shanghai";
