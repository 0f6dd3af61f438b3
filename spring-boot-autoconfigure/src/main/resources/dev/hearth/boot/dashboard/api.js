/** The endpoints beside this page. What is refused is an error that says so in words. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const WORDS = {
  401: 'You are not signed in.',
  403: 'Your role does not allow that.',
  404: 'That is not exposed.',
  405: 'That is switched off: the endpoint has no access to it.',
};

const UNTOLD = 'Redis does not answer, so it is not known whether all nodes will do that. Try again when Redis is back.';

/* Spring Security's cookie for pages like this one, where it is used. */
const csrf = () => document.cookie.split('; ').find(part => part.startsWith('XSRF-TOKEN='))?.slice('XSRF-TOKEN='.length);

async function ask(path, options = {}) {
  const headers = {Accept: 'application/json', ...options.headers};
  const token = csrf();
  if (options.method && token) headers['X-XSRF-TOKEN'] = decodeURIComponent(token);
  const answer = await fetch(path, {...options, headers, cache: 'no-store', signal: AbortSignal.timeout(10_000)});
  if (!answer.ok) {
    const body = await answer.json().catch(() => undefined);
    const said = body?.tasks ? UNTOLD : answer.status === 400 ? body?.detail ?? body?.message : undefined;
    throw new Refusal(answer.status, said || WORDS[answer.status] || `The application answered ${answer.status}.`);
  }
  return answer.status === 204 ? null : answer.json();
}

const post = (path, body) => ask(path, {
  method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body),
});

export const overview = () => ask('hearth');
export const queries = (sort, ascending, page, size, unit) => ask(`hearthqueries?${new URLSearchParams({sort, ascending, page, size, unit})}`);
export const warming = () => ask('hearthwarming');
export const warmingOfAll = () => ask('hearthwarming/history');
export const findings = () => ask('hearthdoctor');
export const access = () => ask('hearthdashboard/access');
export const evictAll = unit => ask(`hearth?${new URLSearchParams({unit})}`, {method: 'DELETE'});
export const evict = (region, unit) => ask(`hearth/${encodeURIComponent(region)}?${new URLSearchParams({unit})}`, {method: 'DELETE'});
export const invalidate = tables => post('hearth', {tables: tables.join(',')});
export const warm = (action, choice) => post('hearthwarming', {action, ...choice});
