type Track = Pick<MediaStreamTrack, 'readyState' | 'addEventListener' | 'removeEventListener'>
type Page = Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>

/**
 * Calls `then` when the camera was taken away: at once while somebody looks, and otherwise as soon
 * as they look again, since a phone gives none to a page in the back. A call, a locked phone or
 * another program ends a camera without a word to the picture, which stays black. Without a track
 * there is none yet, and looking again is the time to try. Answers how to stop.
 */
export function whenCameraLost(track: Track | undefined, page: Page, then: () => void): () => void {
  const look = () => {
    if (page.visibilityState === 'visible' && track?.readyState !== 'live') then()
  }
  track?.addEventListener('ended', look)
  page.addEventListener('visibilitychange', look)
  return () => {
    track?.removeEventListener('ended', look)
    page.removeEventListener('visibilitychange', look)
  }
}
