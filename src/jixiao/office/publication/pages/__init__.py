"""pages: the public site, one module a page. No page knows who asks: no cookie, no session, no sign-in."""
