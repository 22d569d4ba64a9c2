/**
 * The page's script: filters, links into what is closed or filtered away, and everything open on paper. The page says the
 * same without it. It writes no markup.
 */
export const SCRIPT = `(() => {
'use strict';
const texts = new WeakMap();
const textOf = (item) => {
  let text = texts.get(item);
  if (text === undefined) texts.set(item, text = item.textContent.toLowerCase());
  return text;
};
const apply = (form) => {
  const place = document.getElementById(form.dataset.for);
  const words = form.elements.words.value.toLowerCase().split(/\\s+/).filter((word) => word !== '');
  const kind = form.elements.kind ? form.elements.kind.value : '';
  const items = place.querySelectorAll('[data-kind]');
  let shown = 0;
  for (const item of items) {
    const fits = (kind === '' || item.dataset.kind === kind) && (words.length === 0 || words.every((word) => textOf(item).includes(word)));
    item.hidden = !fits;
    if (fits) shown += 1;
  }
  const filtered = kind !== '' || words.length > 0;
  for (const group of place.querySelectorAll('details.day')) {
    const some = group.querySelector('[data-kind]:not([hidden])') !== null;
    group.hidden = !some;
    if (filtered && some) group.open = true;
  }
  form.querySelector('output').textContent = filtered ? shown + ' of ' + items.length + ' shown' : '';
};
for (const form of document.querySelectorAll('form.filter')) {
  form.hidden = false;
  let waiting = 0;
  form.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => apply(form), 80);
  });
  form.addEventListener('submit', (event) => event.preventDefault());
}
const reveal = () => {
  let id = '';
  try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
  const target = id === '' ? null : document.getElementById(id);
  if (target === null) return;
  for (const form of document.querySelectorAll('form.filter')) {
    const place = document.getElementById(form.dataset.for);
    const item = place.contains(target) ? target.closest('[data-kind]') : null;
    if (item !== null && item.hidden) {
      form.reset();
      apply(form);
    }
  }
  for (let at = target; at !== null; at = at.parentElement) if (at.localName === 'details') at.open = true;
  if (!target.hasAttribute('tabindex')) target.setAttribute('tabindex', '-1');
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: 'start' });
};
addEventListener('hashchange', reveal);
reveal();
const opened = new Set();
addEventListener('beforeprint', () => {
  for (const one of document.querySelectorAll('details:not([open])')) {
    opened.add(one);
    one.open = true;
  }
});
addEventListener('afterprint', () => {
  for (const one of opened) one.open = false;
  opened.clear();
});
})();`;
