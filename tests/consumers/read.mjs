// Reads every format with the JavaScript programs that it is for; counts and compares.
//
//     node read.mjs FOLDER
//
// FOLDER holds folders that `src/export/consumers.rs` wrote: `news.*` and `counts.json`. The packages of
// package.json are looked for in DEMARCHE_NODE_MODULES, else beside this file.

import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const here = process.env.DEMARCHE_NODE_MODULES ?? path.join(import.meta.dirname, "node_modules");
const require = createRequire(path.join(here, "x.js"));
const load = async (name) => import(pathToFileURL(require.resolve(name)));
const version = (name) => JSON.parse(fs.readFileSync(path.join(here, name, "package.json"))).version;

function same(what, found, expected) {
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    console.error(`${what}: found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`);
    process.exit(1);
  }
}

// XML has no control characters and no U+FFFE: they were written as U+FFFD.
const asXmlHolds = (name) => name.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]/g, "\ufffd");
const sorted = (names) => [...names].sort();

async function graphology(folder, counts) {
  const { default: Graph } = await load("graphology");
  const gexf = require("graphology-gexf");
  const graphml = require("graphology-graphml");
  const read = (ending) => fs.readFileSync(path.join(folder, `news.${ending}`), "utf8");
  for (const [what, parse, ending, name] of [
    ["graphology-gexf", gexf.parse, "gexf", "label"],
    ["graphology-graphml", graphml.parse, "graphml", "name"],
  ]) {
    const graph = parse(Graph, read(ending));
    same(what, [graph.order, graph.size], [counts.nodes, counts.edges]);
    const names = graph.mapNodes((_, data) => data[name] ?? "");
    // Line ends in an attribute are line ends; in a text node they may be read as one sign.
    const plain = (text) => text.replace(/\s+/g, " ").trim();
    same(`${what} names`, sorted(names.map(plain)), sorted(counts.names.map(asXmlHolds).map(plain)));
    graph.forEachEdge((_, data) => same(`${what}: an edge has its evidence`, typeof data.sentence, "string"));
    if (ending === "gexf") {
      graph.forEachNode((_, data) => same("a node has a place", [typeof data.x, typeof data.y, typeof data.color], ["number", "number", "string"]));
      graph.forEachEdge((_, data) => same("an edge has its day", typeof data.first_published === "string" || folder.endsWith("given"), true));
    }
    console.log(`${what} ${version(what)} (graphology ${version("graphology")})`);
  }
}

async function cytoscape(folder, counts) {
  const { default: cytoscape } = await load("cytoscape");
  const file = JSON.parse(fs.readFileSync(path.join(folder, "news.cyjs"), "utf8"));
  const said = [];
  const { warn, error } = console;
  console.warn = console.error = (...words) => said.push(words.join(" "));
  const drawing = cytoscape({ headless: true, elements: file.elements });
  [console.warn, console.error] = [warn, error];
  same("cytoscape says", said, []);
  same("cytoscape", [drawing.nodes().length, drawing.edges().length], [counts.nodes, counts.edges]);
  same("cytoscape names", sorted(drawing.nodes().map((node) => node.data("name"))), sorted(counts.names));
  console.log(`cytoscape ${version("cytoscape")}: Cytoscape JSON`);
}

async function mermaid(folder, counts) {
  const { JSDOM } = await load("jsdom");
  const { window } = new JSDOM("");
  for (const name of ["window", "document", "Element", "SVGElement", "HTMLElement", "DOMParser", "XMLSerializer", "NodeFilter", "Node"]) {
    globalThis[name] ??= window[name] ?? window;
  }
  const { default: mermaid } = await load("mermaid");
  mermaid.initialize({ maxEdges: 10_000_000, maxTextSize: 1_000_000_000, startOnLoad: false });
  const text = fs.readFileSync(path.join(folder, "news.mmd"), "utf8");
  same("mermaid knows what it is", (await mermaid.parse(text)).diagramType, "flowchart-v2");
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
  const nodes = diagram.db.getVertices();
  const edges = diagram.db.getEdges();
  same("mermaid", [nodes.size, edges.length], [counts.nodes, counts.edges]);
  console.log(`mermaid ${version("mermaid")}: Mermaid`);
}

async function markdown(folder, counts) {
  const { default: MarkdownIt } = await load("markdown-it");
  const text = fs.readFileSync(path.join(folder, "news.md"), "utf8");
  // Raw HTML is allowed here, so that a name that is HTML would be seen.
  const html = new MarkdownIt({ html: true }).render(text);
  const count = (pattern) => (html.match(pattern) ?? []).length;
  same("markdown-it rows", count(/<tr>/g), counts.nodes + 1);
  same("markdown-it cells", count(/<td/g), 5 * counts.nodes);
  const tags = new Set((html.match(/<\/?[a-z0-9]+/gi) ?? []).map((tag) => tag.replace(/[</]/g, "")));
  const ours = ["h1", "h2", "h3", "p", "ul", "li", "strong", "em", "a", "table", "thead", "tbody", "tr", "th", "td"];
  same("markdown-it tags that are not ours", [...tags].filter((tag) => !ours.includes(tag)), []);
  console.log(`markdown-it ${version("markdown-it")}: Markdown`);
}

async function cypher(folder, counts) {
  const { lintCypherQuery, parseStatementsStrs } = require("@neo4j-cypher/language-support");
  const text = fs.readFileSync(path.join(folder, "news.cypher"), "utf8");
  if (text.length > 400_000) {
    console.log("SKIPPED: Cypher, because the parser takes minutes for a script of this length");
    return;
  }
  // Neo4j's own parser and its semantic checks, without a server.
  const { diagnostics } = await lintCypherQuery(text, {});
  same("Cypher parser says", diagnostics, []);
  const kept = await parseStatementsStrs(text);
  const ends = kept.map((statement) => (statement.match(/(SET n:|MERGE \(a\)|CREATE CONSTRAINT)[^\n]*\n?[^\n]*;$/) ?? [""])[0]);
  same("Cypher statements end as they were written", ends.every((end) => end.length > 0), true);
  console.log(`@neo4j-cypher/language-support ${version("@neo4j-cypher/language-support")}: Cypher, ${kept.length} statements`);
}

async function csv(folder, counts) {
  const { default: Papa } = await load("papaparse");
  for (const [kind, rows] of [["", counts.rows], ["nodes.", counts.nodes], ["evidence.", counts.evidence], ["neo4j.", counts.edges], ["neo4j.nodes.", counts.nodes]]) {
    const text = fs.readFileSync(path.join(folder, `news.${kind}csv`), "utf8");
    const { data, errors } = Papa.parse(text, { skipEmptyLines: true, delimiter: "," });
    same(`papaparse ${kind}csv`, [data.length, errors], [rows + 1, []]);
  }
  console.log(`papaparse ${version("papaparse")}: CSV`);
}

for (const name of fs.readdirSync(process.argv[2]).sort()) {
  const folder = path.join(process.argv[2], name);
  const counts = JSON.parse(fs.readFileSync(path.join(folder, "counts.json"), "utf8"));
  console.log(`-- ${name}: ${counts.nodes} nodes, ${counts.edges} edges`);
  for (const read of [graphology, cytoscape, mermaid, markdown, cypher, csv]) await read(folder, counts);
}
process.exit(0);
