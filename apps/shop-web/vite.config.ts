import { webApp } from '@minnaken/ui/vite'

export default webApp({
  name: 'みんな券 お店',
  shortName: 'みんな券 お店',
  description: 'みんな券での支払いを受け取る、お店のためのアプリ',
  themeColor: '#197a4b',
  port: 8081,
})
