export {
  eventsFor,
  knownEvent,
  permissionEventsFor,
  RESOURCE_TYPES,
  withoutVersion,
} from './catalogue.ts';
export { echo } from './echo.ts';
export { exactForm, parseExactForm } from './exact-form.ts';
export { Plan, type Understanding, VERBS, Verb, type Vocabulary } from './plan.ts';
export { shortForm } from './short-form.ts';
export { understand } from './understand.ts';
