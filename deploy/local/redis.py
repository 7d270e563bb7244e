"""A private Redis: unix socket only, append-only file each second. Events live in PostgreSQL too; this may be emptied."""

import socket

SETTINGS = """\
port 0
unixsocket {socket}
unixsocketperm 700
dir {folder}
appendonly yes
appendfsync everysec
save ""
maxmemory 256mb
maxmemory-policy noeviction
daemonize no
"""


class Redis:
    def __init__(self, home):
        self.home = home
        self.folder = home / "redis"
        self.socket = home.socket_folder(home / "run") / "redis.sock"

    def configure(self):
        (self.folder / "redis.conf").write_text(SETTINGS.format(socket=self.socket, folder=self.folder), encoding="utf-8")

    def command(self):
        return ["/usr/bin/redis-server", str(self.folder / "redis.conf")]

    def answers(self):
        try:
            with socket.socket(socket.AF_UNIX) as probe:
                probe.settimeout(1)
                probe.connect(str(self.socket))
                probe.sendall(b"PING\r\n")
                return probe.recv(16).startswith(b"+PONG")
        except OSError:
            return False
