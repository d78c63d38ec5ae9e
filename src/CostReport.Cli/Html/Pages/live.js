// Replaces what the page shows when the ledger has changed, and keeps what the reader has set.
(function () {
  'use strict';

  const root = document.getElementById('live');
  const state = document.getElementById('live-state');

  // The server's own markup, escaped where it is written; nothing else comes through here.
  const rules = { createHTML: (html) => html };
  const policy = window.trustedTypes ? trustedTypes.createPolicy('costreport-live', rules) : rules;

  // An element that has no id is found again by the call that it opens, by where it leads, or by its place in one that has.
  const placeOf = (element) => {
    if (element.matches('summary')) return { id: element.parentElement.querySelector('[id]').id, isSummary: true };
    const home = element.closest('[id]');
    if (!home || !root.contains(home)) return null;
    return { id: home.id, link: element.getAttribute('href'), at: Array.from(home.querySelectorAll('*')).indexOf(element) };
  };

  const elementAt = ({ id, isSummary, link, at }) => {
    const home = document.getElementById(id);
    if (!home) return null;
    if (isSummary) return home.closest('details').querySelector('summary');
    if (link) return home.querySelector('a[href="' + CSS.escape(link) + '"]');
    return at < 0 ? home : home.querySelectorAll('*')[at];
  };

  const remember = () => ({
    open: Array.from(root.querySelectorAll('details[open]'), (call) => ({ id: call.querySelector('[id]').id, call })),
    sorted: Array.from(root.querySelectorAll('th[aria-sort]'), (th) => [th.closest('table').id, th.cellIndex, th.getAttribute('aria-sort')]),
    filters: Array.from(root.querySelectorAll('.tools input'), (field) => [field.id, field.value]).filter((f) => f[1]),
    whole: Array.from(root.querySelectorAll('table[data-all]'), (table) => table.id),
    hidden: Array.from(root.querySelectorAll('[data-legend][aria-pressed="false"]'), (entry) => [entry.closest('figure').id, entry.getAttribute('aria-label')]),
    focus: root.contains(document.activeElement) ? placeOf(document.activeElement) : null,
    caret: document.activeElement && document.activeElement.selectionStart,
    scroll: [scrollX, scrollY],
  });

  const sortAgain = ([id, column, order]) => {
    const table = document.getElementById(id);
    const heading = table && table.tHead.rows[0].cells[column];
    const button = heading && heading.querySelector('button');
    for (let i = 0; button && i < 2 && heading.getAttribute('aria-sort') !== order; i++) button.click();
  };

  const hideAgain = ([id, name]) => {
    const figure = document.getElementById(id);
    const entry = figure && Array.from(figure.querySelectorAll('[data-legend][aria-pressed="true"]')).find((e) => e.getAttribute('aria-label') === name);
    if (entry) entry.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  };

  const restore = (kept) => {
    for (const { id, call } of kept.open) {
      const inside = document.getElementById(id);
      if (inside) inside.closest('details').open = true;
      else Array.from(root.querySelectorAll('details')).pop()?.after(call); // newer calls have taken its place, but it is being read
    }
    for (const id of kept.whole) document.getElementById(id)?.dispatchEvent(new Event('showall'));
    kept.sorted.forEach(sortAgain);
    for (const [id, value] of kept.filters) {
      const field = document.getElementById(id);
      if (!field) continue;
      field.value = value;
      field.dispatchEvent(new Event('input'));
    }
    kept.hidden.forEach(hideAgain);
    const focused = kept.focus && elementAt(kept.focus);
    if (focused) {
      focused.focus({ preventScroll: true });
      if (kept.caret !== null && kept.caret !== undefined && focused.setSelectionRange) focused.setSelectionRange(kept.caret, kept.caret);
    }
    scrollTo({ left: kept.scroll[0], top: kept.scroll[1], behavior: 'instant' });
    root.dispatchEvent(new Event('restored', { bubbles: true }));
  };

  let shown = root.dataset.version;
  let wanted = shown;
  let isLoading = false;

  const say = (text, isBad) => {
    if (state.textContent !== text) state.textContent = text;
    state.classList.toggle('bad', isBad);
  };

  const load = async () => {
    if (isLoading || document.hidden || wanted === shown) return;
    isLoading = true;
    try {
      const asked = wanted;
      const answer = await fetch('body', { cache: 'no-store' });
      const html = await answer.text();
      if (!answer.ok) throw new Error(html.trim() || String(answer.status)); // it says why in a line
      if (!html.includes('<h1')) throw new Error('the answer is no report'); // of a server that ends, or of a proxy
      const kept = remember();
      root.innerHTML = policy.createHTML(html);
      root.dispatchEvent(new Event('replaced', { bubbles: true }));
      restore(kept);
      document.title = root.querySelector('h1').textContent;
      shown = asked;
      if (source && source.readyState === EventSource.OPEN) say('Live', false);
    } catch (error) {
      say('Not renewed: ' + error.message, true);
    } finally {
      isLoading = false;
    }
    if (wanted !== shown) setTimeout(load, 1000);
  };

  let source = null;

  // Nobody looks at a hidden page: it loads nothing, and leaves the few connections that a browser has to the other tabs.
  const connect = () => {
    if (document.hidden) {
      if (source) source.close();
      source = null;
      return;
    }
    if (source && source.readyState !== EventSource.CLOSED) return;
    source = new EventSource('events');
    source.addEventListener('open', () => say('Live', false));
    source.addEventListener('error', () => {
      say('Not connected: what you see is no longer renewed', true);
      // The browser tries again by itself where the server is gone, but not where it refused.
      setTimeout(connect, 5000);
    });
    source.addEventListener('report', (event) => {
      wanted = event.data;
      load();
    });
  };

  document.addEventListener('visibilitychange', connect);
  connect();
})();
