namespace AirportOps.Cleaning.Seen;

/// <summary>
/// The ids of accepted events, remembered for a span of arrival time. An id counts as remembered when the event asking arrived at most the
/// horizon after the accepted one, whenever anything was evicted: the outcome follows from arrivals alone, so the same records cut into
/// other windows, or read again after a restart, give the same outcomes. That holds while a record arrives at most <see cref="Slack"/>
/// earlier than any before it. At most 48 bytes an event, up to a limit beyond which ids are remembered on disk, with the same outcomes. Not
/// thread-safe. Where there is a limit, any call that remembers may end in <see cref="IOException"/>.
/// </summary>
/// <remarks>
/// Entries lie in the order of acceptance in chunks of 64 KiB, 32 bytes each; a hash index of 5 bytes a slot points at them. Forgetting moves
/// the head of the queue and leaves the index alone: a slot that points before the head is a gravestone, gone at the next rebuild.
/// </remarks>
public sealed partial class SeenEvents
{
    /// <summary>How much longer than the horizon entries are kept, for records that arrive out of order.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    private const int ChunkBits = 11;
    private const int ChunkSize = 1 << ChunkBits;
    private const long EntryBytes = 32;
    private const long SlotBytes = 5;
    private const int SmallestIndex = 1024;
    private const int MostSpareChunks = 4;

    private readonly long _horizonMicros;
    private readonly long _retentionMicros;
    private readonly Stack<AcceptedEvent[]> _spare = new(MostSpareChunks);
    private AcceptedEvent[]?[] _chunks = new AcceptedEvent[4][];

    /// <summary>Slot tags: 0 free, else 7 bits of the id with the top bit set.</summary>
    private byte[] _tags = new byte[SmallestIndex];
    private uint[] _slots = new uint[SmallestIndex];
    private int _slotsUsed;
    private long _head;
    private long _tail;
    private long _latestArrival = long.MinValue;

    /// <summary>Remembers nothing yet.</summary>
    /// <param name="horizon">How long an id is remembered, by arrival; null for ever, as over the whole input of <c>clean</c>.</param>
    /// <param name="limit">How many ids stay in memory; null for all.</param>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is negative, or the limit under 1.</exception>
    public SeenEvents(TimeSpan? horizon, SeenLimit? limit = null)
    {
        if (limit is not null)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(limit.InMemory, 1, nameof(limit));
            (_runs, _mostInMemory) = (new SeenRuns(limit.Folder), limit.InMemory);
        }

        if (horizon is { } span)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero, nameof(horizon));
        }

        _horizonMicros = horizon is { } given ? given.Ticks / TimeSpan.TicksPerMicrosecond : long.MaxValue;
        _retentionMicros = horizon is { } kept ? (kept + Slack).Ticks / TimeSpan.TicksPerMicrosecond : long.MaxValue;
        Horizon = horizon;
    }

    /// <summary>How long an id is remembered, by arrival; null for ever.</summary>
    public TimeSpan? Horizon { get; }

    /// <summary>How far back, by arrival, accepted events have to be read back after a restart: horizon and slack; null for all.</summary>
    public TimeSpan? Retention => Horizon + Slack;

    /// <summary>
    /// Entries held, in memory and on disk: those within the horizon and its slack, an id accepted twice counted twice; on disk some older ones too.
    /// </summary>
    public long Count => InMemory + (_runs?.Count ?? 0);

    /// <summary>Bytes of memory held by entries and indexes.</summary>
    public long ApproximateBytes =>
        ((((_tail + ChunkSize - 1) >> ChunkBits) - (_head >> ChunkBits) + _spare.Count) * ChunkSize * EntryBytes) + (_tags.Length * SlotBytes)
        + (_runs?.Bytes ?? 0);

    private long InMemory => _tail - _head;

    /// <summary>Asks for an event's id and remembers it when it is new.</summary>
    /// <param name="accepted">The event's hashes and its arrival.</param>
    public SeenOutcome TryAccept(in AcceptedEvent accepted)
    {
        Forget(accepted.ArrivedMicros);
        var slot = Find(accepted.Id);
        if (_tags[slot] != 0)
        {
            ref readonly var known = ref Entry(NumberIn(slot));
            if (IsWithinHorizon(accepted.ArrivedMicros, known.ArrivedMicros))
            {
                return known.Content == accepted.Content ? SeenOutcome.Duplicate : SeenOutcome.Conflict;
            }
        }
        else if (_runs is not null && _runs.TryFind(accepted.Id, out var spilled) && IsWithinHorizon(accepted.ArrivedMicros, spilled.ArrivedMicros))
        {
            return spilled.Content == accepted.Content ? SeenOutcome.Duplicate : SeenOutcome.Conflict;
        }

        Append(slot, accepted);
        return SeenOutcome.New;
    }

    /// <summary>
    /// Remembers an event accepted before a restart. To be called in the order of acceptance, with all that arrived up to
    /// <see cref="Retention"/> before the newest.
    /// </summary>
    /// <param name="accepted">What the window stored.</param>
    public void Add(in AcceptedEvent accepted)
    {
        Forget(accepted.ArrivedMicros);
        Append(Find(accepted.Id), accepted);
    }

    private bool IsWithinHorizon(long arrived, long knownArrived) =>
        _horizonMicros == long.MaxValue || arrived - knownArrived <= _horizonMicros;

    private void Forget(long arrived)
    {
        _latestArrival = Math.Max(_latestArrival, arrived);
        if (_retentionMicros == long.MaxValue)
        {
            return;
        }

        while (_head < _tail && _latestArrival - Entry(_head).ArrivedMicros > _retentionMicros)
        {
            _head++;
            if ((_head & (ChunkSize - 1)) == 0)
            {
                ReleaseChunk((_head >> ChunkBits) - 1);
            }
        }
    }

    private void ReleaseChunk(long chunk)
    {
        ref var place = ref _chunks[chunk & (_chunks.Length - 1)];
        if (_spare.Count < MostSpareChunks)
        {
            _spare.Push(place!);
        }

        place = null;
    }

    private ref AcceptedEvent Entry(long number) =>
        ref _chunks[(number >> ChunkBits) & (_chunks.Length - 1)]![number & (ChunkSize - 1)];

    /// <summary>The number of the entry a slot points at, of which the slot holds the low 32 bits; before the head for a gravestone.</summary>
    private long NumberIn(int slot) => _tail - 1 - (uint)((uint)(_tail - 1) - _slots[slot]);

    /// <summary>The slot of an id, or the free slot or gravestone where it may be put: then the tag is 0 or becomes so.</summary>
    private int Find(UInt128 id)
    {
        var hash = Folded(id);
        var tag = TagOf(hash);
        var mask = _tags.Length - 1;
        var grave = -1;
        for (var slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            if (_tags[slot] == 0)
            {
                return grave < 0 ? slot : Reopen(grave);
            }

            if (NumberIn(slot) < _head)
            {
                grave = grave < 0 ? slot : grave;
            }
            else if (_tags[slot] == tag && Entry(NumberIn(slot)).Id == id)
            {
                return slot;
            }
        }
    }

    private static ulong Folded(UInt128 id) => (ulong)id ^ (ulong)(id >> 64);

    private static byte TagOf(ulong hash) => (byte)(0x80 | (hash >> 57));

    private int Reopen(int grave)
    {
        _tags[grave] = 0;
        _slotsUsed--;
        return grave;
    }

    private void Append(int slot, in AcceptedEvent accepted)
    {
        var chunk = _tail >> ChunkBits;
        if ((_tail & (ChunkSize - 1)) == 0)
        {
            AddChunk(chunk);
        }

        Entry(_tail) = accepted;
        Point(slot, accepted.Id, _tail++);
        if (_slotsUsed > _tags.Length / 5 * 4)
        {
            Rebuild();
        }

        SpillAtLimit();
    }

    private void Point(int slot, UInt128 id, long number)
    {
        _slotsUsed += _tags[slot] == 0 ? 1 : 0;
        _tags[slot] = TagOf(Folded(id));
        _slots[slot] = (uint)number;
    }

    private void AddChunk(long chunk)
    {
        var first = _head >> ChunkBits;
        if (chunk - first >= _chunks.Length)
        {
            var larger = new AcceptedEvent[2 * _chunks.Length][];
            for (var i = first; i < chunk; i++)
            {
                larger[i & (larger.Length - 1)] = _chunks[i & (_chunks.Length - 1)]!;
            }

            _chunks = larger;
        }

        _chunks[chunk & (_chunks.Length - 1)] = _spare.TryPop(out var spare) ? spare : new AcceptedEvent[ChunkSize];
    }

    /// <summary>Makes the index anew from the entries, without gravestones, 5/16 to 5/8 full: at most 16 bytes an entry.</summary>
    private void Rebuild()
    {
        var size = SmallestIndex;
        while (InMemory > size / 8 * 5)
        {
            size *= 2;
        }

        if (size == _tags.Length)
        {
            Array.Clear(_tags);
        }
        else
        {
            // The old arrays are let go of first, so that they and the new ones never count together.
            (_tags, _slots) = ([], []);
            (_tags, _slots) = (new byte[size], new uint[size]);
        }

        _slotsUsed = 0;
        for (var number = _head; number < _tail; number++)
        {
            var id = Entry(number).Id;
            Point(Find(id), id, number);
        }
    }
}
