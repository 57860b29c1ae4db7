// What a program does with @globus/sdk, on whatever Globus the environment leads to. Prints what it saw, as JSON.

const crypto = require('node:crypto');
const { auth, transfer } = require('@globus/sdk');

const { TRANSFER_TOKEN, SOURCE, DESTINATION, LISTENER, INITIATOR, CLIENT_ID, CLIENT_SECRET, NATIVE_CLIENT_ID } = process.env;

async function json(call) {
  const response = await call;
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${response.url}: ${text}`);
  return JSON.parse(text);
}

const bearer = (more = {}) => ({ headers: { Authorization: `Bearer ${TRANSFER_TOKEN}` }, ...more });
const app = (payload) => ({
  headers: { Authorization: `Basic ${Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64')}` },
  payload,
});

async function until(task_id) {
  for (;;) {
    const task = await json(transfer.task.get(task_id, bearer()));
    if (task.status !== 'ACTIVE') return task;
  }
}

async function files() {
  const { fileOperations } = transfer;
  const names = async (path, query = {}) =>
    (await json(fileOperations.ls(SOURCE, bearer({ query: { path, ...query } })))).DATA.map((entry) => entry.name);
  const first = await names('/~/', { orderby: ['type', 'name'], show_hidden: false });
  await json(fileOperations.mkdir(SOURCE, bearer({ payload: { path: '/~/made' } })));
  await json(fileOperations.rename(SOURCE, bearer({ payload: { old_path: '/~/made', new_path: '/~/renamed' } })));
  await json(fileOperations.symlink(SOURCE, bearer({ payload: { symlink_target: 'renamed', path: '/~/link' } })));
  const stat = await json(fileOperations.stat(SOURCE, bearer({ query: { path: '/~/project1/readme.txt' } })));
  const missing = await fileOperations.ls(SOURCE, bearer({ query: { path: '/~/nothing/' } }));
  return { first, then: await names('/~/'), stat: stat.type, missing: [missing.status, (await missing.json()).code] };
}

async function tasks() {
  const { task, taskSubmission } = transfer;
  const submission_id = (await json(taskSubmission.submissionId(bearer()))).value;
  const payload = {
    submission_id,
    label: 'from Node',
    source_endpoint: SOURCE,
    destination_endpoint: DESTINATION,
    DATA: [
      { DATA_TYPE: 'transfer_item', source_path: '/~/project1/', destination_path: '/~/copy/', recursive: true },
    ],
  };
  const submitted = await json(taskSubmission.submitTransfer(bearer({ payload })));
  const again = await json(taskSubmission.submitTransfer(bearer({ payload })));
  const done = await until(submitted.task_id);
  const listed = await json(task.getAll(bearer({ query: { filter: 'type:TRANSFER/label:from Node' } })));
  const moved = await json(task.getSuccessfulTransfers(submitted.task_id, bearer()));
  const skipped = await json(task.getSkippedErrors(submitted.task_id, bearer()));
  const events = await json(task.getEventList(submitted.task_id, bearer()));
  await json(task.getPauseInfo(submitted.task_id, bearer()));
  const late = await json(task.cancel(submitted.task_id, bearer()));
  const gone = await json(
    taskSubmission.submitDelete(
      bearer({
        payload: {
          submission_id: (await json(taskSubmission.submissionId(bearer()))).value,
          endpoint: DESTINATION,
          recursive: true,
          DATA: [{ DATA_TYPE: 'delete_item', path: '/~/copy' }],
        },
      }),
    ),
  );
  return {
    same: again.task_id === submitted.task_id,
    code: again.code,
    done: [done.status, done.label, done.files_transferred],
    listed: listed.DATA.map((each) => each.task_id === submitted.task_id),
    moved: moved.DATA.length,
    skipped: skipped.DATA.length,
    events: events.DATA.map((event) => event.code),
    late: late.code,
    gone: (await until(gone.task_id)).status,
  };
}

async function sharing() {
  const { access, collectionBookmarks, endpoint, roles } = transfer;
  const payload = { display_name: 'shared by Node', host_endpoint: SOURCE, host_path: '/~/project1/' };
  const { id } = await json(endpoint.create(bearer({ payload })));
  await json(endpoint.update(id, bearer({ payload: { description: 'readings' } })));
  const rule = { DATA_TYPE: 'access', principal_type: 'all_authenticated_users', principal: '', path: '/' };
  const made = await json(access.create(id, bearer({ payload: { ...rule, permissions: 'r' } })));
  const which = { endpoint_xid: id, id: made.access_id };
  await json(access.update(which, bearer({ payload: { DATA_TYPE: 'access', permissions: 'rw' } })));
  const permissions = (await json(access.get(which, bearer()))).permissions;
  const rules = (await json(access.getAll(id, bearer()))).DATA.length;
  await json(access.remove(which, bearer()));
  const owner = (await json(roles.getAll(id, bearer()))).DATA.map((role) => role.role);
  const kept = { endpoint_id: id, name: 'node', path: '/' };
  const bookmark = await json(collectionBookmarks.create(bearer({ payload: kept })));
  await json(collectionBookmarks.update(bookmark.id, bearer({ payload: { name: 'renamed' } })));
  const bookmarks = (await json(collectionBookmarks.getAll(bearer()))).DATA.map((each) => each.name);
  await json(collectionBookmarks.remove(bookmark.id, bearer()));
  const found = await json(transfer.endpointSearch(bearer({ query: { filter_fulltext: 'shared by Node' } })));
  const description = (await json(endpoint.get(id, bearer()))).description;
  await json(endpoint.remove(id, bearer()));
  return { permissions, rules, owner, bookmarks, found: found.DATA.map((each) => each.id === id), description };
}

async function tunnels() {
  const { streamAccessPoint, tunnel } = transfer;
  const points = (await json(streamAccessPoint.getAll(bearer()))).data.map((point) => point.id).sort();
  const end = (id) => ({ data: { type: 'StreamAccessPoint', id } });
  // The type of the document is left out, as it is in the documents that the SDK makes itself.
  const data = {
    attributes: { label: 'feed', submission_id: (await json(transfer.taskSubmission.submissionId(bearer()))).value },
    relationships: { listener: end(LISTENER), initiator: end(INITIATOR) },
  };
  const { id } = (await json(tunnel.create(bearer({ payload: { data } })))).data;
  // These two take no headers of their own.
  const sdk = { fetch: { options: bearer() } };
  await json(tunnel.start(id, { listener_ip_address: '198.51.100.7', listener_port: 40001 }, sdk));
  const state = (await json(tunnel.get(id, bearer()))).data.attributes.state;
  await json(tunnel.stop(id, {}, sdk));
  const events = (await json(tunnel.getEventList(id, bearer()))).data.map((event) => event.attributes.code);
  await json(tunnel.remove(id, bearer()));
  const left = (await json(tunnel.getAll(bearer()))).data.length;
  return { both: points.join() === [LISTENER, INITIATOR].sort().join(), state, events, left };
}

async function managing() {
  const { endpoint, pauseRule, task } = transfer.endpointManager;
  const monitored = (await json(endpoint.getMonitoredEndpoints(bearer()))).DATA.map((each) => each.id);
  const payload = { DATA_TYPE: 'pause_rule', endpoint_id: DESTINATION, message: 'Array rebuild', pause_ls: true };
  const rule = await json(pauseRule.create(bearer({ payload })));
  const held = await transfer.fileOperations.ls(DESTINATION, bearer());
  await json(pauseRule.remove(rule.id, bearer()));
  const [{ task_id }] = (await json(transfer.task.getAll(bearer({ query: { limit: 1 } })))).DATA;
  const watched = await json(task.get(task_id, bearer()));
  const events = (await json(task.getEventList(task_id, bearer()))).DATA.length;
  return { monitored: monitored.includes(SOURCE), held: held.status, watched: watched.task_id === task_id, events };
}

async function login() {
  const { identities, oauth2 } = auth;
  const scope = 'openid profile email urn:globus:auth:scope:transfer.api.globus.org:all';
  const tokens = await json(oauth2.token.token(app({ grant_type: 'client_credentials', scope })));
  const seen = await json(oauth2.token.introspect(app({ token: tokens.access_token })));
  const known = await json(identities.getAll({ ...app(), query: { usernames: seen.username } }));
  const me = await json(oauth2.userinfo({ headers: { Authorization: `Bearer ${tokens.access_token}` } }));
  await json(oauth2.token.revoke(app({ token: tokens.access_token })));
  const after = await json(oauth2.token.introspect(app({ token: tokens.access_token })));
  return {
    types: [auth.isGlobusAuthTokenResponse(tokens), auth.isToken(tokens)],
    other: tokens.other_tokens.map((token) => token.resource_server),
    active: [seen.active, after.active],
    known: known.identities.map((identity) => identity.username === seen.username),
    me: me.sub === CLIENT_ID,
    endpoint: auth.getTokenEndpoint(),
  };
}

// As a page does that was sent to log in, and came back with a code.
async function page() {
  const code_verifier = crypto.randomBytes(32).toString('base64url');
  const redirect_uri = 'http://localhost:8080/';
  const ask = async (scope) => {
    const url = new URL(auth.getAuthorizationEndpoint());
    url.search = new URLSearchParams({
      response_type: 'code',
      client_id: NATIVE_CLIENT_ID,
      scope,
      redirect_uri,
      code_challenge: crypto.createHash('sha256').update(code_verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    return (await fetch(url, { headers: { Accept: 'text/plain' } })).text();
  };
  const exchange = async (code, query) => {
    const payload = { code, client_id: NATIVE_CLIENT_ID, code_verifier, redirect_uri, grant_type: 'authorization_code' };
    const tokens = await json(auth.oauth2.token.exchange({ payload, query }));
    return [tokens, ...tokens.other_tokens].map((token) => token.resource_server).sort();
  };
  const transferAlone = await exchange(await ask('urn:globus:auth:scope:transfer.api.globus.org:all'));
  const both = await exchange(await ask('openid'), { include_consented_scopes: true });
  return { transferAlone, openid: await exchange(await ask('openid')), both };
}

(async () => {
  const saw = {};
  for (const part of [files, tasks, sharing, tunnels, managing, login, page]) saw[part.name] = await part();
  console.log(JSON.stringify(saw));
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
