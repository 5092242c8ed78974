import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readList, saidOverCap } from './keyed.ts'

let file: string
beforeAll(async () => {
  file = join(await mkdtemp(join(tmpdir(), 'minnaken-list-')), 'list.csv')
})
afterAll(() => rm(file, { force: true }))

const read = async (content: string | Uint8Array) => {
  await writeFile(file, content)
  return readList(file)
}

test.each([
  ['no head', ''],
  ['a head', 'id,name,group,units\n'],
  ['a mark before the head', '\uFEFFId,Name,Group,Units\r\n'],
])('a list with %s is read', async (_, head) => {
  expect(await read(`${head}A-1, 未来 太郎 ,resident,5\n\n"A.2",みらい,WORKER,1\n`)).toEqual([
    { id: 'A-1', name: '未来 太郎', group: 'RESIDENT', units: 5 },
    { id: 'A.2', name: 'みらい', group: 'WORKER', units: 1 },
  ])
})

const good = 'A1,未来,RESIDENT,1\n'
test.each([
  ['three columns', `${good}A2,未来,RESIDENT\n`, ':2: id, name, group, units'],
  ['units in words', `id,name,group,units\n${good}A2,未来,RESIDENT,two\n`, ':3: units: 「two」'],
  ['no units', `${good}\nA2,未来,RESIDENT,0\n`, ':3: units: 「0」'],
  ['an id that the service refuses', `${good}A 2,未来,RESIDENT,1\n`, ':2: id: 「A 2」'],
  ['an id that is too long', `${'9'.repeat(41)},未来,RESIDENT,1\n`, ':1: id'],
  ['a group in kanji', `A1,未来,住民,1\n`, ':1: group: 「住民」'],
  ['an empty name', `A1,,RESIDENT,1\n`, ':1: name'],
  [
    'an id twice',
    `${good}A2,未来,RESIDENT,1\nA1,別人,RESIDENT,2\n`,
    ':3: id: A1 は1行目にもあります',
  ],
  ['a quote that never ends', `A1,"未来,RESIDENT,1\n`, 'not a CSV'],
  ['bytes of another encoding', Uint8Array.of(0x41, 0x2c, 0x96, 0xa2, 0x97, 0x88), 'not UTF-8'],
  ['nothing at all', '', 'no applications'],
])('a list with %s is refused, naming the line', async (_, content, message) => {
  await expect(read(content)).rejects.toThrow(message)
})

test('wishes above the cap are told, and stay as they were written', async () => {
  const lines = await read(`${good}A2,未来,RESIDENT,7\n`)
  expect(lines[1]).toMatchObject({ units: 7 })
  expect(saidOverCap(lines, 5)).toMatch(/^1 件が上限の 5 口.*A2: 7 口/)
  expect(saidOverCap(lines, 7)).toBeNull()
})
