#!/bin/sh
# Copies the output folder to an S3 bucket with the AWS command line: sh s3.sh public s3://bucket
# Visitors never get a page before what it shows: first all that pages use, then the pages, at last the deletions.
set -eu
from=${1%/}
to=${2%/}
again="no-cache"
hidden="--exclude .* --exclude */.*"
pages="--exclude *.html --exclude *.xml --exclude *.json --exclude *.md --exclude llms.txt"
set -f

aws s3 sync "$from" "$to" $hidden $pages --cache-control "$again"
# types that S3 does not know by the ending
aws s3 sync "$from" "$to" $hidden --exclude '*' --include '*.md' --cache-control "$again" --content-type "text/markdown; charset=utf-8"
aws s3 sync "$from" "$to" $hidden --exclude '*' --include '*.html' --cache-control "$again" --content-type "text/html; charset=utf-8"
aws s3 sync "$from" "$to" $hidden --exclude '*' --include '*feed.xml' --cache-control "$again" --content-type "application/atom+xml; charset=utf-8"
aws s3 sync "$from" "$to" $hidden --exclude '*' --include '*rss.xml' --cache-control "$again" --content-type "application/rss+xml; charset=utf-8"
aws s3 sync "$from" "$to" $hidden --exclude '*' --include '*feed.json' --cache-control "$again" --content-type "application/feed+json; charset=utf-8"
aws s3 sync "$from" "$to" $hidden --cache-control "$again"
# old addresses: S3 answers with a real redirect where the bucket is a website
if [ -f "$from/_redirects" ]; then
  bucket=${to#s3://}
  while read -r old new status; do
    key=$(printf '%s' "${old#/}" | python3 -c 'import sys; from urllib.parse import unquote; print(unquote(sys.stdin.read()), end="")')
    case $key in */) key=${key}index.html ;; esac
    aws s3api put-object --bucket "${bucket%%/*}" --key "$key" --website-redirect-location "$new" >/dev/null
  done < "$from/_redirects"
fi
aws s3 sync "$from" "$to" $hidden --delete
