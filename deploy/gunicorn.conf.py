"""How gunicorn serves the site: `gunicorn -c deploy/gunicorn.conf.py isso.site.wsgi`."""

import os

# Replaced by the socket systemd hands over, where there is one (isso-web.socket).
bind = os.environ.get("BIND", "unix:/run/isso/web.sock")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
timeout = 30
graceful_timeout = 30
# A slow leak in any library ends with its worker.
max_requests = 2000
max_requests_jitter = 200
# Loaded once: a start that must fail fails as a whole, and workers that are replaced while the
# database is away come up and show the 503 page.
preload_app = True
worker_tmp_dir = "/dev/shm"  # noqa: S108 (memory: a heartbeat must not wait for a disk)
control_socket_disable = True
# The site writes one line per request itself, without personal data.
accesslog = None
