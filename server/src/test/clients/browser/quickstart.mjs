// Drives the page of examples/quickstart in two tabs of a headless Chromium.
//
//   node quickstart.mjs http://127.0.0.1:3000 /usr/bin/chromium [folder for pictures]
import { chromium } from 'playwright-core'
import assert from 'node:assert/strict'
import { join } from 'node:path'

const [address, executablePath, pictures] = process.argv.slice(2)
const patience = 60_000

const browser = await chromium.launch({
  executablePath,
  timeout: patience,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
const context = await browser.newContext()
context.setDefaultTimeout(patience)
const complaints = []
const asked = new Set()
context.on('request', (request) => asked.add(new URL(request.url()).hostname))

async function open() {
  const page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await page.goto(address)
  await page.getByText('connected', { exact: true }).waitFor()
  const name = await page.locator('#name').textContent()
  const shows = (list, text) => page.locator(`#${list} li`, { hasText: text }).first().waitFor()
  return { page, name, shows }
}

// A note with the text that the database has sent last, not the one that was typed.
const note = ({ page }, body) => page.locator('#notes li', { has: page.locator(`input[value=${JSON.stringify(body)}]`) })
const notes = ({ page }) => page.locator('#notes input').evaluateAll((texts) => texts.map((text) => text.defaultValue))

async function addNote(tab, body) {
  await tab.page.getByLabel('Note', { exact: true }).fill(body)
  await tab.page.getByRole('button', { name: 'Add' }).click()
  await note(tab, body).waitFor()
}

async function editNote(tab, body, edited) {
  const text = note(tab, body).getByLabel('Edit')
  await text.fill(edited)
  await text.press('Enter')
  await note(tab, edited).waitFor()
}

async function deleteNote(tab, body) {
  await note(tab, body).getByRole('button', { name: 'Delete' }).click()
  await note(tab, body).waitFor({ state: 'detached' })
}

try {
  const ann = await open()
  const ben = await open()

  for (const tab of [ann, ben]) {
    await tab.shows('people', 'terminal')
    await tab.shows('people', ann.name)
    await tab.shows('people', ben.name)
    await tab.shows('people', `${tab.name} (you)`)
  }

  await ann.page.getByRole('button', { name: 'Wave' }).click()
  for (const tab of [ann, ben]) await tab.shows('waves', `${ann.name} waves`)

  await addNote(ann, 'of ann')
  await addNote(ben, 'of ben <b>as text</b>')
  await addNote(ann, 'after ben')
  assert.deepEqual(await notes(ann), ['after ben', 'of ann'])
  assert.deepEqual(await notes(ben), ['of ben <b>as text</b>'])

  await editNote(ann, 'of ann', 'edited by ann')
  await deleteNote(ann, 'after ben')
  assert.deepEqual(await notes(ann), ['edited by ann'])
  assert.deepEqual(await notes(ben), ['of ben <b>as text</b>'])

  if (pictures) {
    await ann.page.screenshot({ path: join(pictures, 'ann.png') })
    await ann.page.emulateMedia({ colorScheme: 'dark' })
    await ann.page.setViewportSize({ width: 390, height: 800 })
    await ann.page.screenshot({ path: join(pictures, 'ann-dark-narrow.png') })
  }

  await ben.page.close()
  await ann.page.locator('#people li', { hasText: ben.name }).waitFor({ state: 'detached' })

  assert.deepEqual(complaints, [])
  assert.deepEqual([...asked], ['127.0.0.1'])
  console.log('ok')
} finally {
  await browser.close()
}
