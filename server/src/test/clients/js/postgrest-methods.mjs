import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const classes = [
  'PostgrestClient',
  'PostgrestQueryBuilder',
  'PostgrestFilterBuilder',
  'PostgrestTransformBuilder',
  'PostgrestBuilder',
]

const entry = createRequire(import.meta.url).resolve('@supabase/postgrest-js')
const declarations = readFileSync(join(dirname(entry), 'index.d.mts'), 'utf8').replace(/\/\*.*?\*\//gs, '')

// What a type declaration says of one class: its base, and the public methods that it declares.
function declared(name) {
  const text = declarations.match(new RegExp(`^declare (?:abstract )?class ${name}<.*?^}$`, 'ms'))?.[0]
  if (!text) throw new Error(`no declaration of ${name}`)
  const methods = [...text.matchAll(/^  (?:static |abstract )?(\w+)[<(]/gm)].map(([, method]) => method)
  return {
    base: classes.find((other) => text.split('\n')[0].includes(` extends ${other}<`)),
    methods: new Set(methods.filter((method) => method !== 'constructor')),
  }
}

// The public methods that the package declares, each as `Class.method`, once, of the class that
// has it first: an override is its base's method.
export function methods() {
  const all = Object.fromEntries(classes.map((name) => [name, declared(name)]))
  const inherited = (name, method) =>
    name !== undefined && (all[name].methods.has(method) || inherited(all[name].base, method))
  return classes.flatMap((name) =>
    [...all[name].methods].filter((method) => !inherited(all[name].base, method)).map((method) => `${name}.${method}`))
}
