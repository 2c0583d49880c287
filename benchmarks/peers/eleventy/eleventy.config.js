const footnote = require("markdown-it-footnote");

const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];

module.exports = function (config) {
  config.amendLibrary("md", (library) => library.use(footnote));
  config.addFilter("iso", (date) => date.toISOString().slice(0, 10));
  config.addFilter("day", (date) => `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`);
  // collections begin with the oldest
  config.addFilter("latestFirst", (pages) => [...(pages ?? [])].reverse());
  config.addFilter("newest", (pages, count) => (pages ?? []).slice(-count).reverse());
  config.addFilter("json", (value) => JSON.stringify(value));
  config.addCollection("years", (api) =>
    [...new Set(api.getFilteredByTag("announcement").map((page) => page.date.getUTCFullYear()))].sort().reverse(),
  );
  // all that has a feed of its own: partners and topics
  config.addCollection("followed", (api) => [
    ...api.getFilteredByTag("partner"),
    ...api.getFilteredByTag("topic"),
  ]);
  return {
    dir: { input: "src", output: "public" },
    markdownTemplateEngine: "njk",
    htmlTemplateEngine: "njk",
  };
};
