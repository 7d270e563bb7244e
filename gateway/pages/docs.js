// The API's documentation, drawn from /openapi.json in the reader's language. Loads nothing else.
const WORDS = {
  en: {
    intro: "Made from the running contract: who may call what, what it takes, what it answers and why it refuses.",
    filter: "Filter by path, name, right or reason", open: "open to all", signedIn: "signed in", parameters: "Parameters",
    body: "Body", answer: "Answer", refusals: "Refusals", example: "Example", shared: "Refusals of every operation",
    other: "中文",
  },
  zh: {
    intro: "由正在运行的接口契约生成：谁可以调用、需要什么、返回什么、为何拒绝。",
    filter: "按路径、名称、权限或原因筛选", open: "无需登录", signedIn: "登录即可", parameters: "参数",
    body: "请求内容", answer: "返回", refusals: "拒绝原因", example: "示例", shared: "所有接口共有的拒绝", other: "English",
  },
};
const remembered = localStorage.getItem("lintel.docs.language");
let language = remembered ?? (navigator.language.startsWith("zh") ? "zh" : "en");
const say = (key) => WORDS[language][key];
// What the contract says in Chinese, where it does; English otherwise.
const text = (element, key) => (language === "zh" && element[`x-${key}-zh`]) || element[key] || "";

const make = (tag, props = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children.filter((child) => child));
  return element;
};
const api = await (await fetch("/openapi.json")).json();
const last = (reference) => reference.split("/").pop();
const resolve = (schema) => (schema?.$ref ? api.components.schemas[last(schema.$ref)] : schema);
const jsonOf = (content) => content?.["application/json"];

const nameOf = (schema) => {
  if (!schema) return "";
  if (schema.$ref) return last(schema.$ref).split(".").pop();
  if (schema.type === "array") return `${nameOf(schema.items)}[]`;
  return [schema.type, schema.format].flat().filter(Boolean).join(" ");
};

const row = (name, kind, meaning) =>
  make("tr", {}, make("td", {}, make("code", { textContent: name })), make("td", { textContent: kind }), make("td", { textContent: meaning }));
const table = (title, rows) => rows.length > 0 && make("div", {}, make("h4", { textContent: title }), make("table", {}, ...rows));
const example = (value) =>
  value !== undefined && make("div", {}, make("h4", { textContent: say("example") }), make("pre", { textContent: JSON.stringify(value, null, 2) }));

function fields(title, content) {
  const schema = content?.schema;
  const rows = Object.entries(resolve(schema)?.properties ?? {}).map(([name, field]) =>
    row(name, nameOf(field), [field.enum?.join(", "), text(field, "description")].filter(Boolean).join(" · ")));
  return table(`${title}: ${nameOf(schema) || "object"}`, rows);
}

function refusals(one) {
  const rows = one["x-lintel-reasons"].map((each) => row(each.reason, [each.status, each.code].filter(Boolean).join(" "), ""));
  for (const [status, response] of Object.entries(one.responses)) {
    if (!response.$ref) continue;
    rows.push(row(status, last(response.$ref), text(api.components.responses[last(response.$ref)], "description")));
  }
  return table(say("refusals"), rows);
}

function inside(one) {
  const parameters = one.parameters.map((each) => row(each.name, `${each.in}, ${nameOf(each.schema)}`, text(each, "description")));
  const body = jsonOf(one.requestBody?.content);
  const answer = jsonOf(one.responses["200"].content);
  return make("div", { className: "inside" }, make("p", { textContent: text(one, "description") }), table(say("parameters"), parameters),
    fields(say("body"), body), example(body?.example), fields(say("answer"), answer), example(answer?.example), refusals(one));
}

function operation(path, verb, one) {
  const scope = one["x-lintel-scope"] ? ` · ${one["x-lintel-scope"]}` : "";
  const right = one["x-lintel-right"] ? one["x-lintel-right"] + scope : say(one.security ? "open" : "signedIn");
  const summary = text(one, "summary");
  const details = make("details", { id: one.operationId },
    make("summary", {}, make("span", { className: `verb ${verb}`, textContent: verb.toUpperCase() }),
      make("span", {}, make("code", { textContent: path }), make("span", { className: "says", textContent: summary })),
      make("span", { className: "right", textContent: right })));
  // Contents are drawn when they are looked at: there are hundreds of operations.
  details.addEventListener("toggle", () => details.childElementCount > 1 || details.append(inside(one)));
  const reasons = one["x-lintel-reasons"].map((each) => each.reason).join(" ");
  details.dataset.text = `${verb} ${path} ${one.operationId} ${right} ${summary} ${one.summary} ${reasons}`.toLowerCase();
  return details;
}

function sharedRefusals() {
  const all = Object.entries(api.components.responses).map(([name, response]) => {
    const shown = jsonOf(response.content).example;
    const reason = shown.error.details[0].reason;
    const details = make("details", { id: `reason-${reason}` },
      make("summary", {}, make("span", { className: "verb delete", textContent: shown.error.code }),
        make("span", {}, make("code", { textContent: name }), make("span", { className: "says", textContent: text(response, "description") })),
        make("span", { className: "right", textContent: reason })),
      make("div", { className: "inside" }, example(shown)));
    details.dataset.text = `${name} ${reason} ${shown.error.code}`.toLowerCase();
    return details;
  });
  return make("section", {}, make("h2", { textContent: say("shared") }), ...all);
}

function draw() {
  document.documentElement.lang = language;
  document.getElementById("intro").textContent = say("intro");
  document.getElementById("language").textContent = say("other");
  Object.assign(document.getElementById("filter"), { placeholder: say("filter"), ariaLabel: say("filter") });
  const groups = new Map();
  for (const [path, verbs] of Object.entries(api.paths)) {
    for (const [verb, one] of Object.entries(verbs)) {
      if (!groups.has(one.tags[0])) groups.set(one.tags[0], make("section", {}, make("h2", { textContent: one.tags[0] })));
      groups.get(one.tags[0]).append(operation(path, verb, one));
    }
  }
  const sections = [...groups.keys()].sort().map((tag) => groups.get(tag));
  document.getElementById("operations").replaceChildren(...sections, sharedRefusals());
  narrow();
  const named = document.getElementById(location.hash.slice(1));
  if (named?.tagName === "DETAILS") {
    named.open = true;
    named.scrollIntoView();
  }
}

function narrow() {
  const wanted = document.getElementById("filter").value.toLowerCase().trim();
  for (const section of document.querySelectorAll("section")) {
    const all = [...section.querySelectorAll("details")];
    for (const details of all) details.hidden = !details.dataset.text.includes(wanted);
    section.hidden = all.every((details) => details.hidden);
  }
}

document.getElementById("filter").addEventListener("input", narrow);
document.getElementById("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  localStorage.setItem("lintel.docs.language", language);
  draw();
});
draw();
