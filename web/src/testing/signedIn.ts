// A Chinese console in which somebody is signed in, without live events; for tests of pages that ask who may do what.
import { cleanup } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";

export function whileSignedIn(): void {
  beforeEach(() => {
    localStorage.setItem("lintel.language", "zh");
    document.cookie = "lintel_csrf=x";
    vi.stubGlobal("EventSource", class extends EventTarget { close() {} });
  });
  afterEach(() => {
    cleanup();
    localStorage.clear();
    vi.unstubAllGlobals();
  });
}
