import type { Seed } from './seed.ts';

/** Stands above a message that only one person may see; the script below reads it. */
export function onlyVisibleTo(name: string): string {
  return `Only visible to @${name}`;
}

/**
 * A few lines beside local-slack's own: the page shows ephemeral messages to whoever is chosen in
 * "Act as"; this hides them from everybody but their addressee.
 */
export function pageScript({ people }: Seed): string {
  const marks = Object.fromEntries(people.map(({ id, name }) => [id, onlyVisibleTo(name)]));
  return `
const marks = ${JSON.stringify(marks)};
function sift() {
  const acting = document.querySelector('label.actas select');
  if (!acting) return;
  for (const message of document.querySelectorAll('.msg')) {
    if (!message.querySelector('.badge-eph')) continue;
    const mark = message.querySelector('.bk-context')?.textContent ?? '';
    message.style.display = mark === '' || mark === marks[acting.value] ? '' : 'none';
  }
}
new MutationObserver(sift).observe(document.getElementById('root'), { childList: true, subtree: true });
document.addEventListener('change', sift);
`;
}
