import { webApp } from '@minnaken/ui/vite'

export default webApp({
  name: 'みんな券',
  shortName: 'みんな券',
  description: '区内のお店で使える商品券の、申込みと支払い',
  themeColor: '#264af4',
  port: 8080,
})
