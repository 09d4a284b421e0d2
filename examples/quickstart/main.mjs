// Signs in, joins a room, follows its own notes and waves; serves a page that does the same.
import { createClient } from '@supabase/supabase-js'
import ws from 'ws'
import { as } from './database.mjs'
import { serve } from './server.mjs'
import { API_URL, PUBLISHABLE_KEY } from './settings.mjs'

const name = 'terminal'
const say = (what, text) => console.log(what.padEnd(9), text)

// Node 20 has no WebSocket of its own; Node 22 has, and takes this one as well.
const supabase = createClient(API_URL, PUBLISHABLE_KEY, { realtime: { transport: ws } })

const { data, error } = await supabase.auth.signInAnonymously()
if (error) {
  console.error(`${API_URL} does not let this program in: ${error.message}`)
  console.error('Is it running? ./hearth start --project examples/quickstart')
  process.exit(1)
}
say('signed in', data.user.id)

const room = supabase
  .channel('quickstart', { config: { broadcast: { self: true } } })
  .on('postgres_changes', { event: '*', schema: 'public', table: 'notes' }, (change) =>
    say('change', `${change.eventType} ${change.new.body ?? `of note ${change.old.id}`}`),
  )
  .on('presence', { event: 'sync' }, () => {
    const present = Object.values(room.presenceState()).flat()
    say('presence', present.map((visitor) => visitor.name).join(', ') || 'nobody')
  })
  .on('broadcast', { event: 'wave' }, ({ payload }) => say('broadcast', `${payload.name} waves`))

await new Promise((joined) => {
  room.subscribe(async (status, error) => {
    say('room', error ? `${status}: ${error.message}` : status)
    if (status !== 'SUBSCRIBED') return // it tries again by itself
    await room.track({ name })
    joined()
  })
})
await room.send({ type: 'broadcast', event: 'wave', payload: { name } })

const { claims } = (await supabase.auth.getClaims()).data
const [{ id }] = await as(claims, 'insert into public.notes (body) values ($1) returning id', ['Hello'])
await as(claims, 'update public.notes set body = $2 where id = $1', [id, 'Hello again'])
await as(claims, 'delete from public.notes where id = $1', [id])

say('page', await serve(supabase))
