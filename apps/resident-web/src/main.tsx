import './app.css'
import { startApp } from '@minnaken/ui'
import { RouterProvider } from '@tanstack/react-router'
import { router } from './router.tsx'
import { dictionaries } from './words.ts'

void startApp({ dictionaries, app: <RouterProvider router={router} /> })
