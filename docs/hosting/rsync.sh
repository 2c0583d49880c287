#!/bin/sh
# Copies the output folder to a server that offers rsync: sh rsync.sh public/ user@example.org:/srv/site/public/
# Visitors never get a page before what it shows: first all that pages use, then the pages, at last the deletions.
set -eu
from=${1%/}/
to=${2%/}/
rsync -rt --delay-updates --exclude='*.html' --exclude='*.xml' --exclude='*.json' --exclude='llms.txt' "$from" "$to"
rsync -rt --delay-updates "$from" "$to"
rsync -rt --delay-updates --delete-after "$from" "$to"
