#!/usr/bin/env python3
"""Minimal Galaxy v3 server for tests: a directory of collection tarballs, stdlib only, loopback only.

    galaxy_server.py --artifacts DIR [--token T] [--publish] [--page N] [--relative] [--style pulp|amanda]
                     [--redirect] [--download-host URL] [--delay-ms N] [--fail N:STATUS] [--fail-download N:STATUS]
                     [--truncate N] [--corrupt ns-name-version] [--roles DIR] [--log FILE]

Client URL: http://127.0.0.1:PORT/api/   (v3 routes below it). The first line on stdout names it.
ns-name-1.0.0.asc beside a tarball is its signature. DIR holds roles as owner.name,version.tar.gz; an owner.name
alone is a role without versions. Ends when its standard input does, so that no test
leaves it behind.
"""
import argparse, email, email.policy, hashlib, json, os, pathlib, re, sys, tarfile, threading, time, uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

INDEX = '/api/v3/plugin/ansible/content/published/collections/index/'     # where the public Galaxy redirects to
SEMVER = re.compile(r'(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$')


def semver_key(v):
    a, b, c, pre = SEMVER.match(v).groups()
    ids = tuple((0, int(x), '') if x.isdigit() else (1, 0, x) for x in pre.split('.')) if pre else ()
    return int(a), int(b), int(c), pre is None, ids


class Store:
    def __init__(self, root):
        self.root, self.by_name, self.lock = pathlib.Path(root), {}, threading.Lock()
        for p in sorted(self.root.glob('*.tar.gz')):
            self.add(p)

    def add(self, path):
        requires, files = None, None
        with tarfile.open(path) as t:
            for m in t:
                if m.name == 'MANIFEST.json':
                    manifest = json.load(t.extractfile(m))
                elif m.name == 'FILES.json':
                    files = t.extractfile(m).read()
                    has_runtime = b'"meta/runtime.yml"' in files
                elif m.name == 'meta/runtime.yml':
                    got = re.search(rb'^requires_ansible:\s*["\']?([^"\'\n#]+)', t.extractfile(m).read(), re.M)
                    requires = got and got[1].decode().strip()
                    break
                if m.name not in ('MANIFEST.json', 'FILES.json') and not has_runtime:
                    break
        info = manifest['collection_info']
        data = path.read_bytes()
        ts = time.strftime('%Y-%m-%dT%H:%M:%S.000000Z', time.gmtime(path.stat().st_mtime))
        v = dict(info=info, path=path, size=len(data), sha=hashlib.sha256(data).hexdigest(), requires=requires, ts=ts,
                 manifest=manifest, files=json.loads(files))
        with self.lock:
            self.by_name.setdefault((info['namespace'], info['name']), {})[info['version']] = v
        return v


class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    seen, downloads, tasks, lock = 0, 0, {}, threading.Lock()

    def log_message(self, fmt, *args):
        if self.server.log:
            kind = (self.headers.get('Authorization') or '-').split()[0]     # the scheme only: a log is no place for a token
            print(f'{self.command} {self.path} {args[1]} {kind}', file=self.server.log, flush=True)

    def reply(self, status, body=b'', ctype='application/json', headers=()):
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
        self.send_response(status)
        self.send_header('Content-Type', ctype)
        self.send_header('Content-Length', str(len(body)))
        for h in headers:
            self.send_header(*h)
        self.end_headers()
        if self.command != 'HEAD':
            self.wfile.write(body)

    def error(self, status, title, code):
        self.reply(status, {'errors': [{'status': str(status), 'code': code, 'title': title}]})

    def begin(self):
        o = self.server.opt
        if o.delay_ms:
            time.sleep(o.delay_ms / 1000)
        with self.lock:
            Handler.seen += 1
            n = Handler.seen
        if o.fail and n <= int(o.fail.split(':')[0]):
            self.error(int(o.fail.split(':')[1]), 'injected', 'injected')
            return False
        if o.token and self.headers.get('Authorization') not in (f'Token {o.token}', f'Bearer {o.token}'):
            self.error(401, 'Authentication credentials were not provided.', 'not_authenticated')
            return False
        return True

    @property
    def base(self):
        return '' if self.server.opt.relative else f"http://{self.headers['Host']}"

    def do_GET(self):
        if not self.begin():
            return
        url = urlsplit(self.path)
        path, q, o = url.path, {k: v[0] for k, v in parse_qs(url.query).items()}, self.server.opt
        if path in ('/api', '/api/'):
            known = {'v3': 'v3/'} | ({'v1': 'v1/'} if o.roles else {})
            return self.reply(200, {'available_versions': known, 'description': 'test Galaxy'})
        if o.roles and (path.startswith('/api/v1/roles/') or path.startswith('/roles/')):
            return self.role(path, q)
        if m := re.fullmatch(r'/artifacts/([^/]+)', path):
            f = self.server.store.root / m[1]
            if not f.is_file():
                return self.error(404, 'Not found.', 'not_found')
            if o.download_host:
                return self.reply(302, headers=[('Location', o.download_host.rstrip('/') + path)])
            with self.lock:
                Handler.downloads += 1
                n = Handler.downloads
            if o.fail_download and n <= int(o.fail_download.split(':')[0]):
                return self.error(int(o.fail_download.split(':')[1]), 'injected', 'injected')
            data = f.read_bytes()
            if n <= o.truncate:
                self.send_response(200)
                self.send_header('Content-Length', str(len(data)))
                self.end_headers()
                self.wfile.write(data[:len(data) // 2])
                self.close_connection = True
                return
            if o.corrupt and m[1].startswith(o.corrupt):
                data = data[:-1] + bytes([data[-1] ^ 1])
            return self.reply(200, data, 'application/gzip')
        if m := re.fullmatch(r'/api/v3/imports/collections/([^/]+)/?', path):
            t = self.tasks.get(m[1])
            return self.reply(200, t) if t else self.error(404, 'Not found.', 'not_found')
        m = re.fullmatch(r'(/api/v3/collections/|' + INDEX + ')([^/]+)/([^/]+)(?:/(versions)(?:/([^/]+))?)?/?', path)
        if m and o.redirect and m[1] != INDEX:
            return self.reply(302, headers=[('Location', INDEX + self.path.split('/collections/', 1)[1])])
        versions = m and self.server.store.by_name.get((m[2], m[3]))
        if not versions:
            return self.error(404, 'Not found.', 'not_found')
        root, ns, name, what, ver = m.groups()
        href = f"{self.base if o.style == 'amanda' else ''}{root}{ns}/{name}/"
        order = sorted(versions, key=semver_key, reverse=True)
        if not what:
            top = next((v for v in order if '-' not in v), order[0])
            return self.reply(200, {
                'href': href, 'namespace': ns, 'name': name, 'deprecated': False, 'versions_url': href + 'versions/',
                'highest_version': {'href': f'{href}versions/{top}/', 'version': top},
                'created_at': versions[order[-1]]['ts'], 'updated_at': max(v['ts'] for v in versions.values())})
        if not ver:
            rows = [{'version': v, 'href': f'{href}versions/{v}/', 'created_at': versions[v]['ts'],
                     'updated_at': versions[v]['ts'], 'requires_ansible': versions[v]['requires'], 'marks': []}
                    for v in order]
            if o.style == 'amanda':              # everything at once, no links
                return self.reply(200, {'data': [{k: r[k] for k in ('href', 'version')} for r in rows]})
            n = min(int(q.get('limit', 10)), o.page or 10 ** 6)
            off = int(q.get('offset', 0))
            link = lambda at: f"{urlsplit(href).path}versions/?limit={n}&offset={at}"
            last = max(0, len(rows) - n)
            return self.reply(200, {
                'meta': {'count': len(rows)},
                'links': {'first': link(0), 'previous': link(max(0, off - n)) if off else None,
                          'next': link(off + n) if off + n < len(rows) else None, 'last': link(last)},
                'data': rows[off:off + n]})
        v = versions.get(ver)
        if not v:
            return self.error(404, 'Not found.', 'not_found')
        sig = v['path'].with_name(v['path'].name[:-7] + '.asc')
        self.reply(200, {
            'version': ver, 'href': f'{href}versions/{ver}/', 'created_at': v['ts'], 'updated_at': v['ts'],
            'requires_ansible': v['requires'], 'marks': [],
            'artifact': {'filename': v['path'].name, 'sha256': v['sha'], 'size': v['size']},
            'collection': {'id': f'{ns}.{name}', 'name': name, 'href': href},
            'download_url': f"{self.base}/artifacts/{v['path'].name}", 'name': name,
            'namespace': {'name': ns, 'metadata_sha256': None},
            'signatures': [{'signature': sig.read_text()}] if sig.exists() else [],
            'metadata': {k: v['info'].get(k) for k in (
                'authors', 'dependencies', 'description', 'documentation', 'homepage', 'issues', 'license',
                'repository', 'tags')} | {'contents': []},
            'git_url': None, 'git_commit_sha': None, 'manifest': v['manifest'],
            'files': None if o.style == 'amanda' else v['files']})

    def role(self, path, q):
        root = pathlib.Path(self.server.opt.roles)
        if path.startswith('/roles/'):
            f = root / pathlib.Path(path).name
            return self.reply(200, f.read_bytes(), 'application/gzip') if f.is_file() else self.error(404, 'Not found.', 'not_found')
        names = sorted({f.name[:-7].split(',')[0] for f in root.glob('*.tar.gz')})
        if path == '/api/v1/roles/':
            name = f"{q.get('owner__username')}.{q.get('name')}"
            found = [{'id': names.index(name) + 1, 'name': q['name'], 'github_user': q['owner__username'],
                      'github_repo': q['name'], 'github_branch': 'main'}] if name in names else []
            return self.reply(200, {'count': len(found), 'next_link': None, 'results': found})
        m = re.fullmatch(r'/api/v1/roles/(\d+)/versions/', path)
        if not m or not 0 < int(m[1]) <= len(names):
            return self.error(404, 'Not found.', 'not_found')
        files = sorted(root.glob(names[int(m[1]) - 1] + ',*.tar.gz'))
        rows = [{'name': f.name[:-7].split(',')[1], 'download_url': f"http://{self.headers['Host']}/roles/{f.name}"}
                for f in files]
        at = int(q.get('page', 1)) - 1                                # two versions a page
        more = f'/api/v1/roles/{m[1]}/versions/?page={at + 2}' if len(rows) > 2 * at + 2 else None
        self.reply(200, {'count': len(rows), 'next_link': more, 'results': rows[2 * at:2 * at + 2]})

    do_HEAD = do_GET

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get('Content-Length') or 0))
        if not self.begin():
            return
        if urlsplit(self.path).path != '/api/v3/artifacts/collections/' or not self.server.opt.publish:
            return self.error(404, 'Not found.', 'not_found')
        msg = email.message_from_bytes(b'Content-Type: ' + self.headers['Content-Type'].encode() + b'\r\n\r\n' + body,
                                       policy=email.policy.HTTP)
        parts = {p.get_param('name', header='Content-Disposition'): p for p in msg.iter_parts()}
        data, sha = parts['file'].get_payload(decode=True), parts['sha256'].get_payload(decode=True).decode().strip()
        name = pathlib.Path(parts['file'].get_filename()).name
        if hashlib.sha256(data).hexdigest() != sha:
            return self.error(400, 'The sha256 does not match.', 'invalid')
        dst = self.server.store.root / name
        if dst.exists():
            return self.error(409, f'Artifact {name} already exists', 'conflict.collection_exists')
        dst.write_bytes(data)
        self.server.store.add(dst)
        task = str(uuid.uuid4())
        self.tasks[task] = {'id': task, 'state': 'completed', 'messages': [], 'error': None,
                            'started_at': time.strftime('%FT%TZ'), 'finished_at': time.strftime('%FT%TZ')}
        self.reply(202, {'task': f'{self.base}/api/v3/imports/collections/{task}/'})


class Server(ThreadingHTTPServer):
    request_queue_size = 64

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):      # a client that goes away is nothing to talk about
            super().handle_error(request, client_address)


def end_with_stdin():
    sys.stdin.buffer.read()
    os._exit(0)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--artifacts', required=True)
    ap.add_argument('--token', help='401 without `Authorization: Token T` or `Bearer T`')
    ap.add_argument('--publish', action='store_true')
    ap.add_argument('--page', type=int, help='cap on the page size, so that a short list spans pages')
    ap.add_argument('--relative', action='store_true', help='hrefs and download_url without scheme and host')
    ap.add_argument('--style', choices=('pulp', 'amanda'), default='pulp')
    ap.add_argument('--redirect', action='store_true', help='302 from /api/v3/collections/… as the public Galaxy does')
    ap.add_argument('--delay-ms', type=int, default=0, help='latency added to each request')
    ap.add_argument('--fail', help='N:STATUS, the first N requests answer STATUS (429, 502, 520 are retried)')
    ap.add_argument('--fail-download', help='N:STATUS, the first N downloads of a tarball answer STATUS')
    ap.add_argument('--truncate', type=int, default=0, help='the first N downloads break off in the middle')
    ap.add_argument('--download-host', metavar='URL', help='302 from /artifacts/FILE to URL/artifacts/FILE')
    ap.add_argument('--corrupt', help='flip a byte of tarballs whose name starts so')
    ap.add_argument('--roles', help='a directory of roles, owner.name,version.tar.gz, served by the v1 API')
    ap.add_argument('--log')
    o = ap.parse_args()
    srv = Server(('127.0.0.1', 0), Handler)
    srv.opt, srv.store = o, Store(o.artifacts)
    srv.log = open(o.log, 'w') if o.log else None
    print(f'http://127.0.0.1:{srv.server_port}/api/', flush=True)
    threading.Thread(target=end_with_stdin, daemon=True).start()
    srv.serve_forever()


if __name__ == '__main__':
    main()
