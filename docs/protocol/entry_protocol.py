#!/usr/bin/env python3
"""Exhaustive check of the entry protocol: every interleaving of a few actors on one row.

State: a database row (committed version, row lock), one cache entry E, its fence stripe, one region record R, a
logical Redis clock.  Two invariants:
  always     (no live writer loses its hold, Redis drops values only): a readable entry is the committed version.
  quiescent  (a live writer may stall past its lock timeout, Redis may drop anything): once every actor has
             finished, a readable entry is the committed version.  (A writer that stalls past its hold, commits
             and then dies before releasing is two faults: stale until the entry's TTL.)  Once for each writer,
             its lock arrives again, as a renewal or a retry does, be it after its commit or its release.
Arguments name mutations, each of which must be caught:
  nofence noregionfence ignoreconcurrent nogencheck nolock lateLock clockahead nobump evictlock   (always)
  lapsefree (a lapsed hold leaves no fence)                                                        (always)
  silentrelease (a release that lost its hold does nothing)                                        (quiescent)
  forgetlock (a release does not name the lock that its commit was made under)                     (quiescent)
"""
import sys
from collections import namedtuple

MUT = set(sys.argv[1:])
ABSENT = ('A',)
# E: ('A',) | ('V', gen, ver, stamp) | ('L', frozenset(holders), concurrent, t0) | ('X', expiry): a lapsed lock
# R: (gen, frozenset(bulk lock holders));  fence: the stamp in the entry's fence stripe
S = namedtuple('S', 'now ver rowlock E fence R actors')

def readable(s):
    return s.E[0] == 'V' and s.E[1] == s.R[0] and not s.R[1]

def upd(s, i, a, **kw):
    return s._replace(actors=s.actors[:i] + (a,) + s.actors[i+1:], **kw)

def put_from_load(s, slb, ver):
    gen, bulk = s.R
    e, fence = s.E, s.fence
    if e[0] == 'X' and 'lapsefree' not in MUT: fence = max(fence, e[1])
    if 'noregionfence' not in MUT and slb <= gen: return e, s.fence
    if bulk or e[0] == 'L': return e, s.fence
    if 'nofence' not in MUT and slb <= fence: return e, s.fence
    if e[0] == 'V' and e[1] == gen and slb <= e[3]: return e, s.fence
    return ('V', gen, ver, slb), fence

def lock(s, i):
    """Answers the entry, the fence, and the stamp by which the release knows its lock."""
    e = s.E
    if e[0] == 'L': e = ('L', e[1] | {i}, e[2] or i not in e[1], e[3])
    else: e = ('L', frozenset({i}), False, s.now)
    f = max(s.fence, s.E[1]) if s.E[0] == 'X' else s.fence
    return e, max(f, s.now), e[3]

def succ(s, faults):
    live_readers_before = lambda t: any(x[0] == 'reader' and x[1] in (1, 2) and x[2] <= t for x in s.actors)
    if s.E[0] == 'X' and not live_readers_before(s.E[1]):
        yield s._replace(E=ABSENT)                        # horizon over: readers from before it may not put anyway
    if s.E[0] == 'V' or (faults and s.E[0] != 'A'):
        if s.now < 30: yield s._replace(E=ABSENT, now=s.now)          # TTL or maxmemory
    for i, a in enumerate(s.actors):
        k, pc = a[0], a[1]
        if k == 'reader':
            if pc == 0:
                for slb in {s.now, max(0, s.now-1)} | ({s.now+3} if 'clockahead' in MUT else set()):
                    yield upd(s, i, (k, 1, slb, None), now=s.now+1)
            elif pc == 1: yield upd(s, i, (k, 2, a[2], s.ver))
            elif pc == 2:
                e, f = put_from_load(s, a[2], a[3])
                yield upd(s, i, (k, 9, None, None), E=e, fence=f, now=s.now+1)
                yield upd(s, i, (k, 9, None, None))
        elif k == 'writer':
            dead = pc == 8
            if s.E[0] == 'L' and i in s.E[1] and (dead or (faults and pc in (1, 2, 3, 4))):
                rest = s.E[1] - {i}                       # the hold lapses
                e = ('L', rest, True, s.E[3]) if rest else ('X', s.now)
                f = s.fence if 'lapsefree' in MUT else max(s.fence, s.now)
                yield upd(s, i, (k, 9, 0, 0, False) if dead else a, E=e, fence=f if rest else s.fence, now=s.now+1)
            if faults and pc in (1, 2, 3, 4, 9) and a[4]:         # the lock arrives again; who commits may know of it
                e, f, t0 = lock(s, i)
                yield upd(s, i, (k, 8 if pc == 9 else pc, a[2], a[3], False), E=e, fence=f, now=s.now+1)
                if pc in (1, 2): yield upd(s, i, (k, pc, a[2], t0, False), E=e, fence=f, now=s.now+1)
            if pc == 0:
                e, f, t0 = lock(s, i)
                if 'nolock' in MUT: e = s.E
                yield upd(s, i, (k, 1, 0, t0, True), E=e, fence=f, now=s.now+1)
                if 'lateLock' in MUT: yield upd(s, i, (k, 1, 0, 0, True))
            elif pc == 1 and s.rowlock is None:
                yield upd(s, i, (k, 2, *a[2:]), rowlock=i)
            elif pc == 2:
                yield upd(s, i, (k, 3, s.ver+1, *a[3:]), ver=s.ver+1, rowlock=None)     # commit
                yield upd(s, i, (k, 4, *a[2:]), rowlock=None)                           # rollback
            elif pc in (3, 4):
                e, f = s.E, max(s.fence, s.now)
                gen, bulk = s.R
                if e[0] == 'L' and i in e[1]:
                    rest = e[1] - {i}
                    if rest: e2 = ('L', rest, True, e[3])
                    elif pc == 3 and (not e[2] or 'ignoreconcurrent' in MUT) and not bulk \
                            and (gen < e[3] or 'nogencheck' in MUT) \
                            and (a[3] == e[3] or 'forgetlock' in MUT): e2 = ('V', gen, a[2], s.now)
                    else: e2 = ABSENT
                elif 'silentrelease' in MUT: e2, f = e, s.fence
                elif e[0] == 'L': e2 = ('L', e[1], True, e[3])                  # ours was lost: forbid theirs
                else: e2 = ABSENT
                yield upd(s, i, (k, 9, 0, 0, a[4] and faults), E=e2, fence=f, now=s.now+1)
                if not faults: yield upd(s, i, (k, 8, 0, 0, False))             # dies before releasing
            elif dead and not (s.E[0] == 'L' and i in s.E[1]):
                yield upd(s, i, (k, 9, 0, 0, False))
        elif k == 'bulk':
            gen, bulk = s.R
            g = gen if 'nobump' in MUT else max(s.now, gen + 1)
            if pc == 0: yield upd(s, i, (k, 1), R=(g, bulk | {i}), now=s.now+1)
            elif pc == 1 and s.rowlock is None: yield upd(s, i, (k, 2), rowlock=i)
            elif pc == 2:
                yield upd(s, i, (k, 3), ver=s.ver+1, rowlock=None)
                yield upd(s, i, (k, 3), rowlock=None)
            elif pc == 3:
                yield upd(s, i, (k, 9), R=(g, bulk - {i}), now=s.now+1)
        elif k == 'evict' and pc == 0:
            e = ('L', s.E[1], True, s.E[3]) if s.E[0] == 'L' and 'evictlock' not in MUT else ABSENT
            yield upd(s, i, (k, 9), E=e, fence=max(s.fence, s.now), now=s.now+1)
        elif k == 'regionevict' and pc == 0:
            yield upd(s, i, (k, 9), R=(max(s.now, s.R[0] + 1), s.R[1]), now=s.now+1)

def check(kinds, faults):
    init = S(5, 0, None, ABSENT, 0, (0, frozenset()), tuple((k, 0, 0, 0, True) if k == 'writer' else (k, 0) for k in kinds))
    parent, todo = {init: None}, [init]
    while todo:
        s = todo.pop()
        if readable(s) and s.E[2] != s.ver and (not faults or all(x[1] == 9 for x in s.actors)):
            path = []
            while s is not None: path.append(s); s = parent[s]
            return len(parent), path[::-1]
        for n in succ(s, faults):
            if n not in parent: parent[n] = s; todo.append(n)
    return len(parent), None

if __name__ == '__main__':
    bad = 0
    for kinds in [('reader','writer'), ('writer','writer'), ('reader','reader','writer'), ('reader','writer','writer'),
                  ('reader','writer','bulk'), ('reader','bulk','bulk'), ('reader','writer','evict'),
                  ('reader','reader','writer','evict'), ('reader','writer','bulk','evict'),
                  ('reader','writer','bulk','regionevict'), ('reader','reader','writer','regionevict'),
                  ('reader','reader','writer','writer'), ('reader','reader','writer','bulk')]:
        for faults in (False, True):
            if faults and len(kinds) > 3: continue
            n, path = check(kinds, faults)
            print(f"{'+'.join(kinds):40} {'quiescent' if faults else 'always':10} {n:9} states  {'ok' if path is None else 'STALE'}", flush=True)
            if path:
                for p in path[-14:]: print('    ', p)
                sys.exit(1)
