// Sizes, numbers and times in the words of the command line.

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

/** Bytes in decimal units: `4.2 GB`. */
export function bytes(count) {
  let value = Math.max(0, count ?? 0);
  let unit = 0;
  for (; value >= 1000 && unit < UNITS.length - 1; unit++) value /= 1000;
  return `${unit === 0 || value >= 10 ? Math.floor(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

/** A number that people read at a glance: three figures. */
export function number(value) {
  if (value >= 10000) return `${Math.round(value / 1000)}k`;
  if (value >= 100 || Number.isInteger(value)) return String(Math.round(value));
  return value.toFixed(1);
}

/** A span of milliseconds: `85 ms`, `1.2 s`, `3 min`. */
export function span(millis) {
  if (millis < 1000) return `${Math.round(millis)} ms`;
  if (millis < 100_000) return `${(millis / 1000).toFixed(millis < 10_000 ? 1 : 0)} s`;
  if (millis < 7_200_000) return `${Math.round(millis / 60_000)} min`;
  return millis < 172_800_000 ? `${Math.round(millis / 3_600_000)} h` : `${Math.round(millis / 86_400_000)} days`;
}

/** How long ago a date was; empty for none. */
export function ago(date) {
  const then = Date.parse(date ?? '');
  if (Number.isNaN(then)) return '';
  const millis = Date.now() - then;
  return millis < 5000 ? 'just now' : `${span(millis)} ago`;
}

/** How long it is until a date; dates far away are for ever. */
export function until(date) {
  const left = Date.parse(date ?? '') - Date.now();
  if (Number.isNaN(left)) return '';
  if (left > 20 * 365 * 86_400_000) return 'for ever';
  return left <= 0 ? 'going' : `${span(left)}`;
}

/** The time of the day. */
export const clock = (date) => new Date(date).toLocaleTimeString([], { hour12: false });

/** One or many of something. */
export const count = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;
