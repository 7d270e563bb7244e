import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { DataTable } from "./DataTable";

interface Line { name: string; room: string; floor: number; note: string }
const lines: Line[] = [{ name: "a", room: "1806", floor: 18, note: "" }, { name: "b", room: "306", floor: 3, note: "late" }];
const columns = [
  { title: "Room", dataIndex: "room" }, { title: "Floor", render: (line: Line) => `${line.floor}F` }, { title: "Note", dataIndex: "note" }, { title: "", render: () => <button type="button">act</button> },
];

function given(narrow: boolean) {
  vi.spyOn(window, "matchMedia").mockImplementation((query) => ({ matches: narrow && query.includes("760"), media: query, addEventListener() {}, removeEventListener() {}, addListener() {}, removeListener() {} }) as never);
}

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe("UX-25: lists on a phone", () => {
  it("show a row as a card with what is known, and open it by touch", () => {
    given(true);
    const opened = vi.fn();
    const { container } = render(<DataTable<Line> rowKey="name" columns={columns} dataSource={lines} onRow={(line) => ({ onClick: () => opened(line.name) })} rowClassName={(line) => (line.note ? "row-bad" : "")} />);
    expect(container.querySelector("table")).toBeNull();
    const cards = [...container.querySelectorAll(".row-card")];
    expect(cards.map((card) => card.textContent)).toEqual(["1806Floor18Fact", "306Floor3FNotelateact"]);
    expect(cards.map((card) => card.classList.contains("row-bad"))).toEqual([false, true]);
    fireEvent.click(cards[1]!);
    expect(opened).toHaveBeenCalledWith("b");
  });

  it("leave out a title whose list of things is empty", () => {
    given(true);
    const tagged = [columns[0]!, columns[1]!, columns[2]!, { title: "Tags", render: (line: Line) => (line.note ? [line.note] : []) }];
    const { container } = render(<DataTable<Line> rowKey="name" columns={tagged} dataSource={lines} />);
    expect([...container.querySelectorAll(".row-card")].map((card) => card.textContent?.includes("Tags"))).toEqual([false, true]);
  });

  it("stay tables on a desk, and where sums stand under their columns", () => {
    given(false);
    render(<DataTable<Line> rowKey="name" columns={columns} dataSource={lines} />);
    expect(screen.getAllByRole("table")).toHaveLength(1);
    cleanup();
    given(true);
    render(<DataTable<Line> rowKey="name" columns={columns} dataSource={lines} summary={() => null} />);
    expect(screen.getAllByRole("table")).toHaveLength(1);
  });
});
