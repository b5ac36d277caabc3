/** Buttons and menus: what can be pressed under a message. */
import type { ActionsBlock, Button, StaticSelect } from '@slack/types';
import { label } from './render.ts';

export type ButtonWords = {
  actionId: string;
  /** What it carries; a link carries nothing. */
  value?: string;
  /** A page of the AWS console, or our own sign-in: opened in the browser, and nothing is decided by it. */
  url?: string;
  label: string;
  /** What a screen reader says: the label and what it is about. */
  spoken: string;
  style?: 'primary' | 'danger';
  confirm?: { title: string; text: string; yes: string; no: string };
};

export function buttons(
  blockId: string,
  choices: (ButtonWords | StaticSelect)[],
  ...menus: StaticSelect[]
): ActionsBlock {
  const elements = choices.map((choice) => ('type' in choice ? choice : button(choice)));
  return { type: 'actions', block_id: blockId, elements: [...menus, ...elements] };
}

function button(wanted: ButtonWords): Button {
  const { actionId, value, url, label: words, spoken, style, confirm } = wanted;
  return {
    type: 'button',
    action_id: actionId,
    ...(value === undefined ? {} : { value }),
    ...(url === undefined ? {} : { url }),
    text: plainText(words, 75),
    accessibility_label: label(spoken, 75),
    ...(style ? { style } : {}),
    ...(confirm
      ? {
          confirm: {
            title: plainText(confirm.title, 100),
            text: plainText(confirm.text, 300),
            confirm: plainText(confirm.yes, 30),
            deny: plainText(confirm.no, 30),
          },
        }
      : {}),
  };
}

/** A menu of at most 100 choices; what is chosen comes as its value. */
export function menu(actionId: string, placeholder: string, choices: Choice[]): StaticSelect {
  return {
    type: 'static_select',
    action_id: actionId,
    placeholder: plainText(placeholder, 150),
    options: choices.slice(0, 100).map(({ value, label: words }) => ({
      text: plainText(words, 75),
      value: value.slice(0, 150),
    })),
  };
}
export type Choice = { value: string; label: string };

const plainText = (words: string, max: number) =>
  ({ type: 'plain_text', text: label(words, max), emoji: false }) as const;

/** A page of our own, as the configuration names it: over TLS, or on this machine. */
export function isSignInLink(link: string): boolean {
  return /^(https:\/\/[a-z0-9.-]+(:\d{1,5})?|http:\/\/(127\.0\.0\.1|localhost):\d{1,5})\/[^\s<>|]*$/.test(
    link,
  );
}
