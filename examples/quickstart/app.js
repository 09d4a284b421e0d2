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

const notes = new Map() // the list's items by the notes' ids

// Adds, edits or deletes; what has changed is shown when the database sends it back.
async function write(request) {
  const { error } = await request
  element('refusal').textContent = error?.message ?? ''
  return !error
}

element('add').onsubmit = async (event) => {
  event.preventDefault()
  if (await write(supabase.from('notes').insert({ body: element('body').value }))) element('add').reset()
}

function newNote(id) {
  const note = element('note').content.firstElementChild.cloneNode(true)
  const [text, button] = note.children
  text.onchange = async () => {
    const edited = await write(supabase.from('notes').update({ body: text.value }).eq('id', id))
    if (!edited) text.value = text.defaultValue
  }
  button.onclick = () => write(supabase.from('notes').delete().eq('id', id))
  notes.set(id, note)
  element('notes').prepend(note)
  return note
}

function show({ id, body }) {
  const [text] = (notes.get(id) ?? newNote(id)).children
  text.value = text.defaultValue = body
  text.animate({ backgroundColor: ['var(--ember)', 'transparent'] }, 800)
}

function change({ eventType, new: row, old }) {
  if (eventType !== 'DELETE') return show(row)
  notes.get(old.id)?.remove()
  notes.delete(old.id)
}

async function showAll() {
  const { data } = await supabase.from('notes').select('id, body').order('id').throwOnError()
  notes.clear()
  element('notes').replaceChildren()
  data.forEach(show)
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
  .subscribe(async (status) => {
    const joined = status === 'SUBSCRIBED'
    if (joined) {
      room.track({ name })
      await showAll() // what was written before, or while the connection was away
    }
    document.body.classList.toggle('joined', joined)
    element('status').textContent = joined ? 'connected' : 'connecting …'
    for (const button of document.querySelectorAll('button')) button.disabled = !joined
  })

element('wave').onclick = () => room.send({ type: 'broadcast', event: 'wave', payload: { name } })
