# shellcheck shell=bash
# The cases of Strategies/container-evasion; sourced by scripts/record-telemetry, which says what
# record, $before and the options of a case mean.

# ---------------------------------------------------------------- containers: attacks

record container-evasion host-root-mounted containers events inspect=helper <<'EOF'
docker run -d --name helper -v /:/host lab/base:1.0 sleep 30
docker exec helper chroot /host /bin/sh -c 'head -1 /etc/shadow >/dev/null; id'
EOF

record container-evasion thrown-away-container audit=no events <<'EOF'
docker run --rm lab/base:1.0 sh -c 'id; cat /proc/version'
EOF

record container-evasion thrown-away-container-by-image-id events audit=no <<'EOF'
docker run --rm "$(docker images -q --no-trunc lab/base:1.0)" id
EOF

before='docker run -d --name web lab/base:1.0 sleep 60; docker tag lab/base:1.0 shop/web:1.4'
record container-evasion running-container-committed audit=no events <<'EOF'
docker tag lab/base:1.0 shop/web:1.4
docker exec web sh -c 'echo "#!/bin/sh" > /bin/entry; chmod +x /bin/entry'
docker commit web shop/web:1.4
EOF

record container-evasion image-imported events <<'EOF'
mkdir -p root/bin
cp /usr/bin/busybox root/bin/sh
tar -C root -c . | docker import - shop/db:2.0
EOF

record container-evasion image-loaded audit=no events <<'EOF'
docker save lab/base:1.0 -o /tmp/base.tar
docker load -i /tmp/base.tar
EOF

before='docker run -d --name web lab/base:1.0 sleep 60'
record container-evasion shell-in-running-container tty containers events 'stdin=id\nexit\n' <<'EOF'
docker exec -it web /bin/sh
EOF

record container-evasion file-copied-into-container events containers <<'EOF'
docker run -d --name web lab/base:1.0 sleep 60
cp /usr/bin/busybox busybox
docker cp busybox web:/tmp/busybox
docker exec web /tmp/busybox id
EOF

record container-evasion isolation-removed events inspect=tuner <<'EOF'
docker create --name tuner --privileged --pid=host --network=host --ipc=host --uts=host --userns=host lab/base:1.0 sleep 30
EOF

record container-evasion capabilities-added events inspect=tracer <<'EOF'
docker create --name tracer --cap-add SYS_ADMIN --cap-add SYS_PTRACE --security-opt seccomp=unconfined --security-opt apparmor=unconfined --device /dev/fuse lab/base:1.0 sleep 30
EOF


record container-evasion engine-socket-mounted containers events inspect=agent <<'EOF'
docker run -d --name agent -v /var/run/docker.sock:/var/run/docker.sock lab/python:3.11 sleep 30
docker exec agent python3 -c 'import http.client, socket
c = http.client.HTTPConnection("localhost")
c.sock = socket.socket(socket.AF_UNIX)
c.sock.connect("/var/run/docker.sock")
c.request("GET", "/containers/json")
print(c.getresponse().status)'
EOF

record container-evasion engine-api-by-curl <<'EOF'
curl -s --unix-socket /var/run/docker.sock http://localhost/containers/json
curl -s --unix-socket /var/run/docker.sock -H 'Content-Type: application/json' -d '{"Image":"lab/base:1.0","Cmd":["id"],"HostConfig":{"Binds":["/:/host"]}}' 'http://localhost/containers/create?name=api'
EOF

record container-evasion host-namespaces-entered containers events inspect=debug <<'EOF'
docker run -d --name debug --pid=host --cap-add SYS_ADMIN --cap-add SYS_PTRACE --cap-add SYS_CHROOT lab/base:1.0 sleep 30
docker exec debug sh -c 'nsenter -t 1 -m -u -n id; nsenter -t $1 -m -n id; unshare -m mount -t tmpfs none /mnt' sh $$
EOF

record container-evasion namespaces-on-host <<'EOF'
unshare -Urm sh -c 'id -u'
sudo nsenter --target 1 --mount --pid sh -c 'id -u' || true
EOF

record container-evasion image-built-from-shared-memory events <<'EOF'
mkdir -p /dev/shm/ctx
cp /usr/bin/busybox /dev/shm/ctx/sh
printf 'FROM scratch\nCOPY sh /bin/sh\nCMD ["/bin/sh"]\n' > /dev/shm/ctx/Dockerfile
docker build -q -t cache/layer:latest /dev/shm/ctx
EOF

record container-evasion network-tool-in-container containers events <<'EOF'
docker run --rm --network none --cap-add NET_ADMIN lab/base:1.0 sh -c 'ip link set lo up; ip addr add 203.0.113.66/32 dev lo; nc -l -p 4444 </dev/null & sleep 1; nc 203.0.113.66 4444 -e /bin/true'
EOF

# ---------------------------------------------------------------- containers: known misses

record container-evasion namespaces-without-engine <<'EOF'
cat > box.py <<'END'
import ctypes, os
CLONE_NEWNS, CLONE_NEWUSER = 0x00020000, 0x10000000
if ctypes.CDLL(None).unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0:
    raise OSError("unshare")
os.execl("/usr/bin/id", "id", "-u")
END
python3 box.py
EOF

# ---------------------------------------------------------------- containers: benign twins

before='mkdir -p /srv/app/public; echo ok > /srv/app/public/health; chown -R deploy /srv/app/public'
record container-evasion service-container user=deploy containers events inspect=web <<'EOF'
docker run -d --name web -v /srv/app/public:/www:ro lab/base:1.0 httpd -f -p 8080 -h /www
sleep 15
docker exec web wget -q -O - http://127.0.0.1:8080/health
docker stop -t 1 web
EOF

before='docker run -d --name web lab/base:1.0 sleep 60'
record container-evasion engine-queries user=deploy events <<'EOF'
docker ps -a
docker images
docker inspect web
docker logs web
docker version
docker cp web:/etc/passwd /tmp/passwd
EOF

before='docker create --name web lab/base:1.0 httpd -f -p 8080; docker start web; docker stop -t 1 web; sleep 1'
record container-evasion service-restarted user=deploy audit=no events <<'EOF'
docker start web
sleep 2
docker restart -t 1 web
sleep 1
docker stop -t 1 web
EOF

record container-evasion image-built-and-tagged user=deploy events <<'EOF'
mkdir -p /srv/app/image
cd /srv/app/image
cp /usr/bin/busybox busybox
printf 'FROM lab/base:1.0\nCOPY busybox /srv/busybox\nRUN ["/bin/busybox", "true"]\nUSER 1000\nCMD ["/bin/busybox", "httpd", "-f"]\n' > Dockerfile
docker build -q -t shop/web:1.4 .
docker tag shop/web:1.4 shop/web:latest
echo v2 > version
printf 'COPY version /srv/version\n' >> Dockerfile
docker build -q -t shop/web:1.5 .
docker tag shop/web:1.5 shop/web:latest
EOF

record container-evasion health-check user=deploy events audit=no <<'EOF'
docker run -d --name web --health-cmd 'wget -q -O /dev/null http://127.0.0.1:8080/' --health-interval 5s lab/base:1.0 httpd -f -p 8080
sleep 11
docker stop -t 1 web
EOF
