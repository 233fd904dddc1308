# shellcheck shell=bash disable=SC2016,SC2034,SC2154
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

# ---------------------------------------------------------------- containers: more risky settings

# A root file system for runtimes that take a folder, made anew for each case.
guest='mkdir -p /srv/app/guest/usr /srv/app/guest/sbin; cp -a "$work/image/." /srv/app/guest/; chmod -R go+rX /srv/app/guest'

record container-evasion privileged-in-other-words events inspect=tuner <<'EOF'
docker create --name tuner --privileged=1 --device /dev/vda:/dev/disk lab/base:1.0 sleep 30
EOF

record container-evasion host-directories-in-other-words events inspect=tuner <<'EOF'
docker create --name tuner -v /./:/h --mount type=bind,source=//etc,target=/e lab/base:1.0 sleep 30
EOF

record container-evasion volume-binds-host events inspect=keeper <<'EOF'
docker volume create -o type=none -o o=bind -o device=/etc settings
docker create --name keeper -v settings:/settings lab/base:1.0 sleep 30
EOF

before='docker run -d --name web lab/base:1.0 sleep 60'
record container-evasion exec-with-all-privileges containers events <<'EOF'
docker exec --privileged -u 0 web id
EOF

record container-evasion entry-point-replaced containers events <<'EOF'
docker run -d --name web --entrypoint /bin/sh lab/base:1.0 -c 'id; sleep 20'
EOF

before='docker run -d --name web lab/base:1.0 sleep 60'
record container-evasion container-reconfigured events audit=no <<'EOF'
docker update --restart=always web
docker rename web shop-db-1
EOF

before='docker tag lab/base:1.0 tools/runner:latest'
record container-evasion image-by-mutable-tag events audit=no <<'EOF'
docker create --name runner tools/runner sleep 30
EOF

registry_up() {
  docker-registry serve /dev/stdin >"$work/registry.log" 2>&1 <<EOF &
version: 0.1
storage: {filesystem: {rootdirectory: $work/registry}}
http: {addr: "127.0.0.1:5005"}
EOF
  echo $! >"$work/registry.pid"
  sleep 2
  docker tag lab/base:1.0 127.0.0.1:5005/tools/agent:1
  docker push -q 127.0.0.1:5005/tools/agent:1
  docker rmi 127.0.0.1:5005/tools/agent:1
}
before=registry_up
record container-evasion image-from-own-registry events audit=no <<'EOF'
docker pull -q 127.0.0.1:5005/tools/agent:1
docker create --name agent 127.0.0.1:5005/tools/agent:1 sleep 30
EOF
[[ -z $work || ! -e $work/registry.pid ]] || kill "$(cat "$work/registry.pid")"

record container-evasion remote-engine-named <<'EOF'
docker -H tcp://127.0.0.1:2375 run -d lab/base:1.0 sleep 30 || true
docker context create edge --docker host=ssh://ops@127.0.0.1 >/dev/null || true
EOF

before='mkdir -p /run/lab; echo x > /run/lab/podman.sock'
record container-evasion engine-access-widened <<'EOF'
sudo usermod -aG docker mallory
sudo chmod 666 /run/lab/podman.sock
EOF

before='mkdir -p /etc/containers; [[ ! -e /etc/containers/policy.json ]] || cp -p /etc/containers/policy.json "$work/policy.json"'
record container-evasion engine-settings-written watch=/etc/containers/policy.json <<'EOF'
echo '{"default":[{"type":"insecureAcceptAnything"}]}' | sudo tee /etc/containers/policy.json >/dev/null
EOF
[[ -z $work || ! -e $work/policy.json ]] || cp -p "$work/policy.json" /etc/containers/policy.json

# ---------------------------------------------------------------- containers: escapes

record container-evasion kernel-handles containers events <<'EOF'
docker run -d --name web lab/base:1.0 sleep 30
docker exec web sh -c 'echo /tmp/x > /sys/fs/cgroup/rdma/release_agent' || true
docker exec web sh -c 'echo "|/tmp/x" | tee /proc/sys/kernel/core_pattern' || true
EOF

record container-evasion kernel-handle-written watch=/proc/sys/kernel/core_pattern <<'EOF'
cat > same.py <<'END'
pattern = open("/proc/sys/kernel/core_pattern").read()
open("/proc/sys/kernel/core_pattern", "w").write(pattern)
END
sudo python3 same.py
EOF

record container-evasion kernel-module-in-container containers events <<'EOF'
docker run -d --name web lab/base:1.0 sleep 30
docker exec web insmod /tmp/helper.ko || true
EOF

record container-evasion host-file-system-reached containers events <<'EOF'
docker run -d --name web lab/base:1.0 sleep 30
docker exec web mount -t ext4 /dev/vda /mnt || true
docker exec web mknod /tmp/disk b 254 0 || true
docker exec web ls /proc/1/root/etc || true
EOF

record container-evasion engine-client-in-container containers events inspect=agent <<'EOF'
docker run -d --name agent -v /var/run/docker.sock:/var/run/docker.sock -v /usr:/usr:ro -v /lib:/lib:ro -v /lib64:/lib64:ro lab/base:1.0 sleep 30
docker exec agent /usr/bin/docker ps
EOF

record container-evasion metadata-service-asked containers events <<'EOF'
docker run -d --name web --network none --cap-add NET_ADMIN lab/base:1.0 sh -c 'ip link set lo up; ip addr add 169.254.169.254/32 dev lo; nc -l -p 80 </dev/null; sleep 30'
sleep 1
docker exec web nc -w 1 169.254.169.254 80 </dev/null || true
EOF

# ---------------------------------------------------------------- containers: other runtimes

# Keeps what Podman says of a case that was just recorded, and takes its containers and images away.
# podman_said CASE [CONTAINER]
podman_said() {
  [[ $list == no ]] || return 0
  if ((${#wanted[@]})) && [[ " ${wanted[*]} " != *" $1 "* ]]; then return 0; fi
  local base=$out/container-evasion/telemetry/$1
  podman events --stream=false --since "$(cat "$work/since")" --format json | normalise >"$base.podman-events.jsonl"
  [[ $# -lt 2 ]] || podman inspect "$2" | normalise >"$base.podman-inspect.json"
  podman rm -af >/dev/null
  podman rmi -af >/dev/null
}
podman_image='podman import -q "$work/base.tar" localhost/lab/base:1.0; sleep 1; date +%s >"$work/since"'

before=$podman_image
record container-evasion podman-reaches-host <<'EOF'
sudo podman create --name tuner --privileged --pid=host -v /:/host localhost/lab/base:1.0 sleep 30
EOF
podman_said podman-reaches-host tuner

before=$podman_image
record container-evasion podman-thrown-away <<'EOF'
sudo podman --runtime runc run --rm --network none --ulimit nofile=1024:1024 --ulimit nproc=1024:1024 localhost/lab/base:1.0 id
EOF
podman_said podman-thrown-away

before=$podman_image
record container-evasion podman-image-committed audit=no <<'EOF'
sudo podman create --name web localhost/lab/base:1.0 sleep 30
sudo podman commit -q web localhost/shop/web:1.4
sudo podman save -q -o /tmp/web.tar localhost/shop/web:1.4
sudo podman load -q -i /tmp/web.tar
sudo rm -f /tmp/web.tar
EOF
podman_said podman-image-committed

record container-evasion podman-build-in-shared-memory <<'EOF'
mkdir -p /dev/shm/ctx
cp /usr/bin/busybox /dev/shm/ctx/sh
printf 'FROM scratch\nCOPY sh /bin/sh\n' > /dev/shm/ctx/Dockerfile
sudo buildah bud -q -t cache/layer:1 /dev/shm/ctx
sudo buildah rmi -a -f >/dev/null
EOF

before=$guest
record container-evasion runc-by-hand <<'EOF'
mkdir bundle && cd bundle
runc spec
sed -i 's/"terminal": true/"terminal": false/; s/"sh"$/"id"/; s|"path": "rootfs"|"path": "/srv/app/guest"|' config.json
sudo runc run lab-guest
sudo crun --cgroup-manager=disabled run lab-guest || true
EOF

before='docker save lab/base:1.0 -o /srv/app/base.tar; chmod 644 /srv/app/base.tar'
record container-evasion ctr-by-hand containers <<'EOF'
c="sudo ctr -a /var/run/docker/containerd/containerd.sock -n side"
$c images import /srv/app/base.tar
$c run --rm --snapshotter native docker.io/lab/base:1.0 guest id || true
$c images rm docker.io/lab/base:1.0
EOF

before=$guest
record container-evasion nspawn-by-hand <<'EOF'
sudo systemd-nspawn -q -D /srv/app/guest --bind=/etc:/host /bin/id || true
EOF

before=$guest
record container-evasion lxc-by-hand <<'EOF'
sudo lxc-execute -n guest -s lxc.rootfs.path=dir:/srv/app/guest -- /bin/id || true
EOF

before=$guest
record container-evasion sandbox-by-hand <<'EOF'
bwrap --unshare-all --bind /srv/app/guest / --proc /proc /bin/id || true
proot -r /srv/app/guest /bin/id
EOF

# ---------------------------------------------------------------- containers: more known misses

record container-evasion client-renamed <<'EOF'
cp /usr/bin/docker ./kworker
./kworker create --privileged --pid=host -v /:/host lab/base:1.0 sleep 30
EOF

before='docker volume create -o type=none -o o=bind -o device=/etc settings'
record container-evasion volume-of-host-directory audit=no events inspect=keeper <<'EOF'
docker create --name keeper -v settings:/settings lab/base:1.0 sleep 30
EOF

record container-evasion thrown-away-slowly audit=no events <<'EOF'
docker run --rm lab/base:1.0 sh -c 'id; sleep 12'
EOF

before='docker run -d --name web lab/base:1.0 sleep 60'
record container-evasion shell-with-a-command containers events <<'EOF'
echo id | docker exec -i web sh -c 'exec sh'
EOF

before="$podman_image; podman --runtime runc run -d --name web --network none --ulimit nofile=1024:1024 --ulimit nproc=1024:1024 localhost/lab/base:1.0 sleep 60; sleep 1; date +%s >\"\$work/since\""
record container-evasion podman-shell audit=no <<'EOF'
echo id | sudo podman exec -i web /bin/sh
EOF
podman_said podman-shell

record container-evasion image-built-at-home events <<'EOF'
mkdir ctx
cp /usr/bin/busybox ctx/sh
printf 'FROM scratch\nCOPY sh /bin/sh\nCMD ["/bin/sh"]\n' > ctx/Dockerfile
docker build -q -t cache/layer:1.0 ctx
EOF

before=$guest
record container-evasion runtime-renamed <<'EOF'
mkdir bundle && cd bundle
cp /usr/sbin/runc ../kworker
../kworker spec
sed -i 's/"terminal": true/"terminal": false/; s/"sh"$/"id"/; s|"path": "rootfs"|"path": "/srv/app/guest"|' config.json
sudo ../kworker run lab-guest
EOF

record container-evasion kernel-handle-by-script <<'EOF'
cat > same.py <<'END'
pattern = open("/proc/sys/kernel/core_pattern").read()
open("/proc/sys/kernel/core_pattern", "w").write(pattern)
END
sudo python3 same.py
EOF

# ---------------------------------------------------------------- containers: more benign twins

before="$podman_image; mkdir -p /srv/app/public; chown deploy /srv/app/public; echo 'deploy ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/ads-mallory"
record container-evasion podman-service user=deploy <<'EOF'
sudo podman create --name web -v /srv/app/public:/www:ro localhost/lab/base:1.0 httpd -f -p 8080 -h /www
sudo podman ps -a
EOF
podman_said podman-service web
[[ -z $work ]] || echo 'mallory ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/ads-mallory

record container-evasion runtime-queries user=deploy <<'EOF'
runc --version
runc list || true
crun --version
ctr version || true
bwrap --version
systemd-nspawn --version
lxc-ls --version
podman --version
EOF

record container-evasion kernel-handles-read user=deploy <<'EOF'
cat /proc/sys/kernel/core_pattern
/sbin/sysctl kernel.core_pattern || true
mount
cat /proc/self/mountinfo > mounts
ls /proc/1 > /dev/null
EOF

before='docker run -d --name web lab/base:1.0 sleep 60'
record container-evasion service-looked-at user=deploy containers events <<'EOF'
docker exec web ps
docker exec web mount
docker exec web cat /proc/1/status
docker exec web sh -c 'df -h; ls /tmp'
EOF

record container-evasion service-created-in-full user=deploy events inspect=web <<'EOF'
docker volume create -o type=none -o o=bind -o device=/srv/app data
docker create --name web --label com.docker.compose.project=shop --entrypoint /bin/httpd --restart unless-stopped --cap-drop ALL --cap-add NET_BIND_SERVICE --security-opt no-new-privileges -v data:/data --device /dev/fuse lab/base:1.0 -f -p 8080
docker rename web shop-web-1
docker rename shop-web-1 web
docker -H unix:///var/run/docker.sock ps -a
EOF

before="echo 'deploy ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/ads-mallory"
record container-evasion groups-and-sockets user=deploy watch=/srv/app/daemon.json <<'EOF'
sudo usermod -aG audio deploy
touch app.sock
chmod 660 app.sock
echo '{}' > /srv/app/daemon.json
EOF
[[ -z $work ]] || echo 'mallory ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/ads-mallory

before='docker tag lab/base:1.0 registry.example.org/shop/web:1.4.2'
record container-evasion image-of-named-registry user=deploy audit=no events <<'EOF'
docker create --name web registry.example.org/shop/web:1.4.2 sleep 30
EOF
