from ansible.plugins.callback import CallbackBase
import os,signal
class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = 'notification'
    CALLBACK_NAME = 'die'
    CALLBACK_NEEDS_ENABLED = False
    def v2_playbook_on_stats(self, stats):
        raise BaseException("odd")
