// What saving needs of the browser: a request with the session's token against forgery, clocks, names for saves.

export function world(address, csrf) {
  return {
    post: async (payload) => {
      const answer = await fetch(address, {
        method: "POST",
        credentials: "same-origin",
        redirect: "error",
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrf(), Accept: "application/json" },
        body: JSON.stringify(payload),
      });
      const is_json = answer.headers.get("Content-Type")?.includes("json");
      return { status: answer.status, body: is_json ? await answer.json() : null };
    },
    later: (act, pause) => setTimeout(act, pause),
    cancel: (timer) => clearTimeout(timer),
    token: () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join(""),
  };
}

// The token as it is now: signing in again in another tab changes the cookie.
export function csrf_token(fallback) {
  return () => document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]*)/)?.[1] ?? fallback;
}
