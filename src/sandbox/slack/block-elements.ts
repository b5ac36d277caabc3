import {
  countFaults,
  type Fault,
  fault,
  idFaults,
  limits,
  stringFaults,
  textFaults,
} from './block-limits.ts';
import { type Fields, fieldsOf, listOf, textOf } from './workspace.ts';

/** Interactive elements and how many options each may hold (docs.slack.dev, block elements). */
const MOST_OPTIONS: { [type: string]: number } = {
  overflow: 5,
  checkboxes: 10,
  radio_buttons: 10,
  static_select: 100,
  multi_static_select: 100,
};

const WITHOUT_OPTIONS = [
  ...['button', 'workflow_button', 'icon_button', 'feedback_buttons', 'datepicker', 'timepicker'],
  ...['datetimepicker', 'users_select', 'multi_users_select', 'conversations_select'],
  ...['multi_conversations_select', 'channels_select', 'multi_channels_select', 'external_select'],
  ...['multi_external_select', 'plain_text_input', 'number_input', 'email_text_input'],
  ...['url_text_input', 'rich_text_input', 'file_input', 'image'],
];

export const elementFaults = Object.assign(elementFaultsOf, {
  knows: (type: string) => Object.hasOwn(MOST_OPTIONS, type) || WITHOUT_OPTIONS.includes(type),
});

function elementFaultsOf(value: unknown, at: string): Fault[] {
  const element = fieldsOf(value);
  const type = textOf(element.type);
  if (!elementFaults.knows(type)) return [fault(`${at}/type`, `unsupported type: ${type}`)];
  return [
    ...idFaults(element.action_id, `${at}/action_id`),
    ...textFaults(element.placeholder, `${at}/placeholder`, { most: 150, plain: true }),
    ...confirmFaults(element.confirm, `${at}/confirm`),
    ...(type === 'button' ? buttonFaults(element, at) : []),
    ...(type === 'image' ? limits(element, at, { alt_text: 2000, image_url: 3000 }) : []),
    ...optionFaults(type, element, at),
  ];
}

function buttonFaults(button: Fields, at: string): Fault[] {
  return [
    ...textFaults(button.text, `${at}/text`, { most: 75, plain: true, required: true }),
    // An empty value is allowed, so only its length is looked at.
    ...(button.value === '' ? [] : stringFaults(button.value, `${at}/value`, { most: 2000 })),
    ...limits(button, at, { url: 3000, accessibility_label: 75 }),
    ...(button.style !== undefined && !['primary', 'danger'].includes(textOf(button.style))
      ? [fault(`${at}/style`, 'must be primary or danger')]
      : []),
  ];
}

function optionFaults(type: string, element: Fields, at: string): Fault[] {
  const most = MOST_OPTIONS[type];
  if (most === undefined) return [];
  if (element.options === undefined && element.option_groups !== undefined) return [];
  return [
    ...countFaults(element.options, `${at}/options`, { most }),
    ...listOf(element.options).flatMap((option, index) => [
      ...textFaults(option.text, `${at}/options/${index}/text`, { most: 75, required: true }),
      ...stringFaults(option.value, `${at}/options/${index}/value`, { most: 150, required: true }),
    ]),
  ];
}

function confirmFaults(value: unknown, at: string): Fault[] {
  if (value === undefined) return [];
  const { title, text, confirm, deny } = fieldsOf(value);
  return [
    ...textFaults(title, `${at}/title`, { most: 100, plain: true, required: true }),
    ...textFaults(text, `${at}/text`, { most: 300, required: true }),
    ...textFaults(confirm, `${at}/confirm`, { most: 30, plain: true, required: true }),
    ...textFaults(deny, `${at}/deny`, { most: 30, plain: true, required: true }),
  ];
}
