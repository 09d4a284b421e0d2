import { url, key } from './config.js'

const { createClient } = window.supabase // of the script supabase.js
const element = (id) => document.getElementById(id)
const item = (text) => Object.assign(document.createElement('li'), { textContent: text })

// Each tab is a visitor of its own; kept in the browser, one session would be all tabs'.
const supabase = createClient(url, key, { auth: { persistSession: false } })

const { data, error } = await supabase.auth.signInAnonymously()
if (error) {
  element('status').textContent = error.message
  throw error
}
const name = `visitor ${data.user.id.slice(0, 4)}`
element('name').textContent = name

const notes = new Map()

function change({ eventType, new: row, old }) {
  if (eventType === 'DELETE') notes.delete(old.id)
  else notes.set(row.id, row.body)
  element('notes').replaceChildren(...[...notes.values()].map(item).reverse())
}

function presence() {
  const present = Object.values(room.presenceState()).flat()
  const shown = ({ name: other }) => item(other === name ? `${other} (you)` : other)
  element('people').replaceChildren(...present.map(shown))
}

function wave({ payload }) {
  element('waves').prepend(item(`${payload.name} waves`))
  element('waves').children[5]?.remove()
}

const room = supabase
  .channel('quickstart', { config: { broadcast: { self: true } } })
  .on('postgres_changes', { event: '*', schema: 'public', table: 'notes' }, change)
  .on('presence', { event: 'sync' }, presence)
  .on('broadcast', { event: 'wave' }, wave)
  .subscribe((status) => {
    const joined = status === 'SUBSCRIBED'
    document.body.classList.toggle('joined', joined)
    element('status').textContent = joined ? 'connected' : 'connecting …'
    for (const button of document.querySelectorAll('button')) button.disabled = !joined
    if (joined) room.track({ name })
  })

element('wave').onclick = () => room.send({ type: 'broadcast', event: 'wave', payload: { name } })

element('add').onsubmit = async (event) => {
  event.preventDefault()
  const body = element('body').value
  const { data } = await supabase.auth.getSession()
  const headers = { Authorization: `Bearer ${data.session.access_token}` }
  const answer = await fetch('/notes', { method: 'POST', headers, body }).catch(
    (failure) => new Response(failure.message, { status: 503 }),
  )
  element('refusal').textContent = answer.ok ? '' : await answer.text()
  if (answer.ok) element('add').reset()
}
