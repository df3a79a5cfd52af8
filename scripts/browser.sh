#!/bin/sh
# Finds or installs what the browser tests and scripts/picture.py need: a Chromium and a Chinese font.
# Where they cannot be installed it says what is missing and fails.
set -u
bin=$(dirname "$0")/../.venv/bin

has_browser() {
  command -v chromium >/dev/null 2>&1 || "$bin/python" -c '
from pathlib import Path
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    raise SystemExit(not Path(playwright.chromium.executable_path).exists())' 2>/dev/null
}
has_font() { ! command -v fc-list >/dev/null 2>&1 || [ -n "$(fc-list :lang=zh family)" ]; }
install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >&2; }

has_browser && has_font && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq >&2
  has_browser || install chromium
  has_font || install fonts-noto-cjk
fi
has_browser || "$bin/playwright" install chromium >/dev/null 2>&1

has_browser || echo "The browser tests need Chromium; install it (Debian: apt-get install chromium) and run this again." >&2
has_font || echo "The browser tests need a Chinese font; install one (Debian: apt-get install fonts-noto-cjk) and run this again." >&2
has_browser && has_font
