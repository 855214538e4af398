from ansible.plugins.connection import ConnectionBase
print('SHADOWED LOCAL')
class Connection(ConnectionBase):
    transport='local'
    def _connect(self): return self
    def close(self): pass
    def exec_command(self, cmd, in_data=None, sudoable=True):
        import subprocess
        r=subprocess.run(cmd,shell=True,input=in_data,capture_output=True)
        return r.returncode,r.stdout,r.stderr
    def put_file(self, a, b):
        import shutil
        shutil.copy(a,b)
    def fetch_file(self, a, b): pass
