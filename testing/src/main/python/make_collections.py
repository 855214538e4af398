#!/usr/bin/env python3
"""Rebuild Galaxy collection tarballs out of a PyPI `ansible` sdist or wheel.

    make_collections.py OUT_DIR ARCHIVE... [--only ns.name ...]

Every collection inside the archive still has its MANIFEST.json and FILES.json.
exact : every path in FILES.json is there (ansible sdists from 11.11/12.1 on): both files are kept as published.
pruned: some are missing (wheels and older sdists lack tests/, docs/, .github/): FILES.json is cut down to what
        is there and MANIFEST.json's checksum of it is recomputed, so the artifact is self-consistent again.
A source file whose checksum differs from FILES.json is an error. Output is reproducible (mtime 0, sorted).
"""
import argparse, gzip, hashlib, io, json, pathlib, tarfile, zipfile

SHA = lambda b: hashlib.sha256(b).hexdigest()


def read_archive(path, only=()):
    """{'ns/name': {relative path: (bytes, executable)}}"""
    out, prefixes = {}, [f'/ansible_collections/{n.replace(".", "/")}/' for n in only]

    def wanted(name):
        return not prefixes or any(p in '/' + name for p in prefixes)

    def add(name, data, mode):
        _, sep, rest = ('/' + name).partition('/ansible_collections/')
        parts = rest.split('/', 2)
        if sep and len(parts) == 3:
            out.setdefault('/'.join(parts[:2]), {})[parts[2]] = (data, bool(mode & 0o100))

    if path.suffix == '.whl':
        with zipfile.ZipFile(path) as z:
            for i in z.infolist():
                if not i.is_dir() and wanted(i.filename):
                    add(i.filename, z.read(i), i.external_attr >> 16)
    else:
        with tarfile.open(path) as t:
            for m in t:
                if not wanted(m.name):
                    continue
                if m.isfile():
                    add(m.name, t.extractfile(m).read(), m.mode)
                elif m.issym():      # ansible-galaxy stores links inside the collection as links
                    add(m.name, ('link', m.linkname), m.mode)
    return out


def target(files, name, link):
    p = pathlib.PurePosixPath(name).parent
    for part in link.split('/'):
        p = p.parent if part == '..' else p if part == '.' else p / part
    return files.get(str(p))


def build(files, out_dir):
    manifest, index = (json.loads(files[n][0]) for n in ('MANIFEST.json', 'FILES.json'))
    info = manifest['collection_info']
    kept, missing = [], 0
    for f in index['files']:
        if f['ftype'] == 'file':
            if f['name'] not in files:
                missing += 1
                continue
            data = files[f['name']][0]
            if isinstance(data, tuple):
                t = target(files, f['name'], data[1])
                data = t[0] if t else None
                if data is None:
                    missing += 1
                    continue
            assert SHA(data) == f['chksum_sha256'], (info['name'], f['name'], 'checksum')
        kept.append(f)
    if missing:
        names = [f['name'] for f in kept if f['ftype'] == 'file']
        dirs = {'.'} | {str(p) for n in names for p in pathlib.PurePosixPath(n).parents}
        kept = [f for f in kept if f['ftype'] == 'file' or f['name'] in dirs]
        index['files'] = kept
        files['FILES.json'] = (json.dumps(index, indent=True).encode(), False)
        manifest['file_manifest_file']['chksum_sha256'] = SHA(files['FILES.json'][0])
        files['MANIFEST.json'] = (json.dumps(manifest, indent=True).encode(), False)

    path = out_dir / '{namespace}-{name}-{version}.tar.gz'.format(**info)
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode='w', format=tarfile.PAX_FORMAT) as t:
        def put(name, data=b'', mode=0o644, typ=tarfile.REGTYPE, link=''):
            ti = tarfile.TarInfo(name)
            ti.size, ti.mode, ti.type, ti.linkname = len(data), mode, typ, link
            t.addfile(ti, io.BytesIO(data))
        for n in ('MANIFEST.json', 'FILES.json'):      # ansible-galaxy also writes these two first
            put(n, files[n][0])
        for f in kept:
            if f['name'] == '.':
                continue
            if f['ftype'] == 'dir':
                put(f['name'], mode=0o755, typ=tarfile.DIRTYPE)
                continue
            data, exe = files[f['name']]
            if isinstance(data, tuple):
                put(f['name'], mode=0o755, typ=tarfile.SYMTYPE, link=data[1])
            else:
                put(f['name'], data, 0o755 if exe else 0o644)
    with open(path, 'wb') as fh, gzip.GzipFile('', 'wb', 9, fh, mtime=0) as gz:
        gz.write(raw.getvalue())
    return path, missing, len(kept)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('out', type=pathlib.Path)
    ap.add_argument('archive', type=pathlib.Path, nargs='+')
    ap.add_argument('--only', nargs='*', help='ns.name; all if not given')
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    for archive in a.archive:
        for _, files in sorted(read_archive(archive, a.only or ()).items()):
            path, missing, n = build(files, a.out)
            kind = f'pruned (-{missing})' if missing else 'exact'
            print(f'{path.name:60} {path.stat().st_size / 1e6:7.2f} MB {n:6} entries  {kind}', flush=True)


if __name__ == '__main__':
    main()
