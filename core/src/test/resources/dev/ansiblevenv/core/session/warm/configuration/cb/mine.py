from ansible.plugins.callback import CallbackBase
import atexit
atexit.register(lambda: print('AT EXIT'))
class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = 'notification'
    CALLBACK_NAME = 'mine'
    CALLBACK_NEEDS_ENABLED = True
    def __init__(self):
        super().__init__()
        self.f = open('unclosed.txt','w')
        self.f.write('written')
    def v2_playbook_on_stats(self, stats):
        self._display.display('MINE')
    def __del__(self):
        import sys
        sys.stderr.write('DEL MINE\n')
