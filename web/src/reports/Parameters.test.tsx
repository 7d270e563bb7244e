import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { MemoryRouter, Route, Routes } from "react-router";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Definition, ReportParameter } from "../api/types";
import { ProjectProvider } from "../frame/project";
import { LanguageProvider } from "../i18n/provider";
import { SessionProvider } from "../session/context";
import { answering } from "../testing/answers";
import { asked } from "./Parameters";
import { RunPage } from "./Run";

// The trend as the server lists it to a reader of each language.
const WORDS = {
  zh: { period: "周期", WEEK: "按周", MONTH: "按月", weeks: "周数", months: "月数" },
  en: { period: "Period", WEEK: "Weeks", MONTH: "Months", weeks: "Number of weeks", months: "Number of months" },
};
function parametersIn(language: "zh" | "en"): ReportParameter[] {
  const words = WORDS[language];
  const number = (name: "weeks" | "months", period: string): ReportParameter => ({ name, type: "number", title: words[name], defaultValue: "12", least: 3, most: 60, when: { period } });
  const choices = (["WEEK", "MONTH"] as const).map((value) => ({ value, title: words[value] }));
  return [{ name: "period", type: "choice", title: words.period, defaultValue: "WEEK", least: 0, most: 0, choices }, number("weeks", "WEEK"), number("months", "MONTH")];
}
const names = (query: string) => asked(parametersIn("en"), new URLSearchParams(query), {}).map(({ parameter, value }) => `${parameter.name}=${value}`);

beforeEach(() => vi.stubGlobal("EventSource", class extends EventTarget { close() {} }));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open(language: "zh" | "en") {
  localStorage.setItem("lintel.language", language);
  const definition: Definition = { name: "analyses/ANA-16", id: "ANA-16", title: "T", note: "", parameters: parametersIn(language), columns: [], detailColumns: [], formats: ["JSON"] };
  const run = { name: definition.name, title: "T", parameters: {}, asOf: "2026-11-23T10:00:00Z", columns: [], rows: [], totals: null, chart: null };
  const requests = answering((one) => (one.path === "/v1/analyses" ? { body: { analyses: [definition] } } : one.path.endsWith(":run") ? { body: run } : { body: {} }));
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <LanguageProvider>
        <SessionProvider><ProjectProvider>
          <MemoryRouter initialEntries={["/analyses/ANA-16"]}><Routes><Route path="/analyses/:id" element={<RunPage kind="analyses" />} /></Routes></MemoryRouter>
        </ProjectProvider></SessionProvider>
      </LanguageProvider>
    </QueryClientProvider>,
  );
  return () => requests.filter((one) => one.path.endsWith(":run")).map((one) => (one.body as { parameters: unknown }).parameters).at(-1);
}

describe("ANA-16: weeks or months are chosen", () => {
  it.each(["zh", "en"] as const)("is a select of the titles the server gives, and asks for what belongs to the choice (%s)", async (language) => {
    const words = WORDS[language];
    const last = open(language);
    fireEvent.mouseDown(await screen.findByRole("combobox", { name: words.period }));
    expect(screen.getByRole("spinbutton", { name: words.weeks })).toHaveProperty("value", "12");
    await waitFor(() => expect(last()).toEqual({ period: "WEEK", weeks: "12" }));
    fireEvent.click(await screen.findByTitle(words.MONTH));
    await waitFor(() => expect(last()).toEqual({ period: "MONTH", months: "12" }));
    expect(screen.getByRole("spinbutton", { name: words.months })).toBeTruthy();
    expect(screen.queryByRole("spinbutton", { name: words.weeks }), "weeks wait for WEEK").toBeNull();
  });

  it("takes what the address says, and asks for neither number with a choice nobody offers", () => {
    expect(names("")).toEqual(["period=WEEK", "weeks=12"]);
    expect(names("period=MONTH&months=24&weeks=8")).toEqual(["period=MONTH", "months=24"]);
    expect(names("period=YEAR")).toEqual(["period=YEAR"]);
  });
});
