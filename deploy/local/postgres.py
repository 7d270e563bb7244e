"""A private PostgreSQL 15 cluster: made once, owned by an ordinary user, trusted only through a 0700 socket folder."""

import glob
import os
import pwd
import shutil
import subprocess

from .say import Failure
from .shell import as_user, is_root, run

DATABASE = "lintel"
SETTINGS = """\
# Written by `./lintel up`; changed by hand it is written again.
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{socket}'
unix_socket_permissions = 0777
max_connections = 200
shared_buffers = 128MB
password_encryption = scram-sha-256
wal_level = replica
max_wal_senders = 4
log_line_prefix = '%m [%p] %q%u@%d '
timezone = 'UTC'
{extra}"""
# The socket lies in a folder only its owner may enter: whoever can connect to it may already read the data files.
ACCESS = """\
local   all          all                    trust
local   replication  all                    trust
host    {database}   lintel_kamailio  127.0.0.1/32  scram-sha-256
"""
THROW_AWAY = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 300\n"


def binary(name):
    found = sorted(glob.glob(f"/usr/lib/postgresql/15/bin/{name}"))
    if not found:
        raise Failure("PostgreSQL 15 is not installed; `./lintel doctor` lists what is missing")
    return found[-1]


class Cluster:
    def __init__(self, home, port):
        self.home = home
        self.port = port
        self.user = home.database_user()
        self.root = home.postgres_root()
        self.data = self.root / "data"
        self.socket = home.socket_folder(self.root / "socket")

    @property
    def dsn(self):
        """For our services: the caller adds `user=`."""
        return f"host={self.socket} port={self.port} dbname={DATABASE}"

    def admin_dsn(self, database=DATABASE):
        return f"host={self.socket} port={self.port} dbname={database} user=lintel"

    def create(self):
        """Makes the cluster when there is none, and writes its settings for today's port and socket."""
        self._folder(self.root, 0o711 if is_root() else 0o700)
        self._folder(self.root / "socket", 0o700)
        if not (self.data / "PG_VERSION").exists():
            self._folder(self.data, 0o700)
            run(as_user(self.user, [binary("initdb"), "--locale=C.UTF-8", "--encoding=UTF8", "--auth=trust",
                                    "--username=lintel", "--pgdata", self.data]), what="initdb", cwd="/")
        self.configure()

    def adopt(self, copy):
        """Takes a copy of a data folder as this cluster's own."""
        self._folder(self.root, 0o711 if is_root() else 0o700)
        shutil.copytree(copy, self.data)
        for folder, _, names in os.walk(self.data):
            self._give(folder)
            for name in names:
                self._give(os.path.join(folder, name))
        self.data.chmod(0o700)

    def configure(self, extra=""):
        text = SETTINGS.format(port=self.port, socket=self.socket, extra=extra)
        self._write("postgresql.auto.conf", "")
        self._write("lintel.conf", text)
        main = (self.data / "postgresql.conf").read_text(encoding="utf-8")
        if "include = 'lintel.conf'" not in main:
            self._write("postgresql.conf", main + "\ninclude = 'lintel.conf'\n")
        self._write("pg_hba.conf", ACCESS.format(database=DATABASE))

    def admit(self, rows):
        """Further lines of pg_hba.conf, before the cluster starts."""
        self._write("pg_hba.conf", ACCESS.format(database=DATABASE) + rows)

    def command(self):
        """What the supervisor runs."""
        return [binary("postgres"), "-D", str(self.data)]

    def answers(self):
        done = subprocess.run([binary("pg_isready"), "-q", "-h", self.socket, "-p", str(self.port)], check=False)
        return done.returncode == 0

    def psql(self, sql, database=DATABASE, check=True):
        """Runs `sql` as the cluster's owner; answers its rows as text, `|` between columns."""
        done = run(["psql", self.admin_dsn(database), "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", sql], what="psql",
                   check=check)
        return done.stdout.strip()

    def ensure_database(self):
        if self.psql(f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'", "postgres") != "1":
            self.psql(f"CREATE DATABASE {DATABASE}", "postgres")

    def ensure_kamailio_role(self, password):
        """The one role that comes over TCP; what it may read is granted by telephony's migrations."""
        self.psql(f"""DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lintel_kamailio') THEN
              CREATE ROLE lintel_kamailio LOGIN CONNECTION LIMIT 40;
            END IF; END $$;
            ALTER ROLE lintel_kamailio PASSWORD '{password}'""")

    def _folder(self, path, mode):
        path.mkdir(parents=True, exist_ok=True)
        self._give(path)
        path.chmod(mode)

    def _write(self, name, text):
        path = self.data / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            return
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        self._give(path)

    def _give(self, path):
        if is_root():
            account = pwd.getpwnam(self.user)
            os.chown(path, account.pw_uid, account.pw_gid)

