#!/usr/bin/env python3
"""Real collection tarballs for tests, made once out of a pinned `ansible` sdist and kept between builds.

    real_collections.py CACHE ANSIBLE_VERSION SHA256 ns.name...

Prints the directory that holds them. The sdist comes from the index that pip or uv is configured for
(UV_DEFAULT_INDEX, UV_INDEX_URL, PIP_INDEX_URL); Python's own proxies and SSL_CERT_FILE apply. Any number of
processes may call this at once: one builds, the others wait.
"""
import base64, fcntl, hashlib, json, os, pathlib, shutil, sys, tempfile, time, urllib.error, urllib.request
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

import make_collections

DEFAULT_INDEX = 'https://pypi.org/simple'


def open_url(url, accept='*/*'):
    """urllib leaves user:password@ in the host name; indexes behind a login have it there."""
    parts = urlsplit(url)
    request = urllib.request.Request(
        urlunsplit(parts._replace(netloc=parts.netloc.rpartition('@')[2])), headers={'Accept': accept})
    if parts.username:
        pair = f'{unquote(parts.username)}:{unquote(parts.password or "")}'
        request.add_unredirected_header('Authorization', 'Basic ' + base64.b64encode(pair.encode()).decode())
    return urllib.request.urlopen(request, timeout=60)


def fetch(version, sha256, to):
    index = next((os.environ[k] for k in ('UV_DEFAULT_INDEX', 'UV_INDEX_URL', 'PIP_INDEX_URL') if os.environ.get(k)),
                 DEFAULT_INDEX).rstrip('/') + '/ansible/'
    with open_url(index, 'application/vnd.pypi.simple.v1+json') as answer:
        files = json.load(answer)['files']
    url = next(f['url'] for f in files if f['filename'] == f'ansible-{version}.tar.gz')
    digest = hashlib.sha256()
    with open_url(urljoin(index, url)) as answer, open(to, 'wb') as out:
        while block := answer.read(1 << 20):
            digest.update(block)
            out.write(block)
    if digest.hexdigest() != sha256:
        raise SystemExit(f'ansible-{version}.tar.gz: sha256 is {digest.hexdigest()}, expected {sha256}')


def retried(action, tries=4):
    for n in range(tries):
        try:
            return action()
        except (OSError, ValueError) as e:
            if n == tries - 1 or isinstance(e, urllib.error.HTTPError) and e.code in (401, 403, 404):
                raise
            time.sleep(2 ** n)


def main(cache, version, sha256, *names):
    cache = pathlib.Path(cache)
    cache.mkdir(parents=True, exist_ok=True)
    recipe = pathlib.Path(make_collections.__file__).read_bytes() + '\n'.join((sha256, *sorted(names))).encode()
    done = cache / f'collections-{version}-{hashlib.sha256(recipe).hexdigest()[:12]}'
    with open(cache / 'lock', 'w') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.is_dir():
            sdist = cache / f'ansible-{version}.tar.gz'
            if not sdist.is_file():
                part = sdist.with_suffix('.part')
                retried(lambda: fetch(version, sha256, part))
                part.rename(sdist)
            building = pathlib.Path(tempfile.mkdtemp(prefix='building-', dir=cache))
            try:
                for _, files in sorted(make_collections.read_archive(sdist, names).items()):
                    make_collections.build(files, building)
                built = {'.'.join(p.name.split('-')[:2]) for p in building.iterdir()}
                if missing := set(names) - built:
                    raise SystemExit(f'ansible-{version}.tar.gz holds no {", ".join(sorted(missing))}')
                building.rename(done)
            finally:
                shutil.rmtree(building, ignore_errors=True)
    print(done)


if __name__ == '__main__':
    main(*sys.argv[1:])
