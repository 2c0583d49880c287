// Keeps a page of the preview up to date, and shows what is wrong with the site.
(() => {
  "use strict";
  const own = document.currentScript;
  let number = Number(own.dataset.number);
  let shown = "";
  const host = document.createElement("communique-problems");
  const root = host.attachShadow({mode: "open"});
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("live.css", own.src).href;
  const panel = document.createElement("section");
  panel.hidden = true;
  panel.setAttribute("role", "status");
  root.append(link, panel);
  document.documentElement.append(host);

  const make = (name, text) => Object.assign(document.createElement(name), {textContent: text});

  const show = (told) => {
    const key = JSON.stringify([told.sound, told.problems]);
    if (key === shown) return;
    shown = key;
    const errors = told.problems.filter((each) => each.severity === "error").length;
    const warnings = told.problems.length - errors;
    panel.replaceChildren();
    panel.hidden = told.problems.length === 0;
    host.dataset.errors = errors;
    host.dataset.warnings = warnings;
    if (panel.hidden) return;
    const count = (many, word) => many ? [`${many} ${word}${many === 1 ? "" : "s"}`] : [];
    const details = document.createElement("details");
    details.open = errors > 0;
    const sum = make("summary", [...count(errors, "error"), ...count(warnings, "warning")].join(", "));
    const list = document.createElement("ol");
    for (const each of told.problems) {
      const item = document.createElement("li");
      item.className = each.severity;
      item.append(make("pre", each.text));
      list.append(item);
    }
    const note = errors ? "The page shows the site as it was before. This goes away when it is mended." : "";
    details.append(sum, make("p", note), list);
    panel.className = errors ? "errors" : "";
    panel.append(details);
  };

  const restyle = () => {
    for (const sheet of document.querySelectorAll('link[rel="stylesheet"]')) {
      const url = new URL(sheet.href);
      if (url.pathname.startsWith("/.communique/")) continue;
      url.searchParams.set("v", number);
      const fresh = sheet.cloneNode();
      fresh.href = url.href;
      fresh.addEventListener("load", () => sheet.remove());
      sheet.after(fresh);
    }
  };

  const listen = () => {
    const url = new URL("events", own.src);
    url.searchParams.set("path", location.pathname);
    url.searchParams.set("number", number);
    const source = new EventSource(url);
    source.onmessage = (message) => {
      const told = JSON.parse(message.data);
      if (told.number < number) return location.reload();
      if (told.reload) return location.reload();
      if (told.style) {
        number = told.number;
        restyle();
        source.close();
        listen();
      }
      show(told);
    };
  };
  listen();
})();
