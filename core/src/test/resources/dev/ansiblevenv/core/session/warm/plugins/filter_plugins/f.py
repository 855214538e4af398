class FilterModule:
    def filters(self): return {'twice': lambda x: x*2}
