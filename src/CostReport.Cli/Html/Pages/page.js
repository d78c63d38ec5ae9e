// Nothing on the page needs this: it sorts and filters tables, shows values under the pointer, and switches series off and on.
(function () {
  'use strict';

  const make = (name, attributes, text) => {
    const element = document.createElement(name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    if (text !== undefined) element.textContent = text;
    return element;
  };

  const status = make('div', { class: 'sr', role: 'status' });
  document.body.append(status);

  // Tables.

  const least = 8;
  const most = 15;

  // What is not known stands after all that is, whichever way the column is sorted.
  const keyOf = (row, column) => {
    const cell = row.cells[column];
    const value = cell.dataset.v;
    if (value === undefined) return cell.textContent.trim();
    return value === '' ? null : Number(value);
  };

  const compare = (a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), undefined, { numeric: true }));

  const sort = (table, heading) => {
    const column = heading.cellIndex;
    const body = table.tBodies[0];
    const was = heading.getAttribute('aria-sort');
    const first = heading.classList.contains('n') ? 'descending' : 'ascending';
    const order = was === null ? first : was === 'ascending' ? 'descending' : 'ascending';
    const sign = order === 'ascending' ? 1 : -1;
    const rows = Array.from(body.rows, (row) => ({ row, key: keyOf(row, column) }));
    rows.sort((a, b) => {
      if (a.key === null || b.key === null) return (a.key === null) - (b.key === null);
      return sign * compare(a.key, b.key);
    });
    body.append(...rows.map((r) => r.row));
    refresh(table);
    for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
    heading.setAttribute('aria-sort', order);
    status.textContent = 'Sorted by ' + heading.textContent + ', ' + order + '.';
  };

  // All rows that match where words are looked for, else the first ones until the reader asks for all; paper, which cannot be asked, shows all.
  const states = new Map();

  const refresh = (table) => {
    const state = states.get(table);
    if (!state) return;
    const rows = table.tBodies[0].rows;
    const wanted = state.field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !wanted.every((word) => text.includes(word));
      row.classList.toggle('fold', !wanted.length && !state.all && shown >= most);
      shown += row.hidden ? 0 : 1;
    }
    state.count.textContent = wanted.length ? shown + ' of ' + rows.length + ' rows with “' + wanted.join(' ') + '”' : '';
    state.more.hidden = wanted.length > 0 || state.all || rows.length <= most;
  };

  const enhanceTables = (root) => {
    for (const table of root.querySelectorAll('table[data-live]')) {
      for (const heading of table.tHead.rows[0].cells) {
        if ('still' in heading.dataset) continue;
        const button = make('button', { type: 'button' }, heading.textContent);
        button.addEventListener('click', () => sort(table, heading));
        heading.replaceChildren(button);
      }
      if (table.tBodies[0].rows.length < least) continue;
      const tools = make('div', { class: 'tools' });
      const field = make('input', { type: 'search', id: table.id + '-filter', 'aria-controls': table.id, placeholder: 'Filter', autocomplete: 'off', spellcheck: 'false' });
      const count = make('span', { role: 'status' });
      const label = make('label', { for: field.id, class: 'sr' }, 'Filter: ' + table.caption.textContent);
      const more = make('button', { type: 'button', class: 'more' }, 'Show all ' + table.tBodies[0].rows.length + ' rows');
      const state = { field, count, more, all: false };
      states.set(table, state);
      field.addEventListener('input', () => refresh(table));
      field.addEventListener('keydown', (event) => {
        if (event.key !== 'Escape') return;
        field.value = '';
        refresh(table);
      });
      const showAll = () => {
        state.all = true;
        table.dataset.all = '';
        refresh(table);
      };
      table.addEventListener('showall', showAll);
      more.addEventListener('click', () => {
        showAll();
        table.parentElement.focus();
      });
      tools.append(label, field, count);
      table.parentElement.before(tools);
      table.parentElement.after(more);
      refresh(table);
    }
  };

  // Charts.

  const marks = '.col, .cell, .phase';
  const texts = new WeakMap();
  const tip = make('div', { class: 'tip', hidden: '' });

  // The browser's own hint would stand beside ours.
  const textOf = (mark) => {
    if (!texts.has(mark)) {
      const title = mark.querySelector(':scope > title');
      texts.set(mark, title ? title.textContent : '');
      if (title) title.remove();
    }
    return texts.get(mark);
  };

  let current = null;

  const leave = () => {
    tip.hidden = true;
    if (current) current.classList.remove('cur');
    current = null;
  };

  const show = (figure, mark, x, y) => {
    const text = textOf(mark);
    if (!text) return leave();
    if (current !== mark) {
      leave();
      current = mark;
      mark.classList.add('cur');
      tip.textContent = text;
      figure.append(tip);
    }
    tip.hidden = false;
    const frame = figure.getBoundingClientRect();
    const left = Math.min(Math.max(0, x - frame.left + 12), Math.max(0, frame.width - tip.offsetWidth));
    const above = y - frame.top - tip.offsetHeight - 12;
    tip.style.left = left + 'px';
    tip.style.top = (above > 0 ? above : y - frame.top + 16) + 'px';
  };

  const step = (figure, plot, by) => {
    const svg = Array.from(figure.querySelectorAll('svg.cr')).find((s) => s.getClientRects().length);
    const all = svg ? Array.from(svg.querySelectorAll(marks)) : [];
    if (!all.length) return;
    const at = all.indexOf(current);
    const next = Number.isFinite(by) ? (at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)) : (by > 0 ? all.length - 1 : 0);
    const box = all[next].getBoundingClientRect();
    show(figure, all[next], box.left + box.width / 2, box.top + Math.min(box.height / 2, 40));
    status.textContent = textOf(all[next]);
  };

  const keys = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, End: Infinity, Home: -Infinity };

  // What is left of a column stands on its foot again.
  const restack = (column) => {
    const parts = Array.from(column.querySelectorAll('rect[data-series]'));
    if (!parts.length) return;
    for (const part of parts) part.dataset.y = part.dataset.y || part.getAttribute('y');
    const size = (part) => Number(part.getAttribute('height'));
    parts.sort((a, b) => Number(b.dataset.y) - Number(a.dataset.y));
    let foot = Math.max(...parts.map((part) => Number(part.dataset.y) + size(part)));
    for (const part of parts) {
      if (part.classList.contains('hidden')) continue;
      foot -= size(part);
      part.setAttribute('y', foot);
    }
  };

  const toggle = (figure, series) => {
    const entries = figure.querySelectorAll('[data-legend="' + series + '"]');
    const isOn = entries[0].getAttribute('aria-pressed') === 'true';
    for (const entry of entries) {
      entry.setAttribute('aria-pressed', String(!isOn));
      entry.classList.toggle('off', isOn);
    }
    for (const mark of figure.querySelectorAll('[data-series="' + series + '"]')) mark.classList.toggle('hidden', isOn);
    if ('stack' in figure.dataset) figure.querySelectorAll('.col').forEach(restack);
    status.textContent = entries[0].getAttribute('aria-label') + (isOn ? ' hidden.' : ' shown.');
  };

  const enhanceCharts = (root) => {
    for (const figure of root.querySelectorAll('figure.chart')) {
      for (const entry of figure.querySelectorAll('[data-legend]')) {
        const series = entry.dataset.legend;
        if (!figure.querySelector('[data-series="' + series + '"]')) continue;
        const title = entry.querySelector('title');
        const name = title ? title.textContent : entry.querySelector('text').textContent;
        for (const [key, value] of Object.entries({ role: 'button', tabindex: '0', 'aria-pressed': 'true', 'aria-label': name })) entry.setAttribute(key, value);
        entry.closest('svg').setAttribute('role', 'group');
        entry.addEventListener('click', () => toggle(figure, series));
        entry.addEventListener('keydown', (event) => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          event.preventDefault();
          toggle(figure, series);
        });
      }
      const plot = figure.querySelector('.plot');
      plot.setAttribute('tabindex', '0');
      plot.setAttribute('role', 'group');
      plot.setAttribute('aria-label', figure.querySelector('figcaption').textContent + ' Arrow keys read the values.');
      plot.addEventListener('keydown', (event) => {
        if (event.target !== plot) return;
        if (event.key === 'Escape') leave();
        if (!(event.key in keys)) return;
        event.preventDefault();
        step(figure, plot, keys[event.key]);
      });
      plot.addEventListener('blur', leave);
      plot.addEventListener('pointermove', (event) => {
        const mark = event.target.closest(marks);
        if (mark) show(figure, mark, event.clientX, event.clientY);
        else leave();
      });
      plot.addEventListener('pointerleave', leave);
    }
  };

  const enhance = (root) => {
    leave();
    states.clear();
    enhanceTables(root);
    enhanceCharts(root);
  };

  // A live page says so when it has replaced what it shows.
  document.addEventListener('replaced', (event) => enhance(event.target));
  document.addEventListener('restored', () => { status.textContent = ''; });
  enhance(document);

  // A link to a call opens it.
  const open = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const details = target && target.closest('details');
    if (!details) return;
    details.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', open);
  open();
})();
