import type { Config } from './config.ts';
import { type ConfirmWorld, openConfirmation } from './confirm/confirmation.ts';
import { listen } from './confirm/listener.ts';
import { openSignIn } from './confirm/sign-in.ts';
import type { FixWorld } from './jobs/fix-world.ts';

/** The confirmation of approvals outside Slack, and the pages that it happens on. */
export type OpenConfirmation = {
  confirmation: NonNullable<FixWorld['confirmation']>;
  close(): Promise<void>;
};

/** Listens for whoever follows a link that confirms an approval, as the configuration says. */
export async function openConfirm(
  settings: NonNullable<Config['fixes']['confirm']>,
  clientSecret: string | null,
  world: ConfirmWorld & { report(trouble: Error): void },
): Promise<OpenConfirmation> {
  const { classes, issuer, clientId, url, acr, trustEmail } = settings;
  const redirectUri = `${url}/callback`;
  const signIn = openSignIn({ issuer, clientId, clientSecret, redirectUri, acr, trustEmail });
  const confirmation = openConfirmation(signIn, url, world);
  const { close } = await listen(settings, confirmation, world.report);
  return {
    confirmation: {
      demanded: ({ riskClass }) => classes.includes(riskClass),
      link: async (decision) => confirmation.link(decision),
    },
    close,
  };
}
