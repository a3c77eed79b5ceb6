// The program's route table, as it prints it itself, and which line of it an address belongs to.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build, root } from './stack.mjs';

/** Every route, once for each format: { method, pattern, ending, role }. */
export const routes = spawnSync(join(root, build, 'supportlevel.fcgi'), ['--routes'], { encoding: 'utf8' }).stdout.trim().split('\n').flatMap((line) => {
  const [method, pattern, role, ...formats] = line.split(' ');
  return ['', ...formats.map((format) => `.${format}`)].map((ending) => ({ method, pattern, ending, role }));
});

const fits = ({ method, pattern, ending }, path) => {
  const escaped = (pattern + ending).replace(/[.]/g, '\\.').replace(/\{\}/g, '[^/]+');
  return (one) => one === method && new RegExp(`^${escaped}$`).test(path);
};

/** The program takes the first line that fits, and an ending for a format before it takes it for a part of the path. */
export function routeOf(method, address) {
  const path = address.split('?')[0];
  return routes.find((route) => route.ending !== '' && fits(route, path)(method)) ?? routes.find((route) => route.ending === '' && fits(route, path)(method));
}
