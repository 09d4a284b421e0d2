import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { API_URL, PORT, PUBLISHABLE_KEY } from './settings.mjs'

const config = `export const url = ${JSON.stringify(API_URL)}, key = ${JSON.stringify(PUBLISHABLE_KEY)}`
const file = (path) => readFile(new URL(path, import.meta.url))

const pages = {
  '/': ['text/html; charset=utf-8', () => file('index.html')],
  '/app.js': ['text/javascript; charset=utf-8', () => file('app.js')],
  '/config.js': ['text/javascript; charset=utf-8', () => config],
  '/supabase.js': ['text/javascript', () => file('node_modules/@supabase/supabase-js/dist/umd/supabase.js')],
}

// Serves the page, which asks the API by itself; returns the page's address.
export async function serve() {
  const server = createServer(async ({ url }, response) => {
    if (!Object.hasOwn(pages, url)) return response.writeHead(404).end('Not here')
    const [type, content] = pages[url]
    response.writeHead(200, { 'Content-Type': type }).end(await content())
  })
  await once(server.listen(Number(PORT), '127.0.0.1'), 'listening')
  return `http://127.0.0.1:${server.address().port}`
}
