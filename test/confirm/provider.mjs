// A real OpenID provider on the loopback, as a process of its own: it is published as an ES module.
// Arguments: the redirect address of the client, and the claims of the accounts as JSON. Prints its issuer.
// GET /as/<account> chooses who signs in next; '' is somebody who cancels.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [redirectUri, accountsJson] = process.argv.slice(2);
const accounts = JSON.parse(accountsJson);
let next = '';

const server = createServer((request, response) => {
  handle(request, response).catch((error) => {
    response.writeHead(500);
    response.end(String(error?.stack ?? error));
  });
});

server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'trailwarden',
        client_secret: 'a-secret-of-the-test',
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    acrValues: ['urn:example:mfa'],
    conformIdTokenClaims: true,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, id) =>
      accounts[id] && { accountId: id, claims: () => ({ sub: id, ...accounts[id] }) },
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client.clientId,
        accountId: oidc.session.accountId,
      });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });
  handle.interaction = async (request, response) => {
    const result = next
      ? { login: { accountId: next, ...(accounts[next].acr && { acr: accounts[next].acr }) } }
      : { error: 'access_denied' };
    await provider.interactionFinished(request, response, result);
  };
  handle.rest = provider.callback();
  console.log(JSON.stringify({ issuer }));
});

async function handle(request, response) {
  if (request.url.startsWith('/as/')) {
    next = decodeURIComponent(request.url.slice(4));
    response.end();
  } else if (request.url.startsWith('/interaction/')) {
    await handle.interaction(request, response);
  } else await handle.rest(request, response);
}
