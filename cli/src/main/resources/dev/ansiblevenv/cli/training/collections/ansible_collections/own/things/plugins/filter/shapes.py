class FilterModule(object):
    def filters(self):
        return {"rounded": round}
