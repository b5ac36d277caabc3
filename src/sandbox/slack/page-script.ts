import type { Seed } from './seed.ts';

/** Stands above a message that only one person may see; the script below reads it. */
export function onlyVisibleTo(name: string): string {
  return `Only visible to @${name}`;
}

/**
 * A few lines beside local-slack's own. Its page shows ephemeral messages and direct messages to
 * whoever is chosen in "Act as"; this hides them from everybody but those whom they are for.
 */
export function pageScript({ people, app }: Seed): string {
  const marks = Object.fromEntries(people.map(({ id, name }) => [id, onlyVisibleTo(name)]));
  const names = Object.fromEntries(people.map(({ id, realName }) => [id, realName]));
  return `
const marks = ${JSON.stringify(marks)};
const names = ${JSON.stringify(names)};
const style = document.createElement('style');
style.textContent = '.sidebar-item:has(.dot)::after { content: " · ${app.name}"; white-space: pre; opacity: 0.7 }';
document.head.append(style);
function sift() {
  const acting = document.querySelector('label.actas select');
  if (!acting) return;
  const show = (element, shown) => { element.style.display = shown ? '' : 'none'; };
  for (const message of document.querySelectorAll('.msg')) {
    if (!message.querySelector('.badge-eph')) continue;
    const mark = message.querySelector('.bk-context')?.textContent ?? '';
    show(message, mark === '' || mark === marks[acting.value]);
  }
  for (const item of document.querySelectorAll('.sidebar-item'))
    if (item.querySelector('.dot')) show(item, item.textContent.trim() === names[acting.value]);
}
new MutationObserver(sift).observe(document.getElementById('root'), { childList: true, subtree: true });
document.addEventListener('change', sift);
`;
}
