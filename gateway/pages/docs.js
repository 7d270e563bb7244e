// The API's documentation, drawn from /openapi.json. Loads nothing else.
const make = (tag, props = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
};

const nameOf = (schema) => {
  if (!schema) return "";
  if (schema.$ref) return schema.$ref.split("/").pop().split(".").pop();
  if (schema.type === "array") return `${nameOf(schema.items)}[]`;
  return [schema.type, schema.format].flat().filter(Boolean).join(" ");
};

const resolve = (api, schema) => (schema?.$ref ? api.components.schemas[schema.$ref.split("/").pop()] : schema);

function fields(api, title, schema) {
  const target = resolve(api, schema);
  if (!target?.properties) return "";
  const rows = Object.entries(target.properties).map(([name, field]) =>
    make("tr", {}, make("td", {}, make("code", { textContent: name })), make("td", { textContent: nameOf(field) }),
      make("td", { textContent: field.enum ? field.enum.join(", ") : (field.description ?? "") })));
  return make("div", {}, make("h4", { textContent: `${title}: ${nameOf(schema) || "object"}` }), make("table", {}, ...rows));
}

function operation(api, path, verb, one) {
  const body = one.requestBody?.content?.["application/json"]?.schema;
  const answer = Object.values(one.responses["200"].content ?? {})[0]?.schema;
  const parameters = one.parameters.map((each) =>
    make("tr", {}, make("td", {}, make("code", { textContent: each.name })), make("td", { textContent: `${each.in}, ${nameOf(each.schema)}` }),
      make("td", { textContent: each.description ?? "" })));
  const right = one["x-lintel-right"] ? `${one["x-lintel-right"]} (${one["x-lintel-scope"]})` : one.security ? "open" : "signed in";
  const details = make("details", { id: one.operationId },
    make("summary", {}, make("span", { className: "right", textContent: right }), make("b", { textContent: verb.toUpperCase() }),
      make("code", { textContent: path }), " ", one.summary));
  // Contents are drawn when they are looked at: there are hundreds of operations.
  details.addEventListener("toggle", () => {
    if (details.childElementCount > 1) return;
    details.append(make("div", {}, make("p", { textContent: one.description ?? "" }), make("table", {}, ...parameters),
      fields(api, "Body", body), fields(api, "Answer", answer)));
  });
  details.dataset.text = `${verb} ${path} ${one.operationId} ${right} ${one.summary}`.toLowerCase();
  return details;
}

const place = document.getElementById("operations");
const filter = document.getElementById("filter");
const api = await (await fetch("/openapi.json")).json();
const groups = new Map();
for (const [path, verbs] of Object.entries(api.paths)) {
  for (const [verb, one] of Object.entries(verbs)) {
    if (!groups.has(one.tags[0])) groups.set(one.tags[0], make("section", {}, make("h2", { textContent: one.tags[0] })));
    groups.get(one.tags[0]).append(operation(api, path, verb, one));
  }
}
place.replaceChildren(...[...groups.keys()].sort().map((tag) => groups.get(tag)));
filter.addEventListener("input", () => {
  const wanted = filter.value.toLowerCase().trim();
  for (const section of groups.values()) {
    let any = false;
    for (const details of section.querySelectorAll("details")) {
      details.hidden = !details.dataset.text.includes(wanted);
      any ||= !details.hidden;
    }
    section.hidden = !any;
  }
});
