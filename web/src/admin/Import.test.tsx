import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { Operation } from "../api/types";
import { LanguageProvider } from "../i18n/provider";
import { Result } from "./Import";

afterEach(cleanup);

const done = (rejected: object[]): Operation => ({ name: "operations/1", kind: "rooms.import", done: true, progressPercent: 100, response: { rejected } });
const shown = (rejected: object[]) => render(<QueryClientProvider client={new QueryClient()}><LanguageProvider><Result operation={done(rejected)} /></LanguageProvider></QueryClientProvider>);

describe("INV-06: a sheet with wrong cells", () => {
  it("says what is wrong in the server's sentence, not in its code", () => {
    shown([{ row: 3, column: "层", reason: "CELL_NOT_A_NUMBER", message: "不是整数。" }]);
    expect(screen.getByText("不是整数。")).toBeTruthy();
    expect(screen.queryByText("CELL_NOT_A_NUMBER")).toBeNull();
  });

  it("shows the code of an import that was done before there were sentences", () => {
    shown([{ row: 3, column: "层", reason: "CELL_NOT_A_NUMBER" }]);
    expect(screen.getByText("CELL_NOT_A_NUMBER")).toBeTruthy();
  });
});
