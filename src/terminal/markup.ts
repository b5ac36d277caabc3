import { createHash } from 'node:crypto';
import type { Markup } from '../core/markup.ts';

export { html, type Markup } from '../core/markup.ts';

/** A `<style>` or `<script>` of our own, and the source that a Content-Security-Policy allows it by. */
export function inline(tag: 'style' | 'script', text: string): { element: Markup; source: string } {
  const hash = createHash('sha256').update(text).digest('base64');
  return { element: { markup: `<${tag}>${text}</${tag}>` }, source: `'sha256-${hash}'` };
}
