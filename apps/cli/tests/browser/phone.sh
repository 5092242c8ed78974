#!/bin/sh
# A phone is a machine of its own: on this one it steps back as far as any service does. The sale
# would have its turn only after every browser had its own.
{ echo 10 > /proc/self/autogroup; } 2> /dev/null
exec nice -n 10 "$PHONE_BROWSER" "$@"
