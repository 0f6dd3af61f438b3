#!/usr/bin/env python3
"""Exhaustive check of query-result validation by table stamps.

One table (committed version, row lock, stamp, announcements pending), the floor of the table hash, one cached query
result Q in a region with a generation, a logical Redis clock.  Invariants: a result that would be served was computed
from the committed version,
  always     (no live writer loses its announcement), but for the time in which a clock that stepped back is not noticed;
  quiescent  (a live writer may outlast its announcement, the table hash may vanish): once every actor has finished.
Arguments name mutations, each of which must be caught:
  late (announce after commit)  wallclock (writers stamp with a clock behind)  nopending  nosettle (no stamp at settle)
  dropothers (a settle ends all announcements)  lapsefree (a lapsed announcement is no stamp)                    (always)
  clockahead (session stamps from a clock ahead)  nogencheck (results from before an eviction enter)             (always)
  keepresults (nodes that notice a clock stepping back only void their stamps, and clear no query region)        (always)
  nofloor (a hash begun anew forgets when)  nolatesettle (a settle without announcement does nothing)         (quiescent)
Without effect, so no rule of safety: `silent` (an announcement leaves the stamp alone: it expires later than every result's).
"""
import sys
from collections import namedtuple
MUT = set(sys.argv[1:])
# Q: None | (session stamp, version, generation);  lapsed: the latest expiry of a lapsed announcement
S = namedtuple('S', 'now ver rowlock Q gen floor stamp pending lapsed epoch actors')

def upd(s, i, a, **kw):
    return s._replace(actors=s.actors[:i] + (a,) + s.actors[i+1:], **kw)

def readable(s):
    if s.Q is None or s.Q[2] != s.gen or s.floor >= s.Q[0] or s.stamp >= s.Q[0]: return False
    return (not s.pending or 'nopending' in MUT) and (s.lapsed < s.Q[0] or 'lapsefree' in MUT)

def put(s, slb, ver, epoch):
    if slb > s.now or epoch != s.epoch: return s.Q
    if slb <= s.gen and 'nogencheck' not in MUT: return s.Q
    if s.Q is not None and s.Q[2] == s.gen and slb <= s.Q[0]: return s.Q
    return slb, ver, s.gen

def succ(s, faults):
    for i, a in enumerate(s.actors):
        k, pc = a[0], a[1]
        t = s.now - (3 if 'wallclock' in MUT else 0)
        if k == 'query':
            if pc == 0:
                for slb in {s.now, max(0, s.now - 1)} | ({s.now + 3} if 'clockahead' in MUT else set()):
                    yield upd(s, i, (k, 1, slb, None, s.epoch), now=s.now + 1)
            elif pc == 1: yield upd(s, i, (k, 2, a[2], s.ver, a[4]))
            elif pc == 2: yield upd(s, i, (k, 9), Q=put(s, *a[2:]), now=s.now + 1)
        elif k == 'writer':
            if i in s.pending and (pc == 8 or faults and pc in (1, 2, 3)):               # the announcement lapses
                yield upd(s, i, (k, 9) if pc == 8 else a, pending=s.pending - {i}, lapsed=s.now, now=s.now + 1)
            if pc == 0:
                stamp = s.stamp if 'silent' in MUT else max(s.stamp, t)
                yield upd(s, i, (k, 1), pending=s.pending | {i}, stamp=stamp, now=s.now + 1)
                if 'late' in MUT: yield upd(s, i, (k, 1))
            elif pc == 1 and s.rowlock is None: yield upd(s, i, (k, 2), rowlock=i)
            elif pc == 2:
                yield upd(s, i, (k, 3), ver=s.ver + 1, rowlock=None)
                yield upd(s, i, (k, 3), rowlock=None)
            elif pc == 3:
                lost = 'nolatesettle' in MUT and i not in s.pending
                rest = frozenset() if 'dropothers' in MUT else s.pending - {i}
                yield upd(s, i, (k, 9), pending=rest, now=s.now + 1,
                          stamp=s.stamp if lost or 'nosettle' in MUT else max(s.stamp, t))
                if not faults: yield upd(s, i, (k, 8))                                   # dies before settling
        elif k == 'evict' and pc == 0:                                                   # changes nothing itself
            yield upd(s, i, (k, 9), gen=max(s.now, s.gen + 1), now=s.now + 1)
        elif k == 'outside':                                                             # commits, then evicts the region
            if pc == 0 and s.rowlock is None: yield upd(s, i, (k, 1), ver=s.ver + 1)
            elif pc == 1: yield upd(s, i, (k, 9), gen=max(s.now, s.gen + 1), now=s.now + 1)
        elif k == 'loss' and pc == 0:                                                    # and somebody begins it anew
            yield upd(s, i, (k, 9), floor=0 if 'nofloor' in MUT else s.now, stamp=0, lapsed=0, pending=frozenset(), now=s.now + 1)
        elif k == 'stepback':
            if pc == 0: yield upd(s, i, (k, 1), now=s.now - 3)
            elif pc == 1:
                gen = s.gen if 'keepresults' in MUT else max(s.now, s.gen + 1)
                yield upd(s, i, (k, 9), gen=gen, epoch=1, now=s.now + 1)

def holds(s, faults):
    if faults: return all(a[1] == 9 for a in s.actors)
    return all(a[1] != 1 for a in s.actors if a[0] in ('outside', 'stepback'))

def check(kinds, faults):
    init = S(5, 0, None, None, 0, 0, 0, frozenset(), 0, 0, tuple((k, 0) for k in kinds))
    parent, todo = {init: None}, [init]
    while todo:
        s = todo.pop()
        if readable(s) and s.Q[1] != s.ver and holds(s, faults):
            path = []
            while s is not None: path.append(s); s = parent[s]
            return len(parent), path[::-1]
        for n in succ(s, faults):
            if n not in parent: parent[n] = s; todo.append(n)
    return len(parent), None

if __name__ == '__main__':
    for kinds in [('query', 'writer'), ('query', 'query', 'writer'), ('query', 'writer', 'writer'),
                  ('query', 'query', 'writer', 'evict'), ('query', 'query', 'outside'), ('query', 'writer', 'stepback'),
                  ('query', 'query', 'writer', 'stepback'), ('query', 'writer', 'loss'), ('query', 'query', 'writer', 'loss'),
                  ('query', 'query', 'writer', 'writer'), ('query', 'query', 'query', 'writer')]:
        for faults in (False, True):
            if 'stepback' in kinds if faults else 'loss' in kinds: continue
            if faults and len(kinds) > 3 and 'loss' not in kinds: continue
            n, path = check(kinds, faults)
            print(f"{'+'.join(kinds):35} {'quiescent' if faults else 'always':10} {n:8} states  {'ok' if path is None else 'STALE'}", flush=True)
            if path:
                for p in path: print('    ', p)
                sys.exit(1)
