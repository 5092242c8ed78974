import { randomBytes } from 'node:crypto'
import { createInvite, inviteLink } from '@minnaken/auth'
import { type Command, InputError, print } from './command.ts'
import { localOrigins } from './platform/addresses.ts'
import { withDatabase, withOwner } from './platform/database.ts'
import { listenForEnd } from './platform/interruption.ts'

const roles = ['clerk', 'approver', 'auditor'] as const

export const command: Command = {
  usage: 'invite clerk|approver|auditor',
  summary: '事務局・監査の人を招く一回限りのリンクを作ります / Makes a one-time link for staff.',
  async run(args) {
    const role = roles.find((each) => each === args[0])
    if (role === undefined || args.length !== 1)
      throw new InputError('ROLE: clerk, approver または auditor を指定してください / one of these')
    const origin = localOrigins().staff
    listenForEnd()
    const { token, expiresAt } = await withDatabase({ what: 'invite', role: 'owner' }, (url) =>
      withOwner(url, (db) =>
        createInvite(db, { now: Date.now, randomBytes }, { role, madeBy: 'minnaken invite' }),
      ),
    )
    const until = new Date(expiresAt).toLocaleString('ja-JP', { timeZone: 'Asia/Tokyo' })
    await print(
      `${inviteLink(origin, token)}\n${role} を1人だけ登録できます。${until} まで有効です。\n`,
    )
    return 0
  },
}
