import { checkDraw } from './verify.ts'

// Beside the page, so that it goes on answering while a hundred thousand hashes are computed.
addEventListener('message', ({ data }: MessageEvent<Parameters<typeof checkDraw>[0]>) => {
  postMessage(checkDraw(data))
})
