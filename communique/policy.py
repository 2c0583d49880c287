"""The policy: what browsers may load for a page, and what else they are told by the headers that servers send."""

_WITHIN = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}

# the whole policy, as the header `Content-Security-Policy`; nobody may show a page in a frame
_WHOLE = {**_WITHIN, "frame-ancestors": "'none'"}
CONTENT_SECURITY_POLICY = "; ".join(f"{name} {source}" for name, source in _WHOLE.items())

# the same within a page, where servers send no headers; some browsers count files on disk as nobody's own
META_POLICY = "; ".join(f"{name} {source}".replace("'self'", "'self' file:") for name, source in _WITHIN.items())

# what is worth sending with every file, by header
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
