// The index is scripts that call searchPart() with what they hold: from disk, only scripts load.
// communique/search/ writes them.
(() => {
"use strict";

const AT_ONCE = 10, LONGEST = 40;
const HAN = "\u3005-\u3007\u3041-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}";
const LETTER = `(?:(?![${HAN}])[\\p{L}\\p{N}])`;
const RUN = new RegExp(`([${HAN}]+)|${LETTER}+(?:&${LETTER}+)*`, "gu");
const PASSAGE = /.{80,240}?(?:[.!?] |[。！？]|$)|.{1,240}(?: |$)|.{240}/gu;
const SPELT = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", ı: "i", ς: "σ" };
// behind a term that stands in the headings, the summary, the names, the title
const MARKS = "+,-.";

const part = (name) => document.getElementById(`search-${name}`);
const form = part("form"), input = part("words"), status = part("status"), list = part("results"), more = part("more");
const files = new Map(), folds = new Map();
const home = new URL(form.dataset.index, location);
let index, starts, found, said, turn = 0, timer;

window.searchPart = (data) => document.currentScript.arrive(data);

function load(name) {
  if (!files.has(name)) {
    files.set(name, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(`${name}.js${home.search}`, home);
      script.arrive = resolve;
      script.onerror = () => reject(files.delete(name));
      document.head.append(script);
    }));
  }
  return files.get(name);
}

// rising numbers, written as steps; a digit below 61 ends a step
function numbers(row) {
  const all = [];
  let number = -1, high = 0;
  for (const sign of row) {
    const digit = sign === "!" ? 57 : sign.charCodeAt(0) - 35;
    if (digit < 61) all.push(number += high * 61 + digit + 1);
    high = digit < 61 ? 0 : high * 30 + digit - 60;
  }
  return all;
}

// the worth of a word for each item
async function weigh({ text, whole, loose }) {
  const worths = new Uint8Array(index.items).fill(loose), end = text + (whole ? "/" : "\uffff");
  const parts = index.words.map((first, file, all) => first < end && !(all[file + 1] <= text) && load(`words/${file}`));
  for (const data of await Promise.all(parts)) {
    const fields = data ? data.split(" ") : [];
    for (let at = 0; at < fields.length; at += 2) {
      const term = fields[at], place = MARKS.indexOf(term.slice(-1)) + 1, exact = term.length === text.length + !!place;
      if (!term.startsWith(text) || (whole && !exact)) continue;
      for (const item of numbers(fields[at + 1])) worths[item] = Math.max(worths[item], (exact ? 3 : 2) << place);
    }
  }
  return worths;
}

async function search(words) {
  const all = [], worths = await Promise.all(words.map(weigh));
  for (let item = words[0] ? index.items : 0; item--;) {
    const worth = worths.reduce((sum, each) => sum && each[item] && sum + each[item], 1);
    if (worth) all.push({ item, worth });
  }
  return all.sort((a, b) => b.worth - a.worth || b.item - a.item);
}

const read = (all, from) => Promise.all(all.slice(from, from + AT_ONCE).map(async ({ item }) => {
  const file = starts.filter((first) => first <= item).length - 1;
  return (await load(`texts/${file}`))[item - starts[file]];
}));

// a text without case, accents and widths, and where each unit of that stands in the text
function fold(text) {
  const from = [];
  let folded = "", at = 0;
  for (const sign of text) {
    if (!folds.has(sign)) {
      const bare = sign.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f]/g, "").normalize("NFC");
      folds.set(sign, SPELT[bare] || bare);
    }
    folded += folds.get(sign);
    while (from.length < folded.length) from.push(at);
    at += sign.length;
  }
  return { folded, from: from.concat(at) };
}

// Chinese is looked for by pairs of signs, a short word as it is unless it is still being typed; a single letter may be
// the rest of ’s, so nothing depends on it.
function wordsOf(query) {
  const texts = new Map(), shown = [];
  fold(query.normalize("NFC")).folded.replace(RUN, (run, han) => {
    const signs = Array.from(run);
    if (han) shown.push(run);
    if (han && signs[1]) signs.slice(1).forEach((sign, at) => texts.set(signs[at] + sign, han));
    else texts.set(run.slice(0, LONGEST), han);
  });
  const anchor = Array.from(texts).some(([text, han]) => han || text[1]);
  const words = Array.from(texts, ([text, han], at) => {
    const whole = han || text.length < (at < texts.size - 1 ? 3 : 2);
    shown.push(han ? text : `(?<!${LETTER})${text}${whole ? "" : `${LETTER}*`}(?!${LETTER})`);
    return { text, whole, loose: anchor && !han && !text[1] };
  });
  return { words, pattern: new RegExp(shown.join("|"), "gu") };
}

// text becomes text nodes, never markup
function put(node, text) {
  const { folded, from } = fold(text);
  let at = 0;
  folded.replace(said, (signs, start) => {
    const mark = document.createElement("mark");
    node.append(text.slice(at, from[start]), mark);
    at = from[start + signs.length];
    mark.append(text.slice(from[start], at));
  });
  node.append(text.slice(at));
}

// the summary, or a passage of the text that says more of the words
function excerpt(summary, text) {
  let best = "", most = -1;
  for (const passage of [summary, ...(text.match(PASSAGE) || [])]) {
    const count = new Set(fold(passage).folded.match(said)).size;
    if (passage && count > most) [best, most] = [passage, count];
  }
  return best;
}

function entry([url, language, title, flag, about, summary, text]) {
  const node = part("result").content.firstElementChild.cloneNode(true), address = new URL(`../${url}`, home);
  const slot = (name) => node.querySelector(`[data-${name}]`);
  // from disk, no server adds this
  if (address.protocol === "file:") address.pathname += "index.html";
  slot("title").href = address;
  put(slot("title"), title);
  slot("flag").textContent = flag;
  for (const each of about) put(slot("about").appendChild(document.createElement("span")), each);
  put(slot("excerpt"), excerpt(summary, text));
  if (language) slot("text").lang = language;
  return node;
}

function show(texts) {
  list.append(...texts.map(entry));
  more.hidden = list.children.length >= found.length;
}

async function run() {
  const now = ++turn, say = status.dataset;
  clearTimeout(timer);
  try {
    const { words, pattern } = wordsOf(input.value), all = await search(words), texts = await read(all, 0);
    if (now !== turn) return;
    [found, said] = [all, pattern];
    list.textContent = "";
    show(texts);
    status.textContent = (all[1] ? say.other : all[0] ? say.one : words[0] ? say.none : "").replace("{count}", all.length);
  } catch (error) {
    if (now === turn) status.textContent = say.failed;
  }
}

// the query stands in the address, behind #: nothing else may change from disk
const told = () => new URLSearchParams(location.hash.slice(1) || location.search).get("q") || "";

function keep() {
  if (input.value !== told()) history.pushState(null, "", `#q=${encodeURIComponent(input.value)}`);
}

function recall() {
  input.value = told();
  run();
}

load("index").then((data) => {
  [index, starts] = [data, numbers(data.texts)];
  // what an input method offers is not typed before it is chosen
  const type = (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(run, 150);
  };
  input.oninput = type;
  input.addEventListener("compositionend", type);
  input.onchange = keep;
  form.onsubmit = (event) => {
    event.preventDefault();
    run();
  };
  document.onkeydown = (event) => {
    if (event.key !== "Escape" || event.isComposing || !input.value) return;
    input.value = "";
    input.focus();
    keep();
    run();
  };
  more.onclick = async () => {
    const now = turn, shown = list.children.length;
    more.hidden = true;
    const texts = await read(found, shown);
    if (now !== turn) return;
    show(texts);
    list.children[shown].querySelector("a").focus();
  };
  addEventListener("popstate", () => /^(#q=|$)/.test(location.hash) && recall());
  form.hidden = false;
  part("off").hidden = true;
  recall();
}, () => status.textContent = status.dataset.failed);
})();
