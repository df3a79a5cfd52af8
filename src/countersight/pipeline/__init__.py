"""From bytes to findings: what runs in workers, what is still to do, and what comes of all of it."""
