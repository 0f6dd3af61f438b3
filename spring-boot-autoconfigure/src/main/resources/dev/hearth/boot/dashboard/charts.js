/** The charts: the last ten minutes of one session factory's node. Chart.js comes as a script of its own. */
const POINTS = 300;
const series = new Map();

const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function line(label, colour, fill) {
  return {label, data: [], borderColor: style(colour), backgroundColor: style(colour) + (fill ? '55' : ''), borderWidth: 1.5, pointRadius: 0, fill, tension: 0};
}

function chart(id, type, datasets, scale, unit) {
  const axis = {ticks: {color: style('--quiet')}, grid: {color: style('--line')}};
  const made = new Chart(document.getElementById(id), {
    type,
    data: {labels: [], datasets},
    options: {
      animation: false, responsive: true, maintainAspectRatio: false, interaction: {mode: 'index', intersect: false},
      indexAxis: type === 'bar' ? 'y' : 'x',
      plugins: {legend: {display: type !== 'bar', labels: {color: style('--ink'), boxWidth: 12}}},
      scales: {x: {...axis, title: {display: unit !== undefined, text: unit, color: style('--quiet')}, ticks: {...axis.ticks, maxTicksLimit: 6, maxRotation: 0}}, y: {...axis, beginAtZero: true, ...scale}},
    },
  });
  series.set(id, made);
}

/** Draws all anew, in the colours of the present theme; keeps what they show. */
export function draw() {
  const kept = new Map([...series].map(([id, made]) => [id, made.data]));
  series.forEach(made => made.destroy());
  series.clear();
  chart('reads', 'line', [line('near', '--near', 'origin'), line('remote', '--remote', '-1'), line('missed', '--miss', '-1')], {stacked: true});
  chart('ratio', 'line', [line('last interval', '--remote', false), line('since the start', '--near', false)], {max: 1});
  chart('waits', 'line', [line('slowest region’s read, ms', '--remote', false), line('commit, ms', '--miss', false)], {});
  chart('benefit', 'bar', [line('seconds', '--near', true)], {}, 'seconds');
  kept.forEach((data, id) => {
    const made = series.get(id);
    made.data.labels = data.labels;
    data.datasets.forEach((old, i) => { made.data.datasets[i].data = old.data; });
    made.update('none');
  });
}

/** Adds a point to a chart over time. */
export function add(id, ...values) {
  const {data} = series.get(id);
  data.labels.push(new Date().toLocaleTimeString());
  data.datasets.forEach((set, i) => set.data.push(values[i] ?? null));
  if (data.labels.length > POINTS) {
    data.labels.shift();
    data.datasets.forEach(set => set.data.shift());
  }
  series.get(id).update('none');
}

/** Shows one bar for each label. */
export function bars(id, labels, values) {
  const made = series.get(id);
  made.data.labels = labels;
  made.data.datasets[0].data = values;
  made.data.datasets[0].backgroundColor = values.map(value => style(value < 0 ? '--bad' : '--near'));
  made.update('none');
}

/** Forgets what was drawn: another node's figures follow. */
export function clear() {
  series.forEach(made => {
    made.data.labels = [];
    made.data.datasets.forEach(set => { set.data = []; });
  });
}
