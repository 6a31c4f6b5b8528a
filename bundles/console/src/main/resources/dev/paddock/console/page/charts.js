// Lines over the last minute, drawn as SVG; colours come from the style sheet.

import { svg } from './dom.js';

const HEIGHT = 168;
const EDGE = { left: 8, right: 8, top: 14, bottom: 20 };

/** The next of 1, 2, 2.5, 5, 10, 20, ... that is not below. */
function ceiling(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1e-9)));
  return [1, 2, 2.5, 5, 10].map((step) => step * power).find((step) => step >= value * 0.999);
}

/**
 * Draws a series into a place and lets the pointer read it.
 *
 * @param spec `values` newest last, null where there is none; `label`; `words` makes text of a value; `least` the lowest top
 * of the scale; `dots` marks each value, for series with gaps; `read` gets the words of what the pointer is at
 */
export function chart(place, spec) {
  const width = Math.max(200, place.clientWidth);
  const { values, words, interval } = spec;
  const known = values.filter((value) => value !== null && value !== undefined);
  const top = ceiling(Math.max(spec.least, ...known));
  const x = (i) => EDGE.left + ((width - EDGE.left - EDGE.right) * i) / Math.max(1, values.length - 1);
  const y = (value) => HEIGHT - EDGE.bottom - ((HEIGHT - EDGE.top - EDGE.bottom) * value) / top;
  const drawing = svg('svg', { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: 'img', 'aria-label': summary(spec, known) });
  for (const part of [0, 0.5, 1]) {
    drawing.append(svg('line', { class: 'grid', x1: EDGE.left, x2: width - EDGE.right, y1: y(top * part), y2: y(top * part) }));
    if (part) drawing.append(label(EDGE.left, y(top * part) - 4, words(top * part), 'start'));
  }
  drawing.append(label(EDGE.left, HEIGHT - 5, `${Math.round((values.length * interval) / 1000)} s ago`, 'start'), label(width - EDGE.right, HEIGHT - 5, 'now', 'end'));
  for (const piece of pieces(values)) {
    const line = piece.map(([i, value], n) => `${n ? 'L' : 'M'}${x(i).toFixed(1)} ${y(value).toFixed(1)}`).join('');
    if (!spec.dots) drawing.append(svg('path', { class: 'area', d: `${line}L${x(piece.at(-1)[0]).toFixed(1)} ${y(0)}L${x(piece[0][0]).toFixed(1)} ${y(0)}Z` }));
    drawing.append(svg('path', { class: 'line', d: line }));
    if (spec.dots) for (const [i, value] of piece) drawing.append(svg('circle', { class: 'point', cx: x(i), cy: y(value), r: 2.6 }));
  }
  const last = values.at(-1);
  if (last !== null && last !== undefined) drawing.append(svg('circle', { class: 'now', cx: x(values.length - 1), cy: y(last), r: 3.6 }));
  drawing.addEventListener('pointermove', (event) => {
    const at = Math.round(((event.offsetX - EDGE.left) / (width - EDGE.left - EDGE.right)) * (values.length - 1));
    const value = values[at];
    const seconds = Math.round(((values.length - 1 - at) * interval) / 1000);
    spec.read(value === null || value === undefined ? '' : `${words(value)}, ${seconds ? `${seconds} s ago` : 'now'}`);
  });
  drawing.addEventListener('pointerleave', () => spec.read(''));
  place.replaceChildren(drawing);
}

const label = (x, y, text, anchor) => svg('text', { class: 'tick', x, y, 'text-anchor': anchor }, text);

function summary({ label: name, words }, known) {
  return known.length ? `${name}: ${words(known.at(-1))} last, ${words(Math.max(...known))} at most` : `${name}: nothing in the last minute`;
}

/** Stretches without gaps, each a list of [index, value]. */
function pieces(values) {
  const all = [];
  let piece = [];
  values.forEach((value, i) => {
    if (value !== null && value !== undefined) piece.push([i, value]);
    else if (piece.length) {
      all.push(piece);
      piece = [];
    }
  });
  if (piece.length) all.push(piece);
  return all;
}
