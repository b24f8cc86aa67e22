// SPDX-License-Identifier: ISC
// Every kind of page: accessibility, reflow, keyboard, input methods, weight.
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import process from "node:process";

const here = dirname(fileURLToPath(import.meta.url));
const top = resolve(process.env.LEISHU_SOURCE || join(here, "../.."));
const room = process.env.LEISHU_NODE;
const require = createRequire(join(room, "index.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const leishu = resolve(process.env.LEISHU || join(top, "build/leishu"));

let n = 0, failed = 0;
const check = (name, ...faults) => {
  const bad = faults.flat().filter(Boolean);
  bad.slice(0, 8).forEach(f => console.log("# " + String(f).replace(/\n/g, " ").slice(0, 300)));
  failed += bad.length > 0;
  console.log(`${bad.length ? "not ok" : "ok"} ${++n} - ${name.replace(/#/g, " ")}`);
};
const want = (cond, words) => cond ? null : words;

// --- a book and its server --------------------------------------------------

const tmp = mkdtempSync(join(tmpdir(), "leishu-browser-"));
const book = join(tmp, "content.book");
const built = spawnSync(leishu, ["build", join(top, "content"), "-o", book]);
if (built.status > 1 || built.error) {
  console.log(`Bail out! cannot build: ${built.stderr}`);
  process.exit(1);
}
const server = spawn(leishu, ["serve", book, "--listen", "127.0.0.1:0"]);
const base = await new Promise((done, fail) => {
  server.stdout.on("data", d => done(String(d).trim().split(" ").pop()));
  server.on("exit", fail);
});
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"] });

const first = await (await fetch(base + "/api/v1/find?q=Dalian")).json();
const entry = "/e/" + encodeURIComponent(first.hits[0]?.id ?? "dalian");
const PAGES = {
  home: "/",
  entry,
  "entry, long": "/e/sino-soviet-treaty-1950",
  search: "/search?q=railway",
  "search in Han": "/search?q=" + encodeURIComponent("大連"),
  "search, nothing": "/search?q=qqzzyyxx",
  "search, blank": "/search",
  browse: "/browse",
  "browse strokes": "/browse/stroke?g=8",
  "browse radicals": "/browse/radical",
  "browse kinds": "/browse/kind?g=person",
  "browse subjects": "/browse/subject?g=history",
  date: "/date?q=1950-02-14",
  "date, span": "/date?q=early+1950",
  "date, blank": "/date",
  "date, none": "/date?q=31+April+1950",
  timeline: "/timeline?from=1890&to=1985",
  "timeline, whole": "/timeline",
  "not found": "/e/talien-wan",
};

/* One argument, a pattern, looks at some pages only. */
for (const name of Object.keys(PAGES))
  if (process.argv[2] && !new RegExp(process.argv[2]).test(name)) delete PAGES[name];

const open = async (options, path) => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.faults = [];
  page.on("console", m => {
    if (m.type() === "error" && !/status of 40[04]/.test(m.text())) page.faults.push(m.text());
  });
  page.on("pageerror", e => page.faults.push(String(e)));
  await page.goto(base + path, { waitUntil: "load" });
  return page;
};

// --- every kind of page -----------------------------------------------------

const SIZES = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 900 } };
for (const [name, path] of Object.entries(PAGES))
  for (const colorScheme of ["light", "dark"])
    for (const [size, viewport] of Object.entries(SIZES)) {
      const page = await open({ viewport, colorScheme, bypassCSP: true }, path);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document,
        { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] }));
      check(`axe: ${name}, ${colorScheme}, ${size}`,
        violations.flatMap(v => v.nodes.slice(0, 2).map(x => `${v.id}: ${v.help}: ${x.html}`)), page.faults);
      await page.context().close();
    }

for (const locale of ["zh-TW", "zh-CN"])
  for (const [name, path] of Object.entries(PAGES).filter(([k]) => /^(home|entry|search|date|timeline|not found)$/.test(k))) {
    const page = await open({ viewport: SIZES.phone, locale, bypassCSP: true }, path);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    check(`axe: ${name}, ${locale}`, violations.flatMap(v => v.nodes.slice(0, 2).map(x => `${v.id}: ${x.html}`)),
      want(wide <= SIZES.phone.width, `${wide} px wide`), page.faults);
    await page.context().close();
  }

/* Elements a finger must hit, by what they are; links in running text are not. */
const small = () => [...document.querySelectorAll(
  "button:not(.term), input:not([type=hidden]), summary, nav a, .find button, .btn, .facets a, .paging a, .pager a, .foot li a, .month a")]
  .filter(e => e.checkVisibility({ opacityProperty: false }) && !e.closest(".crumbs, details:not([open]) > form"))
  .map(e => [e, (e.matches("[type=radio],[type=checkbox]") ? e.closest("label") : e).getBoundingClientRect()])
  .filter(([, r]) => r.width > 0 && (r.height < 43.5 || r.width < 43.5))
  .map(([e, r]) => `${e.outerHTML.slice(0, 80)} is ${Math.round(r.width)} by ${Math.round(r.height)}`);

for (const [name, path] of Object.entries(PAGES)) {
  let page = await open({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true }, path);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  check(`320 px: ${name}`, want(wide <= 320, `${wide} px wide`), await page.evaluate(small));
  await page.context().close();

  page = await open({ viewport: { width: 1280, height: 900 } }, path);
  await page.evaluate(() => { document.documentElement.style.fontSize = "32px"; });
  const big = await page.evaluate(() => document.documentElement.scrollWidth);
  check(`letters twice as large: ${name}`, want(big <= 1280, `${big} px wide`));
  await page.context().close();
}

for (const [name, path] of Object.entries(PAGES)) {
  const page = await open({ viewport: SIZES.desktop }, path);
  const parts = await page.evaluate(() => performance.getEntriesByType("resource")
    .concat(performance.getEntriesByType("navigation"))
    .filter(r => !/favicon/.test(r.name)).map(r => [r.name, r.decodedBodySize, r.transferSize]));
  const raw = parts.reduce((a, p) => a + p[1], 0);
  const shift = await page.evaluate(() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(l => l.getEntries().forEach(e => { sum += e.value; }))
      .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 120);
  }));
  const odd = parts.filter(p => !p[0].startsWith(base));
  check(`weight and rest: ${name} (${(raw / 1024).toFixed(1)} KB)`, want(raw < 60 * 1024, `${raw} bytes with all parts`),
    want(shift === 0, `layout shift ${shift}`), odd.map(p => `${p[0]} is from elsewhere`));
  const lang = await page.evaluate(() => {
    const han = /[\u3400-\u9fff]/, cyr = /[\u0400-\u052f]{2}/, bad = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let t = walk.nextNode(); t; t = walk.nextNode()) {
      const tag = t.parentElement.closest("[lang]").lang;
      if (t.parentElement.closest("title, desc, text, code")) continue;
      if (han.test(t.data) && !/^(zh-Han|ja)/.test(tag)) bad.push(`${tag}: ${t.data.slice(0, 60)}`);
      if (cyr.test(t.data) && !/^(ru|zh-Cyrl|mn|uk)/.test(tag)) bad.push(`${tag}: ${t.data.slice(0, 60)}`);
    }
    return bad;
  });
  check(`every run has its language: ${name}`, lang);
  await page.context().close();
}

// --- colours ----------------------------------------------------------------

const PAIRS = [["ink", "paper", 7], ["ink", "wash", 7], ["soft", "paper", 4.5], ["soft", "wash", 4.5],
  ["rubric", "paper", 4.5], ["rubric", "wash", 4.5], ["link", "paper", 4.5], ["link", "wash", 4.5],
  ["under", "paper", 3], ["line", "paper", 3], ["line", "wash", 3], ["focus", "paper", 3], ["focus", "wash", 3],
  ["ink", "hit-bg", 7], ["paper", "ink", 7]];
for (const colorScheme of ["light", "dark"]) {
  const page = await open({ colorScheme }, "/");
  const faults = await page.evaluate(pairs => {
    const rgb = token => {
      const e = document.createElement("i");
      document.body.append(e);
      e.style.color = `var(--${token})`;
      const c = getComputedStyle(e).color.match(/[\d.]+/g).slice(0, 3).map(Number);
      e.remove();
      return c;
    };
    const lum = c => c.map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
      .reduce((a, v, i) => a + v * [.2126, .7152, .0722][i], 0);
    return pairs.flatMap(([a, b, need]) => {
      const [x, y] = [lum(rgb(a)), lum(rgb(b))].sort((p, q) => q - p);
      const ratio = (x + .05) / (y + .05);
      return ratio < need ? [`${a} on ${b} is ${ratio.toFixed(2)}, wants ${need}`] : [];
    });
  }, PAIRS);
  check(`contrast of the tokens, ${colorScheme}`, faults);
  await page.context().close();
}

// --- keyboard ---------------------------------------------------------------

{
  const page = await open({ viewport: SIZES.desktop }, entry);
  const at = () => page.evaluate(() => {
    const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
    return { what: e.className || e.id || e.tagName, ring: s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2,
      seen: r.bottom > 0 && r.width > 0 };
  });
  await page.keyboard.press("Tab");
  const skip = await at();
  await page.keyboard.press("Enter");
  const main = await page.evaluate(() => document.activeElement.id);
  check("keyboard: the first stop leads to the text", want(skip.what === "skip" && skip.seen, skip.what),
    want(main === "main", `focus is on ${main}`));
  await page.reload();
  const faults = [], seen = new Set();
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press("Tab");
    const a = await at();
    if (!a.ring) faults.push(`${a.what} has no ring`);
    seen.add(a.what);
  }
  check("keyboard: every stop shows itself", faults, want(seen.has("q"), "no search field"), want(seen.has("btn") || seen.has("SUMMARY"), "no panel"));
  const term = page.locator("button.term").first();
  if (await term.count()) {
    await term.focus();
    await page.keyboard.press("Enter");
    const shown = await page.evaluate(() => document.querySelectorAll(":popover-open").length);
    await page.keyboard.press("Escape");
    const hidden = await page.evaluate(() => document.querySelectorAll(":popover-open").length);
    check("keyboard: a gloss opens and closes", want(shown === 1, "not open"), want(hidden === 0, "not closed"));
  } else
    check("keyboard: a gloss opens and closes", "the entry has no term");
  await page.context().close();
}

// --- suggestions ------------------------------------------------------------

const options = page => page.locator("[role=listbox]:not([hidden]) [role=option]");
{
  const page = await open({ viewport: SIZES.desktop }, "/");
  await page.focus("#q");
  await page.keyboard.type("lvshun", { delay: 20 });
  await options(page).first().waitFor();
  const state = await page.evaluate(() => {
    const i = document.getElementById("q");
    return [i.getAttribute("role"), i.getAttribute("aria-expanded"), i.getAttribute("aria-controls"),
      i.getAttribute("aria-activedescendant"), i.value];
  });
  check("suggestions come while typing", want(state[0] === "combobox" && state[1] === "true", state.join()),
    want(state[3] === null, "nothing is chosen yet"), want(state[4] === "lvshun", "the field is left alone"));
  const why = await options(page).first().locator(".why").textContent();
  check("a suggestion says why", want(why.length > 3, why));
  await page.keyboard.press("ArrowDown");
  const active = await page.evaluate(() => {
    const i = document.getElementById("q");
    return document.getElementById(i.getAttribute("aria-activedescendant"))?.getAttribute("aria-selected");
  });
  await page.keyboard.press("Escape");
  const closed = await options(page).count();
  const kept = await page.inputValue("#q");
  await page.keyboard.press("Escape");
  const cleared = await page.inputValue("#q");
  await page.keyboard.press("ArrowDown");
  check("an empty field has no list to open", want(await options(page).count() === 0, "an old list"));
  check("arrows choose, Esc closes and then clears", want(active === "true", `${active}`), want(closed === 0, "open"),
    want(kept === "lvshun", kept), want(cleared === "", cleared));
  await page.keyboard.type("lvshun", { delay: 20 });
  await options(page).first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/e\//);
  check("Enter opens what is chosen", want(/\/e\//.test(page.url()), page.url()));
  await page.goto(base + "/");
  await page.focus("#q");
  await page.keyboard.type("harbour");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search/);
  check("Enter without a choice searches", want(/q=harbour/.test(page.url()), page.url()), page.faults);
  await page.context().close();
}

// --- input methods ----------------------------------------------------------

{
  const page = await open({ viewport: SIZES.desktop }, "/");
  const cdp = await page.context().newCDPSession(page);
  await page.focus("#q");
  const compose = text => cdp.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  const answered = page.waitForResponse(r => r.url().endsWith("/suggest?q=da%20lian"));
  for (const text of ["d", "da", "da l", "da li", "da lian"])
    await compose(text);
  await answered;
  await options(page).first().waitFor();
  const during = await page.inputValue("#q");
  check("composing: the field is never replaced", want(during === "da lian", during));
  // Keys an input method takes: the page sees them as composing.
  const taken = await page.evaluate(() => {
    const i = document.getElementById("q"), before = location.href;
    const outcomes = ["Enter", "ArrowDown", "Escape"].map(key => {
      const e = new KeyboardEvent("keydown", { key, isComposing: true, bubbles: true, cancelable: true });
      i.dispatchEvent(e);
      return e.defaultPrevented;
    });
    const old = new KeyboardEvent("keydown", { key: "Process", keyCode: 229, bubbles: true, cancelable: true });
    i.dispatchEvent(old);
    return { prevented: outcomes.concat(old.defaultPrevented).some(Boolean), value: i.value,
      active: i.getAttribute("aria-activedescendant"), moved: location.href !== before };
  });
  check("composing: keys are the input method's", want(!taken.prevented, "a key was taken"),
    want(taken.value === "da lian", taken.value), want(taken.active === null, "moved in the list"),
    want(!taken.moved, "left the page"));
  const stays = await page.evaluate(() => {
    const i = document.getElementById("q");
    return new Promise(done => {
      i.form.addEventListener("submit", e => { done(e.defaultPrevented); e.preventDefault(); }, { once: true });
      i.form.requestSubmit();
    });
  });
  check("composing: nothing is submitted", want(stays, "the form went off"));
  await cdp.send("Input.insertText", { text: "大連" });
  await options(page).first().waitFor();
  const title = await options(page).first().textContent();
  check("after composing: asked once more", want((await page.inputValue("#q")) === "大連", await page.inputValue("#q")),
    want(/Dalian/.test(title), title));
  await page.context().close();
}

// --- without a script -------------------------------------------------------

{
  const page = await open({ viewport: SIZES.phone, javaScriptEnabled: false }, "/");
  await page.fill("#q", "Port Arthur");
  await page.press("#q", "Enter");
  await page.waitForURL(/\/search/);
  const hit = await page.locator(".hits h2 a").first().textContent();
  await page.locator(".hits h2 a").first().click();
  check("without a script: search and read", want(/shun/i.test(hit), hit), want(await page.locator("article h1").count() === 1, "no entry"));
  await page.locator("summary").first().click();
  await page.locator("#th-dark").check({ force: true });
  await page.locator("input[name=ui][value=zh-Hant]").check({ force: true });
  await page.locator(".panel .btn").click();
  const kept = [await page.getAttribute("html", "data-theme"), await page.getAttribute("html", "lang")];
  check("without a script: the panel keeps what was chosen", want(kept[0] === "dark" && kept[1] === "zh-Hant", kept.join()),
    want(/\/e\//.test(page.url()), page.url()));
  await page.context().close();
}

// --- the picture for the README ---------------------------------------------

{
  const page = await open({ viewport: { width: 1200, height: 760 }, colorScheme: "light" }, "/e/lushun");
  const file = join(room, "screenshot.png");
  await page.screenshot({ path: file });
  check("screenshot", want(statSync(file).size < 200 * 1024, `${statSync(file).size} bytes`));
  if (process.env.LEISHU_SCREENSHOT) copyFileSync(file, process.env.LEISHU_SCREENSHOT);
  await page.context().close();
}

await browser.close();
server.kill("SIGTERM");
rmSync(tmp, { recursive: true, force: true });
console.log(`1..${n}`);
process.exit(failed ? 1 : 0);
