from ansible.plugins.strategy.linear import StrategyModule as S
class StrategyModule(S):
    pass
print('ODD LINEAR')
