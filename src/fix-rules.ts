/** The part of `trailwarden.yml` that says who approves fixes, when, and how many. */
import { z } from 'zod';
import { readWeekly } from './core/fixes/freeze.ts';
import { type Expected, isTimeZone } from './yaml-file.ts';

/** The handle of a Slack user group, with or without its @, or its id. */
const Group = z
  .string()
  .regex(/^@?[\p{L}\d][\p{L}\d._-]{0,79}$/u)
  .transform((handle) => handle.replace(/^@/, ''));
const ByClass = z.strictObject({ A: Group.optional(), B: Group.optional(), C: Group.optional() });
/** One group for every class, or one for each. */
const Approvers = z.union([
  Group.transform((group) => ({ A: group, B: group, C: group })),
  ByClass,
]);
const Channel = z.string().regex(/^[CG][A-Z0-9]{2,}$/);
const RiskClass = z.enum(['A', 'B', 'C']);
const FixId = z.string().regex(/^[a-z][a-z0-9-]{2,60}$/);

/** `2026-12-20T00:00:00Z`, or with an offset; in UTC from here on. */
const Instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
const Narrowed = {
  reason: z.string().min(1).max(200),
  classes: z.array(RiskClass).min(1).optional(),
  except: z.array(FixId).min(1).optional(),
};
const Freeze = z.union([
  z.strictObject({ from: Instant, to: Instant, ...Narrowed }).refine(({ from, to }) => from < to),
  z.strictObject({
    weekly: z.string().transform((text, refused) => {
      const read = readWeekly(text);
      if (read) return read;
      refused.addIssue({ code: 'custom', message: 'no stretch of a week' });
      return z.NEVER;
    }),
    timeZone: z.string().refine(isTimeZone),
    ...Narrowed,
  }),
]);

/** https, or http on this machine: what passes by here says who somebody is. */
const SafeUrl = z.url().refine((text) => {
  const { protocol, hostname } = new URL(text);
  return (
    protocol === 'https:' ||
    (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname))
  );
});
const Confirm = z.strictObject({
  classes: z.array(RiskClass).min(1).default(['C']),
  issuer: SafeUrl,
  clientId: z.string().min(1).max(300),
  listen: z
    .string()
    .regex(/^(127\.0\.0\.1|\[::1\]|localhost|0\.0\.0\.0|\[::\]):\d{1,5}$/)
    .default('127.0.0.1:8790'),
  url: SafeUrl.transform((text) => text.replace(/\/+$/, '')),
  acr: z.string().min(1).max(300).optional(),
  trustEmail: z.boolean().default(false),
});

/** How fixes are governed. Without it: the approvers of `slack.approvers`, at any time, five an hour. */
export const FixRules = z.strictObject({
  enabled: z.boolean().default(true),
  approvers: Approvers.default({}),
  units: z.record(z.string().min(1).max(500), Approvers).default({}),
  expireAfterMinutes: z
    .number()
    .int()
    .min(5)
    .max(24 * 60)
    .default(60),
  perHour: z.number().int().min(1).max(1_000).default(5),
  freezes: z.array(Freeze).max(200).default([]),
  channel: Channel.optional(),
  auditChannel: Channel.optional(),
  confirm: Confirm.optional(),
});
export type FixRules = z.infer<typeof FixRules>;

/** What was expected and how it may look, for every place of this part. */
export const FIX_RULES_EXPECTED: Expected = {
  fixes: [
    'a mapping with enabled, approvers, units, expireAfterMinutes, perHour, freezes, channel, auditChannel, confirm',
    'fixes: { approvers: { A: cloud-approvers, B: cloud-approvers, C: security-approvers } }',
  ],
  'fixes.enabled': ['true or false; false stops all fixes', 'enabled: false'],
  'fixes.approvers': [
    'the handle of a Slack user group, or one for each of the classes A, B and C',
    'approvers: { A: cloud-approvers, B: cloud-approvers, C: security-approvers }',
  ],
  'fixes.units': [
    'by path of an OU: the handle of a Slack user group, or one by class',
    "units: { 'Workloads/Production': { B: production-owners } }",
  ],
  'fixes.expireAfterMinutes': ['a number of minutes from 5 to 1440', 'expireAfterMinutes: 60'],
  'fixes.perHour': ['a number of fixes from 1 to 1000', 'perHour: 5'],
  'fixes.freezes': [
    'a list of stretches with a reason: from and to, or weekly and timeZone; and maybe classes, except',
    'freezes: [{ from: 2026-12-20T00:00:00Z, to: 2027-01-04T00:00:00Z, reason: year end }, { weekly: Fri 16:00 - Mon 08:00, timeZone: Asia/Seoul, reason: weekend }]',
  ],
  'fixes.channel': ['the id of a channel, not its name', 'channel: C02GOVERN'],
  'fixes.auditChannel': ['the id of a channel, not its name', 'auditChannel: C0AUDIT'],
  'fixes.confirm': [
    'a mapping with classes, issuer, clientId, listen, url, acr, trustEmail',
    'confirm: { issuer: https://login.example.com, clientId: trailwarden, url: https://trailwarden.example.com }',
  ],
  'fixes.confirm.classes': ['a list of the classes A, B, C', 'classes: [C]'],
  'fixes.confirm.issuer': [
    'the https:// address of the OpenID provider',
    'issuer: https://login.example.com',
  ],
  'fixes.confirm.clientId': ['the id that the provider gave', 'clientId: trailwarden'],
  'fixes.confirm.listen': ['an address of this machine with a port', 'listen: 127.0.0.1:8790'],
  'fixes.confirm.url': [
    'the https:// address under which people reach it',
    'url: https://trailwarden.example.com',
  ],
  'fixes.confirm.acr': [
    'how people have to have signed in, as the provider calls it',
    'acr: urn:example:mfa',
  ],
  'fixes.confirm.trustEmail': [
    'true where the provider does not say email_verified, and its addresses are right nevertheless',
    'trustEmail: true',
  ],
};
