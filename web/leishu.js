/* SPDX-License-Identifier: ISC */
/* Suggestions under the search field.  Pages are whole without this. */
"use strict";
(() => {
  const WAIT = 80;

  /* A key that belongs to the input method, not to us. */
  const composing = e => e.isComposing || e.key === "Process" || e.keyCode === 229;

  const el = (tag, cls, text) => {
    const n = document.createElement(tag);
    if (cls) n.className = cls;
    if (text !== undefined) n.textContent = text;
    return n;
  };

  /* Text whose characters say that they are Chinese. */
  const withHan = (node, text, lang) => {
    text.split(/([\u3400-\u9fff\uf900-\ufaff]+)/).forEach((part, i) => {
      const run = i % 2 ? el("span", "", part) : part;
      if (i % 2) run.lang = /^zh-Han|^ja$/.test(lang) ? lang : "zh-Hant";
      node.append(run);
    });
    return node;
  };

  const combobox = (input, no) => {
    const form = input.form;
    const box = input.closest(".find");
    const list = el("ul", "suggest");
    const live = el("p", "vh");
    let options = [], at = -1, timer = 0, asked = 0, shown = "", asking = null, inside = false;

    list.id = "sg" + no;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.suggest);
    live.setAttribute("role", "status");
    box.append(list);
    box.after(live);
    for (const [k, v] of Object.entries({
      role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list",
      "aria-controls": list.id })) input.setAttribute(k, v);

    const close = () => {
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };

    const select = i => {
      at = i;
      options.forEach((o, k) => o.setAttribute("aria-selected", String(k === i)));
      if (i < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", options[i].id);
      options[i].scrollIntoView({ block: "nearest" });
    };

    const option = (hit, i) => {
      const li = el("li");
      const name = withHan(el("span"), hit.title, hit.lang);
      li.id = list.id + "-" + i;
      li.setAttribute("role", "option");
      li.setAttribute("aria-selected", "false");
      li.dataset.href = "/e/" + encodeURIComponent(hit.id);
      if (hit.form) {
        const form = el("span", "", hit.form);
        if (hit.lang) form.lang = hit.lang;
        name.append(" ", form);
      }
      li.append(name, el("span", "k", hit.kind_word || ""), withHan(el("span", "why"), hit.why, hit.lang));
      return li;
    };

    const show = hits => {
      /* What is chosen stays chosen when a later answer has it too. */
      const chosen = at < 0 ? "" : options[at].dataset.href;
      options = hits.map(option);
      list.replaceChildren(...options);
      list.hidden = options.length === 0;
      input.setAttribute("aria-expanded", String(options.length > 0));
      select(options.findIndex(o => o.dataset.href === chosen));
      live.textContent = input.dataset.count ?
        input.dataset.count.replace("{}", options.length) : String(options.length);
    };

    const ask = async () => {
      const text = input.value.trim();
      const mine = ++asked;
      if (asking) asking.abort();
      if (text === "") { shown = ""; options = []; return close(); }
      if (text === shown && !list.hidden) return;
      asking = new AbortController();
      try {
        const r = await fetch("/api/v1/suggest?q=" + encodeURIComponent(text),
          { signal: asking.signal, headers: { Accept: "application/json" } });
        const answer = r.ok ? await r.json() : { hits: [] };
        if (mine !== asked) return;
        shown = text;
        show(answer.hits || []);
      } catch { if (mine === asked) close(); }
    };

    /* What is still asked comes too late. */
    const forget = () => { asked++; clearTimeout(timer); };

    const soon = () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); };

    input.addEventListener("input", soon);
    input.addEventListener("compositionstart", () => { inside = true; });
    input.addEventListener("compositionend", () => { inside = false; soon(); });
    input.addEventListener("blur", () => setTimeout(close, 150));
    input.addEventListener("keydown", e => {
      if (composing(e)) return;
      const open = !list.hidden;
      if ((e.key === "ArrowDown" || e.key === "ArrowUp") && options.length && !e.altKey) {
        e.preventDefault();
        if (!open) {
          list.hidden = false;
          input.setAttribute("aria-expanded", "true");
        }
        const n = options.length + 1, step = e.key === "ArrowDown" ? 1 : -1;
        select((at + 1 + step + n) % n - 1);
      } else if (e.key === "Enter" && open && at >= 0) {
        e.preventDefault();
        location.assign(options[at].dataset.href);
      } else if (e.key === "Escape") {
        if (open) { e.preventDefault(); forget(); close(); }
        else if (input.value) { e.preventDefault(); input.value = ""; forget(); ask(); }
      }
    });
    /* Whatever key an input method ends with, it does not search. */
    form.addEventListener("submit", e => {
      if (inside) return e.preventDefault();
      forget();
    });
    list.addEventListener("mousedown", e => e.preventDefault());
    list.addEventListener("click", e => {
      const li = e.target.closest("[role=option]");
      if (li) location.assign(li.dataset.href);
    });
  };

  document.querySelectorAll("input[data-suggest]").forEach(combobox);

  /* Panels close by Esc and by a press elsewhere. */
  document.addEventListener("click", e => {
    document.querySelectorAll("details.display[open]").forEach(d => {
      if (!d.contains(e.target)) d.open = false;
    });
  });
  document.addEventListener("keydown", e => {
    if (e.key !== "Escape" || composing(e)) return;
    const d = document.querySelector("details.display[open]");
    if (d) { d.open = false; d.querySelector("summary").focus(); }
  });
})();
