import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { as } from './database.mjs'
import { API_URL, PORT, PUBLISHABLE_KEY } from './settings.mjs'

const files = {
  '/': ['text/html; charset=utf-8', 'index.html'],
  '/app.js': ['text/javascript', 'app.js'],
  '/supabase.js': ['text/javascript', 'node_modules/@supabase/supabase-js/dist/umd/supabase.js'],
}
const config = `export const url = ${JSON.stringify(API_URL)}, key = ${JSON.stringify(PUBLISHABLE_KEY)}`
const mostBytes = 1000

// Serves the page and takes its notes; returns the page's address.
export async function serve(supabase) {
  const server = createServer(async (request, response) => {
    try {
      const [status, type, content] = await answer(supabase, request)
      response.writeHead(status, type && { 'Content-Type': type }).end(content)
    } catch (error) {
      console.error('page     ', error.message)
      response.writeHead(500, { 'Content-Type': 'text/plain' }).end('Something went wrong here')
    }
  })
  await once(server.listen(Number(PORT), '127.0.0.1'), 'listening')
  return `http://127.0.0.1:${server.address().port}`
}

async function answer(supabase, request) {
  const { method, url } = request
  if (method === 'GET' && url === '/config.js') return [200, 'text/javascript', config]
  if (method === 'GET' && Object.hasOwn(files, url)) {
    const [type, file] = files[url]
    return [200, type, await readFile(new URL(file, import.meta.url))]
  }
  if (method === 'POST' && url === '/notes') return addNote(supabase, request)
  return [404, 'text/plain', 'Not here']
}

// The body is the note; the page's access token says whose it is.
async function addNote(supabase, request) {
  const token = request.headers.authorization?.match(/^Bearer (\S+)$/)?.[1]
  // Asked without a token, getClaims() would answer for this program's own user.
  const { data } = token ? await supabase.auth.getClaims(token) : {}
  if (!data) return [401, 'text/plain', 'Sign in first']
  const body = await text(request)
  if (!/^[^\0]{1,200}$/su.test(body)) return [400, 'text/plain', 'A note has 1 to 200 characters']
  await as(data.claims, 'insert into public.notes (body) values ($1)', [body])
  return [204]
}

async function text(request) {
  const chunks = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes <= mostBytes) chunks.push(chunk)
  }
  return bytes <= mostBytes ? Buffer.concat(chunks).toString() : ''
}
