import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Accounts of the provider, with what it says of them. */
const ACCOUNTS = {
  mina: { email: 'Mina@bora.example', email_verified: true },
  bob: { email: 'bob@bora.example', email_verified: true },
  unverified: { email: 'mina@bora.example', email_verified: false },
  unsaid: { email: 'mina@bora.example' },
  nameless: {},
  strong: { email: 'mina@bora.example', email_verified: true, acr: 'urn:example:mfa' },
};
export type Account = keyof typeof ACCOUNTS;

export const CLIENT = { clientId: 'trailwarden', clientSecret: 'a-secret-of-the-test' };

/** Starts the provider for a client that is reached at `url`. */
export async function startProvider(url: string) {
  const child = spawn(
    process.execPath,
    [join(__dirname, 'provider.mjs'), `${url}/callback`, JSON.stringify(ACCOUNTS)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let complaints = '';
  child.stderr.on('data', (text) => {
    complaints += text;
  });
  const issuer = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error(complaints)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{')) resolve(JSON.parse(line).issuer);
    });
  });
  return {
    issuer,
    /** Who signs in from now on; null cancels. */
    as: async (account: Account | null) => {
      await fetch(`${issuer}/as/${account ?? ''}`);
    },
    close: () => {
      child.kill();
    },
  };
}

/** A port that nobody listens at. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A browser that keeps cookies by site and follows redirects, as far as this needs it. */
export function openBrowser() {
  const jar = new Map<string, Map<string, string>>();
  let at = '';
  /** The addresses that it went through, the last one first. */
  const history: string[] = [];

  async function go(
    address: string,
    form?: { [name: string]: string },
    redirects = 0,
  ): Promise<Response> {
    if (redirects > 10) throw new Error(`sent in circles: ${history.slice(0, 4).join(' ')}`);
    const { origin } = new URL(address);
    const cookies = jar.get(origin) ?? new Map<string, string>();
    jar.set(origin, cookies);
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    at = address;
    history.unshift(address);
    const location = response.headers.get('location');
    return location ? go(new URL(location, address).href, undefined, redirects + 1) : response;
  }

  async function page(response: Response) {
    const text = await response.text();
    const consent = /name="consent" value="([^"]+)"/.exec(text)?.[1];
    return { status: response.status, text, consent, headers: response.headers };
  }

  return {
    history,
    open: async (address: string) => page(await go(address)),
    /** Presses the button of a page with a form. */
    press: async (consent = '') => page(await go(new URL('confirm', at).href, { consent })),
  };
}
