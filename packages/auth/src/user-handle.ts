/** How a passkey says whose it is: the 16 bytes of the account's id, which name no person. */
export const userHandleOf = (accountId: string): Buffer =>
  Buffer.from(accountId.replaceAll('-', ''), 'hex')
