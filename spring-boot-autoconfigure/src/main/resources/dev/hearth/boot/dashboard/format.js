/** How figures are shown: numbers, shares, times in nanoseconds, bytes, moments. Null is shown as a dash. */
const NONE = '–';
const whole = new Intl.NumberFormat(undefined, {maximumFractionDigits: 0});
const short = new Intl.NumberFormat(undefined, {notation: 'compact', maximumFractionDigits: 1});
const digits = new Intl.NumberFormat(undefined, {maximumSignificantDigits: 3});

const known = value => value !== null && value !== undefined && !Number.isNaN(value);

export const count = value => known(value) ? (Math.abs(value) < 100_000 ? whole : short).format(value) : NONE;

export const rate = value => known(value) ? digits.format(value) : NONE;

export const share = value => known(value) ? `${(value * 100).toFixed(value > 0.9995 || value === 0 ? 0 : 1)} %` : NONE;

const TIMES = [[3.6e12, 'h'], [6e10, 'min'], [1e9, 's'], [1e6, 'ms'], [1e3, 'µs'], [1, 'ns']];

export function time(nanos) {
  if (!known(nanos)) return NONE;
  const size = Math.abs(nanos);
  const [unit, name] = TIMES.find(([least]) => size >= least) ?? [1, 'ns'];
  return `${digits.format(nanos / unit)} ${name}`;
}

const SIZES = [[2 ** 40, 'TiB'], [2 ** 30, 'GiB'], [2 ** 20, 'MiB'], [2 ** 10, 'KiB'], [1, 'B']];

export function bytes(value) {
  if (!known(value)) return NONE;
  const [unit, name] = SIZES.find(([least]) => value >= least) ?? [1, 'B'];
  return `${digits.format(value / unit)} ${name}`;
}

export const ago = instant => instant ? `${time(Math.max(0, Date.now() - Date.parse(instant)) * 1e6)} ago` : NONE;

export const until = instant => instant ? `in ${time(Math.max(0, Date.parse(instant) - Date.now()) * 1e6)}` : NONE;

/** The last part of a class's name, with what follows it: com.acme.Order.lines is Order.lines. */
export function brief(name) {
  const parts = name.split('.');
  const first = parts.findIndex(part => /^[A-Z]/.test(part));
  return first < 0 ? name : parts.slice(first).join('.');
}
