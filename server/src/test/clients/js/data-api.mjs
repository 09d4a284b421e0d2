// Calls every builder method of the real client against a server with the schema of
// ../library, and compares the request as it leaves and the answer as it is told.
//
//   node data-api.mjs http://127.0.0.1:54321 <publishable key> <secret key>
import { createClient } from '@supabase/supabase-js'
import * as postgrest from '@supabase/postgrest-js'
import assert from 'node:assert/strict'
import ws from 'ws'
import { scenarios } from './data-api-scenarios.mjs'
import { methods } from './postgrest-methods.mjs'

const [url, publishableKey, secretKey] = process.argv.slice(2)

// The methods that were called since the last scenario, by name.
const called = new Set()
for (const { prototype } of [postgrest.PostgrestClient, postgrest.PostgrestQueryBuilder, postgrest.PostgrestFilterBuilder,
  postgrest.PostgrestTransformBuilder, postgrest.PostgrestBuilder])
  for (const name of Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor')) {
    const method = prototype[name]
    prototype[name] = function (...parameters) {
      called.add(name)
      return method.apply(this, parameters)
    }
  }

// The requests since the last scenario, as they left.
const requests = []

function client(key) {
  const recording = (address, init) => {
    if (String(address).startsWith(`${url}/rest/v1/`)) requests.push({ key, address, ...init, headers: new Headers(init.headers) })
    return fetch(address, init)
  }
  return createClient(url, key, { auth: { persistSession: false }, realtime: { transport: ws }, global: { fetch: recording } })
}

const sent = ({ method, address }) =>
  `${method} ${decodeURIComponent(String(address).slice(`${url}/rest/v1`.length).replaceAll('+', ' '))}`

function checkRequest({ key, method, headers, body }, expected) {
  const reads = ['GET', 'HEAD'].includes(method)
  assert.deepEqual(
    {
      prefer: headers.get('prefer') ?? undefined,
      accept: headers.get('accept') ?? undefined,
      body: body === undefined ? undefined : JSON.parse(body),
      profile: headers.get(reads ? 'accept-profile' : 'content-profile'),
      type: headers.get('content-type'),
      key: headers.get('apikey'),
    },
    {
      prefer: expected.prefer,
      accept: expected.accept,
      body: expected.body,
      profile: expected.profile ?? 'public',
      type: reads ? null : 'application/json',
      key,
    },
  )
  assert.match(headers.get('authorization'), /^Bearer \S+$/)
  assert.match(headers.get('x-client-info'), /^supabase-js/)
}

// An expectation of undefined leaves the comparison to the scenario's own check.
function checkAnswer(answer, expected) {
  const wanted = { data: null, count: null, status: 200, error: null, ...expected }
  for (const part of ['error', 'data', 'count', 'status'])
    if (wanted[part] !== undefined) assert.deepEqual(plain(answer[part]), wanted[part], part)
  expected.check?.(answer)
}

const plain = (value) => (value === undefined ? value : JSON.parse(JSON.stringify(value)))

async function answerOf(call, as) {
  try {
    return { answer: await call(as) }
  } catch (thrown) {
    return { thrown }
  }
}

async function run(method, [call, expected], as) {
  called.clear()
  requests.length = 0
  const { answer, thrown } = await answerOf(call, as)
  assert.ok(called.has(method.split('.')[1]), 'the scenario does not call the method')
  const expectedSent = [expected.sent].flat()
  assert.deepEqual(requests.slice(0, expectedSent.length).map(sent), expectedSent)
  checkRequest(requests[0], expected)
  if (expected.throws === undefined) {
    if (thrown) throw thrown
    checkAnswer(answer, expected)
  } else {
    const { name, ...rest } = plain(thrown)
    assert.deepEqual([name, rest], ['PostgrestError', expected.throws])
  }
}

const as = { anon: client(publishableKey), user: client(publishableKey), service: client(secretKey) }
const { error } = await as.user.auth.signInAnonymously()
assert.equal(error, null)

const wrong = []
const all = methods()
for (const method of all) if (!scenarios[method]) wrong.push(`${method}: the package has it, and no scenario calls it`)
for (const method of Object.keys(scenarios)) if (!all.includes(method)) wrong.push(`${method}: a scenario, and no method of the package`)

let calls = 0
for (const [method, list] of Object.entries(scenarios))
  for (const scenario of list) {
    assert.equal((await as.service.rpc('refill')).error, null)
    calls++
    await run(method, scenario, as).catch((failure) => wrong.push(`${method} ${scenario[1].sent}: ${failure.message}`))
  }

for (const line of wrong) console.error(line)
console.log(wrong.length ? `${wrong.length} of ${calls} calls differ` : `ok ${calls} calls of ${all.length} methods`)
process.exit(wrong.length ? 1 : 0)
