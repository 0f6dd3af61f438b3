import * as api from './api.js';
import * as charts from './charts.js';
import {ago, brief, bytes, count, rate, share, time, until} from './format.js';

const EVERY = 2_000;
const QUERIES_EVERY = 3;
const CLUSTER_EVERY = 3;
const DOCTOR_EVERY = 30;
const PAGE = 20;

const $ = id => document.getElementById(id);
let unit = null;
let before = null;
let thisNode = null;
let page = 0;
let may = {evict: false, warm: false};
let round = 0;
let paused = false;
/* The tasks of all session factories as all nodes see them; empty while Redis does not answer. */
let cluster = [];

// Making elements: whatever comes from the application is set as text, never as markup.

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== undefined && text !== null) made.textContent = text;
  Object.entries(attributes).forEach(([key, value]) => value !== undefined && made.setAttribute(key, value));
  return made;
}

function button(text, label, act) {
  const made = element('button', text, {type: 'button', 'aria-label': label});
  made.addEventListener('click', act);
  return made;
}

/** A row whose cells know their column's name, for narrow screens. Cells are texts or elements. */
function row(table, cells, key) {
  const labels = [...$(table).querySelectorAll('thead th')].map(head => head.textContent);
  const made = element('tr', undefined, {'data-key': key});
  cells.forEach((cell, i) => {
    const td = element('td', undefined, {'data-label': labels[i]});
    if (cell instanceof Node) td.append(cell); else td.textContent = cell;
    made.append(td);
  });
  return made;
}

/* A button that has the focus keeps it when its row is made anew. */
function replaceRows(table, rows) {
  const focused = document.activeElement?.getAttribute?.('aria-label');
  const body = $(table).tBodies[0];
  const held = body.contains(document.activeElement);
  body.replaceChildren(...rows);
  if (held && focused) body.querySelector(`[aria-label="${CSS.escape(focused)}"]`)?.focus();
}

function signed(nanos) {
  return element('span', time(nanos), {class: nanos < 0 ? 'loss' : 'gain'});
}

/** Names and what they are, as cards or as a list. */
function facts(list, entries) {
  const cards = list.classList.contains('cards');
  list.replaceChildren(...entries.flatMap(([name, ...values]) => {
    const pair = [element('dt', name), element('dd')];
    pair[1].append(...values);
    if (!cards) return pair;
    const card = element('div');
    card.append(...pair);
    return [card];
  }));
}

function state(text, kind) {
  const pill = $('state');
  if (pill.textContent !== text) pill.textContent = text;
  pill.className = `pill ${kind}`;
}

function news(text) {
  $('news').hidden = !text;
  if ($('news').textContent !== text) $('news').textContent = text;
}

// What is shown

function chosen(units) {
  const names = units.map(one => one.unit);
  $('unit-choice').hidden = names.length < 2;
  if ([...$('unit').options].map(option => option.value).join() !== names.join()) {
    $('unit').replaceChildren(...names.map(name => element('option', name)));
  }
  unit = names.includes(unit) ? unit : names[0];
  return units.find(one => one.unit === unit);
}

function showState(now) {
  if (!now.redis.available) {
    state('Redis is away; reads go to the database', 'bad');
  } else if (now.debt.length > 0) {
    state(`Redis answers; to be cleared before use: ${now.debt.map(brief).join(', ')}`, '');
  } else {
    state('Redis answers', 'good');
  }
}

const often = times => times === 0 ? 'never' : times === 1 ? 'once' : `${count(times)} times`;

const reads = of => of.nearHits + of.remoteHits + of.misses;

function showCards(now, seconds) {
  const rates = before === null ? null : {
    near: (now.nearHits - before.nearHits) / seconds,
    remote: (now.remoteHits - before.remoteHits) / seconds,
    missed: (now.misses - before.misses) / seconds,
  };
  const all = before === null ? 0 : reads(now) - reads(before);
  const ratio = all > 0 ? 1 - (now.misses - before.misses) / all : null;
  facts($('cards'), [
    ['Hit ratio', share(now.hitRatio), element('small', `last ${EVERY / 1000} s: ${share(ratio)}`)],
    ['Near', `${rate(rates?.near)} /s`, element('small', `${count(now.nearHits)} in all`)],
    ['Remote', `${rate(rates?.remote)} /s`, element('small', `${count(now.remoteHits)} in all`)],
    ['Missed', `${rate(rates?.missed)} /s`, element('small', `${count(now.misses)} in all`)],
    ['Net benefit', signed(now.netBenefitNanos), element('small', 'database time saved, less what the cache took')],
    ['Commits wait', time(now.lockWaits.p50Nanos), element('small', `p99 ${time(now.lockWaits.p99Nanos)}`)],
    ['Redis memory', bytes(now.redis.memory?.value), element('small', now.redis.maximumMemory?.value ? `of ${bytes(now.redis.maximumMemory.value)}` : now.redis.memory ? 'without a limit' : 'not looked up yet')],
    ['Commands under way', count(now.redis.commandsInFlight), element('small', `circuit opened ${often(now.redis.circuitOpenings)}`)],
  ]);
  if (rates) charts.add('reads', rates.near, rates.remote, rates.missed);
  charts.add('ratio', ratio, now.hitRatio);
  charts.add('waits', Math.max(0, ...now.regions.map(region => region.remote.get.p99Nanos)) / 1e6, now.lockWaits.p99Nanos / 1e6);
}

function showRegions(now) {
  const rows = now.regions.map(region => {
    const actions = element('span');
    if (may.evict) actions.append(button('Evict', `Evict region ${region.name}`, () => evict(region.name)));
    const made = row('regions', [
      element('span', brief(region.name), {title: region.name}), share(region.hitRatio), count(region.near.entries), count(region.remote.entries?.value),
      count(region.near.hits), count(region.remote.hits), count(region.misses), count(region.puts),
      region.remote.get.count ? time(region.remote.get.p99Nanos) : '–', region.benefit?.loads > 0 ? signed(region.benefit.netNanos) : '–', actions,
    ], region.name);
    made.classList.toggle('debt', region.inDebt);
    return made;
  });
  replaceRows('regions', rows);
  const gaining = now.regions.filter(region => region.benefit?.loads > 0)
    .sort((a, b) => Math.abs(b.benefit.netNanos) - Math.abs(a.benefit.netNanos)).slice(0, 8);
  charts.bars('benefit', gaining.map(region => brief(region.name)), gaining.map(region => region.benefit.netNanos / 1e9));
}

function showNodes(now) {
  facts($('nodes'), [
    ['This node', now.node, `, which serves this page at ${location.host}`],
    ['Keyspace', now.keyspace],
    ['Other nodes', now.otherNodes.length ? `${now.otherNodes.join(', ')}; alive by their last heartbeat` : 'none that keeps anything near, for which commits would wait'],
    ['Circuit', now.redis.available ? 'closed' : 'open', `, opened ${often(now.redis.circuitOpenings)}`],
    ['In debt', now.debt.length ? now.debt.join(', ') : 'nothing'],
    ['Messages arrive in', `${time(now.deliveryLags.p50Nanos)}, p99 ${time(now.deliveryLags.p99Nanos)}`],
    ['Near tier cleared', `${often(now.nearClearings)}, as messages may have been missed`],
  ]);
}

function showQueries(found) {
  replaceRows('queries', found.queries.map(query => row('queries', [
    element('code', query.sql, {tabindex: 0}), count(query.calls), share(query.hitRatio), count(query.stale),
    `${time(query.database.meanNanos)} (p99 ${time(query.database.p99Nanos)})`,
    query.hit.count ? `${time(query.hit.meanNanos)} (p99 ${time(query.hit.p99Nanos)})` : '–',
    query.benefit.loads > 0 ? signed(query.benefit.netNanos) : '–',
    Object.entries(query.invalidations).filter(([, times]) => times > 0).sort((a, b) => b[1] - a[1]).map(([table, times]) => `${table} ${count(times)}`).join(', ') || '–',
  ])));
  const pages = Math.max(1, Math.ceil(found.total / PAGE));
  $('pages').textContent = `${count(found.total)} queries, page ${page + 1} of ${pages}`;
  $('previous').disabled = page === 0;
  $('next').disabled = page + 1 >= pages;
}

const STOPPED = new Set(['planned', 'succeeded', 'skipped', 'failed', 'cancelled']);

function progress(task) {
  const shown = element('span');
  const {read, estimated} = task.progress;
  if (task.state === 'running' && estimated) {
    shown.append(element('progress', undefined, {max: estimated, value: Math.min(read, estimated), 'aria-label': `Progress of ${task.name}`}), ' ');
  }
  shown.append(`${count(read)}${estimated ? ` of about ${count(estimated)}` : ''} read, ${count(task.progress.stored)} stored`);
  if (task.state === 'running' && (task.progress.remainingMillis ?? null) !== null) shown.append(`, ${time(task.progress.remainingMillis * 1e6)} left`);
  return shown;
}

function showWarming(found) {
  const of = found.units.find(one => one.unit === unit);
  $('warming-section').hidden = !of || of.tasks.length === 0;
  if (!of) return;
  $('warming-health').textContent = `Warming is ${of.health}.`;
  const all = cluster.find(one => one.unit === unit)?.tasks ?? [];
  replaceRows('warming', of.tasks.map(task => {
    const {runner, paused: everywhere} = all.find(one => one.name === task.name) ?? {};
    const held = everywhere || task.state === 'paused';
    const goesOn = runner || !STOPPED.has(task.state);
    const actions = element('span');
    const offer = (action, text) => actions.append(button(text, `${text} ${task.name}`, () => warm(action, text, {task: task.name, unit})), ' ');
    if (may.warm) {
      if (!goesOn) offer('START', 'Start');
      if (goesOn && !held) offer('PAUSE', 'Pause');
      if (held) offer('RESUME', 'Resume');
      if (goesOn) offer('CANCEL', 'Cancel');
    }
    const state = element('span', task.state);
    if (everywhere) state.append(element('small', 'paused on all nodes'));
    else if (runner && runner !== thisNode) state.append(element('small', 'runs on another node', {title: runner}));
    const last = task.history[0];
    return row('warming', [
      task.name, task.priority, state, progress(task), rate(task.progress.rowsPerSecond),
      last ? `${last.outcome}, ${ago(last.ended)}` : '–', until(task.next), actions,
    ], task.name);
  }));
}

function showFindings(found) {
  const of = found.units.find(one => one.unit === unit);
  const items = (of?.findings ?? []).map(finding => {
    const item = element('li', undefined, {class: finding.severity});
    item.append(element('strong', finding.severity), ` ${finding.subject}: ${finding.reason} `, element('em', `Remedy: ${finding.remedy}`));
    return item;
  });
  $('findings').replaceChildren(...(items.length ? items : [element('li', 'Nothing to mend.')]));
  $('examined').textContent = `examined at ${new Date().toLocaleTimeString()}`;
}

// Asking

let beforeAt = 0;

async function refresh() {
  try {
    const now = chosen((await api.overview()).units);
    const at = performance.now();
    if (!now) {
      state('Hearth caches for no session factory', 'bad');
      return;
    }
    if (before && before.node !== now.node) before = null;
    showState(now);
    showCards(now, (at - beforeAt) / 1000);
    showRegions(now);
    showNodes(now);
    before = now;
    thisNode = now.node;
    beforeAt = at;
    news('');
  } catch (failure) {
    failed(failure);
  }
}

function failed(failure) {
  if (failure instanceof api.Refusal) {
    news(failure.message);
  } else {
    state('The application does not answer', 'bad');
    news(`The application has not answered since ${new Date(Date.now() - (performance.now() - beforeAt)).toLocaleTimeString()}; the figures are as they were then.`);
  }
}

/** A part of the page that may not be exposed, or not to everybody: what is refused is said there. */
async function part(section, asking, show) {
  try {
    show(await asking());
    section.querySelector('.refused')?.remove();
  } catch (failure) {
    if (!(failure instanceof api.Refusal)) return;
    if (!section.querySelector('.refused')) section.append(element('p', '', {class: 'refused quiet'}));
    section.querySelector('.refused').textContent = failure.message;
  }
}

const section = heading => $(heading).closest('section');
const askQueries = () => part(section('h-queries'), () => api.queries($('sort').value, $('ascending').checked, page, PAGE, unit), showQueries);
const askWarming = () => part(section('h-warming'), api.warming, showWarming);
const askCluster = () => part(section('h-warming'), api.warmingOfAll, found => { cluster = found.units; });
const examine = () => part(section('h-doctor'), api.findings, showFindings);

async function tick() {
  if (!paused && !document.hidden) {
    await refresh();
    if (unit !== null) {
      if (round % QUERIES_EVERY === 0) await askQueries();
      if (round % CLUSTER_EVERY === 0) await askCluster();
      await askWarming();
      if (round % DOCTOR_EVERY === 0) await examine();
      round++;
    }
  }
  setTimeout(tick, EVERY);
}

// Acting

/** Asks before something is done; answers the text that was entered, or true, or null if it is not to be done. */
function confirmed(question, consequence, yes, entry = false) {
  $('confirm-question').textContent = question;
  $('confirm-consequence').textContent = consequence;
  $('confirm-yes').textContent = yes;
  $('confirm-entry').hidden = !entry;
  $('confirm-text').value = '';
  const dialog = $('confirm');
  dialog.returnValue = 'cancel';
  dialog.showModal();
  (entry ? $('confirm-text') : $('confirm-no')).focus();
  return new Promise(resolve => dialog.addEventListener('close', () =>
    resolve(dialog.returnValue === 'confirm' ? (entry ? $('confirm-text').value : true) : null), {once: true}));
}

async function act(doing, done) {
  try {
    const answer = await doing();
    news('');
    $('done').textContent = `${new Date().toLocaleTimeString()}: ${done(answer)}`;
  } catch (failure) {
    // Not among the news, which the next refresh takes away.
    const refused = failure instanceof api.Refusal;
    $('done').textContent = refused ? `${new Date().toLocaleTimeString()}: ${failure.message}` : '';
    if (!refused) failed(failure);
  }
  await refresh();
}

async function evict(region) {
  if (await confirmed(`Evict region ${brief(region)}?`, 'All of its entries become misses on every node, and are loaded from the database when they are asked for.', 'Evict')) {
    await act(() => api.evict(region, unit), () => `${brief(region)} was evicted`);
  }
}

const CONSEQUENCES = {
  START: 'One node loads what is declared, unless one does already. Loading takes time of the database and of Redis.',
  PAUSE: 'All nodes stop at the next page, also nodes and runs that begin later, until somebody resumes or starts it.',
  RESUME: 'All nodes go on. Loading takes time of the database and of Redis.',
  CANCEL: 'The run ends at the next page, whichever node it is on. What was loaded stays; the rest is not loaded.',
};

async function warm(action, text, choice) {
  const what = choice.task ?? (choice.priority ? `all ${choice.priority.toLowerCase()} tasks` : 'all tasks');
  if (await confirmed(`${text} ${what}?`, CONSEQUENCES[action], text)) {
    await act(() => api.warm(action, choice), answer => `All nodes were told: ${text.toLowerCase()} ${answer.tasks.map(one => one.task).join(', ')}`);
    await askCluster();
    await askWarming();
  }
}

$('evict-all').addEventListener('click', async () => {
  const of = $('unit-choice').hidden ? '' : ` of ${unit}`;
  if (await confirmed(`Evict all regions${of}?`, 'Everything that is cached becomes a miss, on every node: the database answers all reads until the cache is warm again.', 'Evict all')) {
    await act(() => api.evictAll(unit), () => `All regions${of} were evicted`);
  }
});
$('invalidate').addEventListener('click', async () => {
  const tables = await confirmed('Invalidate tables?', 'Entries and query results that are read from these tables become misses on every node, for all session factories. Do this after a change past Hibernate.', 'Invalidate', true);
  if (tables) await act(() => api.invalidate(tables.split(',').map(table => table.trim()).filter(Boolean)), () => 'The tables were invalidated');
});
$('start-priority').addEventListener('click', () => {
  const priority = $('priority').value;
  warm('START', 'Start', priority ? {priority, unit} : {unit});
});
$('examine').addEventListener('click', examine);
$('sort').addEventListener('change', () => { page = 0; askQueries(); });
$('ascending').addEventListener('change', () => { page = 0; askQueries(); });
$('previous').addEventListener('click', () => { page--; askQueries(); });
$('next').addEventListener('click', () => { page++; askQueries(); });
$('unit').addEventListener('change', () => {
  unit = $('unit').value;
  before = null;
  page = 0;
  round = 0;
  charts.clear();
  refresh();
});
$('pause').addEventListener('click', () => {
  paused = !paused;
  $('pause').setAttribute('aria-pressed', paused);
  $('pause').textContent = paused ? 'Go on' : 'Pause';
});

// Light and dark: as the system has it, until somebody chooses.

const dark = matchMedia('(prefers-color-scheme: dark)');

function paint() {
  const isDark = (document.documentElement.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';
  $('theme').textContent = isDark ? 'Light' : 'Dark';
  charts.draw();
}

$('theme').addEventListener('click', () => {
  document.documentElement.dataset.theme = $('theme').textContent.toLowerCase();
  paint();
});
dark.addEventListener('change', paint);

paint();
try {
  may = await api.access();
} catch {
  // Whoever may not ask sees no buttons.
}
document.querySelector('.operator').hidden = !may.evict;
document.querySelector('.warmer').hidden = !may.warm;
await tick();
