// Signs in, joins a room, follows its own notes and waves; serves a page that does the same.
import { createClient } from '@supabase/supabase-js'
import ws from 'ws'
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

say('page', await serve())

const notes = () => supabase.from('notes')
const { data: { id } } = await notes().insert({ body: 'Hello' }).select('id').single().throwOnError()
await notes().update({ body: 'Hello again' }).eq('id', id).throwOnError()
await notes().delete().eq('id', id).throwOnError()
