"""For a demo: messages appear where the server runs."""

import sys

from portal import phones


class ConsoleSMS:
    """Prints the message; the phone is masked, the terminal may be filmed."""

    def send(self, notice, words):
        sys.stdout.write(f"\n[SMS {phones.masked(notice.phone)}] {words.text}\n")
        sys.stdout.flush()
        return "console"
