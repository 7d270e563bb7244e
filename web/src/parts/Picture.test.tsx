import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LanguageProvider } from "../i18n/provider";
import { answering, type Asked } from "../testing/answers";
import { PictureField } from "./Picture";

beforeEach(() => {
  localStorage.setItem("lintel.language", "zh");
  URL.createObjectURL = () => "blob:plan";
  URL.revokeObjectURL = () => undefined;
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open(value: string, answer: (asked: Asked) => { status?: number; body: unknown } | undefined) {
  const asked = answering(answer);
  const changed = vi.fn();
  const shown = (now: string) => (
    <QueryClientProvider client={queries}><LanguageProvider><PictureField value={now} onChange={changed} title="C1" /></LanguageProvider></QueryClientProvider>
  );
  const queries = new QueryClient();
  const { container, rerender } = render(shown(value));
  const choose = (file: File) => fireEvent.change(container.querySelector("input[type=file]")!, { target: { files: [file] } });
  return { asked, changed, choose, show: (now: string) => rerender(shown(now)) };
}

describe("INV-05: a plan is attached", () => {
  it("sends the file as it is and names it as the server does, then shows it", async () => {
    const { asked, changed, choose, show } = open("", () => ({ body: { name: "files/f9" } }));
    expect(screen.queryByText("移除图片"), "there is nothing to remove").toBeNull();
    choose(new File(["plan"], "c1.png", { type: "image/png" }));
    await waitFor(() => expect(changed).toHaveBeenCalledWith("files/f9"));
    expect(asked[0]).toMatchObject({ method: "POST", path: "/v1/files" });
    expect(asked[0]!.query.get("filename")).toBe("c1.png");
    expect((asked[0]!.body as Blob).type).toBe("image/png");
    show("files/f9");
    expect((await screen.findByRole("button", { name: "C1 的图片" })).querySelector("img")?.getAttribute("src")).toBe("blob:plan");
  });

  it("keeps what was there when the server takes no such file, and says why", async () => {
    const { changed, choose } = open("files/f1", () => ({ status: 400, body: { error: { status: "INVALID_ARGUMENT", message: "文件超过 50 MiB" } } }));
    choose(new File(["plan"], "c1.png", { type: "image/png" }));
    await screen.findByText("文件超过 50 MiB");
    expect(changed).not.toHaveBeenCalled();
  });

  it("is taken off again", () => {
    const { changed } = open("files/f1", () => undefined);
    fireEvent.click(screen.getByText("移除图片"));
    expect(changed).toHaveBeenCalledWith("");
  });
});
