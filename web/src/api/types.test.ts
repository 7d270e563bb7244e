// The hand-written types against the contract: a field the protos do not declare, or one of another kind, is red here.
import ts from "typescript";
import { describe, expect, it } from "vitest";

const [source] = Object.values(import.meta.glob<string>("./types.ts", { query: "?raw", import: "default", eager: true }));
const protos = import.meta.glob<string>("../../../proto/lintel/*/v1/*.proto", { query: "?raw", import: "default", eager: true });

interface Field { type: string; repeated: boolean; map: boolean }

// Types that go by another name than their message.
const NAMED: Record<string, string> = {
  ChartColumns: "ControlChart", NumberRange: "ContractNumberRange", ReportColumn: "Column", ReportParameter: "Parameter", ReportChoice: "Choice",
  SignOn: "SignOnResponse", AgentView: "Agent", PhoneQueue: "Queue", PhoneNumber: "Number", StoredFile: "File",
};
// Types without one: shared shapes, and reports, whose JSON the services write by their columns.
const FREE = new Set(["Day", "Page", "Named", "ReportChart", "ReportRun"]);

const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

// Message name -> its fields by JSON name; one entry for each service that has a message of that name.
function messages(): Map<string, Map<string, Field>[]> {
  const found = new Map<string, Map<string, Field>[]>();
  for (const text of Object.values(protos)) {
    const plain = text.replace(/\/\/.*$/gm, "").replace(/\[[^\]]*\]/g, "");
    for (const [, name, body] of plain.matchAll(/^message (\w+) \{([\s\S]*?)(?:^\}|\}$)/gm)) {
      const fields = new Map<string, Field>();
      for (const [, label, type, field] of body!.matchAll(/(repeated |optional )?(map<[^>]+>|[\w.]+) (\w+) = \d+/g)) {
        fields.set(camel(field!), { type: type!, repeated: label === "repeated ", map: type!.startsWith("map<") });
      }
      found.set(name!, [...(found.get(name!) ?? []), fields]);
    }
  }
  return found;
}

const TEXT = new Set(["string", "bytes", "int64", "uint64", "google.protobuf.Timestamp", "google.protobuf.Duration"]);
const NUMBER = new Set(["int32", "uint32", "double", "float"]);

// How the gateway writes a field; undefined for messages and enums, which have types of their own.
function written(field: Field): string | undefined {
  if (field.map) return "Record";
  if (field.repeated) return "[]";
  if (TEXT.has(field.type)) return "string";
  if (NUMBER.has(field.type)) return "number";
  return field.type === "bool" ? "boolean" : undefined;
}

const file = ts.createSourceFile("types.ts", source!, ts.ScriptTarget.Latest, true);

function faultsOf(type: string, members: readonly ts.TypeElement[], candidates: Map<string, Field>[]): string[] {
  const faults = candidates.map((fields) =>
    members.filter(ts.isPropertySignature).flatMap((member) => {
      const name = member.name.getText();
      const field = fields.get(name);
      if (!field) return [`${type}.${name} is in no message`];
      const wanted = written(field);
      const said = member.type?.getText().replace(/ \| null$/, "") ?? "";
      const literals = wanted === "string" && said.startsWith('"');
      const fits = wanted === undefined || literals || (wanted === "[]" ? said.endsWith("[]") : wanted === "Record" ? said.startsWith("Record<") : said === wanted);
      return fits ? [] : [`${type}.${name} is written as ${wanted}, not ${said}`];
    }),
  );
  return faults.sort((one, two) => one.length - two.length)[0] ?? [`${type} is no message`];
}

describe("the console's types", () => {
  const known = messages();
  const declared = file.statements.filter(ts.isInterfaceDeclaration);

  it("name only fields that a message of the contract has, in the kind the gateway writes", () => {
    expect(known.size).toBeGreaterThan(200);
    const faults = declared.filter((one) => !FREE.has(one.name.text)).flatMap((one) => faultsOf(one.name.text, one.members, known.get(NAMED[one.name.text] ?? one.name.text) ?? []));
    expect(faults).toEqual([]);
  });

  it("turn red at a field that is gone and at one of another kind", () => {
    const drifted = ts.createSourceFile("drift.ts", "interface Room { building: string; listPriceMinor: string; floor: string }", ts.ScriptTarget.Latest, true);
    const [room] = drifted.statements.filter(ts.isInterfaceDeclaration);
    expect(faultsOf("Room", room!.members, known.get("Room")!)).toEqual(["Room.listPriceMinor is in no message", "Room.floor is written as number, not string"]);
  });

  it("list no exception that is not needed", () => {
    const names = new Set(declared.map((one) => one.name.text));
    for (const name of [...Object.keys(NAMED), ...FREE]) expect(names, name).toContain(name);
    for (const message of Object.values(NAMED)) expect(known.has(message), message).toBe(true);
  });
});
