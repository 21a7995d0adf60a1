// The office's own rules of the content checker; only the preview loads this (pages/checker.py).
(() => {
  const userbar = document.querySelector("wagtail-userbar");
  if (!userbar || !userbar.registerCheck) return;
  const words = (node) =>
    (node.getAttribute("aria-label") || node.textContent).replace(/[.:>»…]+\s*$/, "").trim();

  userbar.registerCheck("check-isso-link-text", (link, options) => {
    const text = words(link);
    return !options.words.includes(text.toLowerCase()) && !/^(https?:\/\/|www\.)\S+$/.test(text);
  });
  userbar.registerCheck("check-isso-file-size", (link) => /\d\s?(kB|KB|MB)\b/.test(link.parentElement.textContent));
  userbar.registerCheck("check-isso-table-caption", (table) => {
    const caption = table.querySelector("caption");
    return Boolean((caption && caption.textContent.trim()) || table.getAttribute("aria-labelledby"));
  });
})();
