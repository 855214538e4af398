import os
class FilterModule:
    def filters(self): return {'die': lambda x: os.kill(os.getpid(), 9)}
