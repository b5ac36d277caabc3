/** The organization's own sign-in: who is it really, behind the Slack account? */
import * as oidc from 'openid-client';
import { z } from 'zod';

export type SignInSettings = {
  issuer: string;
  clientId: string;
  /** Null for a public client, which proves itself by PKCE alone. */
  clientSecret: string | null;
  /** Where the provider sends people back to. */
  redirectUri: string;
  /** How people have to have signed in, in the provider's words; checked where it is set. */
  acr?: string | undefined;
  /** Takes an address that the provider does not call verified, unless it says that it is not. */
  trustEmail: boolean;
};

/** What has to be remembered between leaving for the provider and coming back. */
export type Leaving = { state: string; nonce: string; verifier: string };

/** `email` is lower case. */
export type Person = { issuer: string; subject: string; email: string };

/** So long ago a person may have signed in, in seconds; the provider is asked to do it anew. */
const FRESH_SECONDS = 300;

export type SignIn = {
  /** The address at the provider to go to, and what to remember until they come back. */
  leave(): Promise<{ url: string; leaving: Leaving }>;
  /**
   * Who came back, from the whole address that the provider sent them to. `refused`: the provider, or
   * what it says of them, does not do. Throws where the provider cannot be asked or its answer is forged.
   */
  arrive(address: URL, leaving: Leaving): Promise<Person | { refused: string }>;
};

/** Discovery happens with the first use: a provider that is down must not keep the bot from starting. */
export function openSignIn(settings: SignInSettings): SignIn {
  const { issuer, clientId, clientSecret, redirectUri, acr } = settings;
  let known: Promise<oidc.Configuration> | undefined;
  const provider = () => {
    known ??= discover(issuer, clientId, clientSecret).catch((error: unknown) => {
      known = undefined;
      throw new Error(`asking ${issuer} how to sign in`, { cause: error });
    });
    return known;
  };
  return {
    async leave() {
      const leaving = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      };
      const url = oidc.buildAuthorizationUrl(await provider(), {
        redirect_uri: redirectUri,
        scope: 'openid email',
        state: leaving.state,
        nonce: leaving.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(leaving.verifier),
        code_challenge_method: 'S256',
        // Whoever merely sits at an unlocked machine is signed in already.
        prompt: 'login',
        max_age: String(FRESH_SECONDS),
        ...(acr && { acr_values: acr }),
      });
      return { url: url.href, leaving };
    },
    async arrive(address, { state, nonce, verifier }) {
      // The provider says no in the address itself: cancelled, or not allowed.
      const error = address.searchParams.get('error');
      if (error !== null && address.searchParams.get('state') === state)
        return { refused: `the provider answered ${error}` };
      const config = await provider();
      const tokens = await oidc.authorizationCodeGrant(config, address, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        maxAge: FRESH_SECONDS,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error(`${issuer} sent no ID token`);
      if (acr && claims.acr !== acr)
        return { refused: `the sign-in was not ${acr}, as fixes.confirm.acr demands` };
      const said =
        claims.email === undefined
          ? await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)
          : claims;
      return personOf(Address.parse(said), { issuer: claims.iss, subject: claims.sub }, settings);
    },
  };
}

/** Some providers write the truth value as a text. */
const Address = z.object({
  email: z.string().optional(),
  email_verified: z
    .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
    .optional(),
});

function personOf(
  { email, email_verified: verified }: z.infer<typeof Address>,
  who: { issuer: string; subject: string },
  { trustEmail }: SignInSettings,
): Person | { refused: string } {
  if (!email) return { refused: 'the provider does not say the e-mail address (scope email)' };
  if (verified === false || (verified === undefined && !trustEmail))
    return { refused: 'the provider does not say that the e-mail address is verified' };
  return { ...who, email: email.trim().toLowerCase() };
}

function discover(
  issuer: string,
  clientId: string,
  clientSecret: string | null,
): Promise<oidc.Configuration> {
  const open = new URL(issuer).protocol === 'http:';
  return oidc.discovery(
    new URL(issuer),
    clientId,
    {},
    clientSecret === null ? oidc.None() : oidc.ClientSecretBasic(clientSecret),
    {
      timeout: 10,
      execute: [
        // The signature is checked too, not only where the token came from.
        oidc.enableNonRepudiationChecks,
        // The configuration takes an open line for this machine alone.
        ...(open ? [oidc.allowInsecureRequests] : []),
      ],
    },
  );
}
