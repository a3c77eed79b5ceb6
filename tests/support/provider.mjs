// An OpenID Connect provider: the npm package oidc-provider on a port of this machine, with a sign-in page of its own.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

// It tells on standard output that keys and accounts are kept in memory only, as they shall here.
console.info = console.warn = () => {};

const page = (uid, problem) => `<!doctype html><html lang="de"><title>Anbieter</title><p id="problem">${problem}</p>
<form method="post" action="/interaction/${uid}"><input name="name"><input name="password" type="password"><button>Weiter</button></form></html>`;

async function readForm(request) {
  let text = '';
  for await (const piece of request) text += piece;
  return new URLSearchParams(text);
}

/** Shows the form, or takes it: right name and password lead back to the site, with the consent that a company's own provider presumes. */
async function interact(provider, accounts, request, response) {
  const { uid, params } = await provider.interactionDetails(request, response);
  const answer = (problem) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page(uid, problem));
  if (request.method !== 'POST') return answer('');
  const form = await readForm(request);
  const accountId = form.get('name');
  if (!accounts[accountId] || accounts[accountId] !== form.get('password')) return answer('falsch');
  const grant = new provider.Grant({ accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  return provider.interactionFinished(request, response, { login: { accountId }, consent: { grantId: await grant.save() } });
}

/** Starts it on a port; `accounts` are names with their passwords. A name with a colon is another's account: what stands behind the colon is the name that it claims. */
export async function startProvider(port, accounts, client) {
  const provider = new Provider(`http://localhost:${port}`, {
    clients: [client],
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    cookies: { keys: [randomUUID()] },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, preferred_username: sub.split(':').at(-1) }) }),
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  });
  const server = createServer((request, response) => {
    if (!request.url.startsWith('/interaction/')) return provider.callback()(request, response);
    return interact(provider, accounts, request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  await new Promise((resolve) => server.listen(port, 'localhost', resolve));
  return server;
}
