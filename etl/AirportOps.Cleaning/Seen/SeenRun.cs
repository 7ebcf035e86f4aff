using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AirportOps.Cleaning.Seen;

/// <summary>
/// Accepted events in a file, sorted by id, each id once; in memory a filter and the first id of each block. Never changed; only this process can read it, and
/// nothing is left of it afterwards. Not thread-safe.
/// </summary>
internal sealed class SeenRun : IDisposable
{
    /// <summary>Entries in a block, which is what a look-up reads: 4 KiB.</summary>
    private const int BlockEntries = 128;

    /// <summary>Entries written and read at a time where a file is gone through: 64 KiB.</summary>
    private const int BufferEntries = 16 * BlockEntries;

    private const int IdBytes = 16;
    private static readonly int EntryBytes = Unsafe.SizeOf<AcceptedEvent>();

    private readonly SafeFileHandle _file;
    private readonly IdFilter _filter;
    private readonly List<UInt128> _firstIds = [];
    private readonly AcceptedEvent[] _block = new AcceptedEvent[BlockEntries];
    private long _blockInHand = -1;

    private SeenRun(SafeFileHandle file, long atMost, int level) => (_file, _filter, Level) = (file, new IdFilter(atMost), level);

    /// <summary>How many entries there are.</summary>
    internal long Count { get; private set; }

    /// <summary>The latest arrival of all.</summary>
    internal long LatestArrival { get; private set; } = long.MinValue;

    /// <summary>How many times its entries were merged.</summary>
    internal int Level { get; }

    /// <summary>Bytes of memory held.</summary>
    internal long Bytes => _filter.Bytes + ((long)_firstIds.Capacity * IdBytes) + (BlockEntries * EntryBytes);

    /// <summary>Writes a run.</summary>
    /// <param name="folder">Where the file goes; created where it is not there.</param>
    /// <param name="sorted">The entries by id, of equal ids the one that counts last.</param>
    /// <param name="atMost">How many there are at most.</param>
    /// <param name="level">See <see cref="Level"/>.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    internal static SeenRun Write(string folder, IEnumerable<AcceptedEvent> sorted, long atMost, int level)
    {
        var run = new SeenRun(Open(folder), atMost, level);
        try
        {
            run.Fill(sorted);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>Looks an id up.</summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    internal bool TryFind(UInt128 id, out AcceptedEvent found)
    {
        found = default;
        if (!_filter.MayHold(id))
        {
            return false;
        }

        var block = _firstIds.BinarySearch(id);
        block = block < 0 ? ~block - 1 : block;
        if (block < 0)
        {
            return false;
        }

        var entries = ReadBlock(block);
        var (low, high) = (0, entries.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = entries[middle].Id.CompareTo(id);
            if (order == 0)
            {
                found = entries[middle];
                return true;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return false;
    }

    /// <summary>All entries by id.</summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    internal IEnumerable<AcceptedEvent> ReadAll()
    {
        var buffer = new AcceptedEvent[BufferEntries];
        for (long first = 0; first < Count; first += buffer.Length)
        {
            var count = (int)Math.Min(buffer.Length, Count - first);
            Read(buffer.AsSpan(0, count), first);
            for (var i = 0; i < count; i++)
            {
                yield return buffer[i];
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static SafeFileHandle Open(string folder)
    {
        FileModes.CreateFolder(folder, FileModes.PrivateFolder);
        var path = Path.Combine(folder, $"ids-{Guid.NewGuid():N}");
        var file = FileModes.OpenPrivate(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
        {
            // Deleted while open it has no name any more and is gone with the process, also with one that is killed.
            File.Delete(path);
        }

        return file;
    }

    private void Fill(IEnumerable<AcceptedEvent> sorted)
    {
        var buffer = new AcceptedEvent[BufferEntries];
        var filled = 0;
        foreach (var entry in sorted)
        {
            if (filled == buffer.Length)
            {
                Append(buffer);
                filled = 0;
            }

            if ((Count + filled) % BlockEntries == 0)
            {
                _firstIds.Add(entry.Id);
            }

            buffer[filled++] = entry;
            _filter.Add(entry.Id);
            LatestArrival = Math.Max(LatestArrival, entry.ArrivedMicros);
        }

        Append(buffer.AsSpan(0, filled));
        _firstIds.TrimExcess();
    }

    private void Append(ReadOnlySpan<AcceptedEvent> entries)
    {
        RandomAccess.Write(_file, MemoryMarshal.AsBytes(entries), Count * EntryBytes);
        Count += entries.Length;
    }

    private ReadOnlySpan<AcceptedEvent> ReadBlock(int block)
    {
        var first = (long)block * BlockEntries;
        var entries = _block.AsSpan(0, (int)Math.Min(BlockEntries, Count - first));
        if (_blockInHand != block)
        {
            _blockInHand = -1;
            Read(entries, first);
            _blockInHand = block;
        }

        return entries;
    }

    private void Read(Span<AcceptedEvent> entries, long first)
    {
        var rest = MemoryMarshal.AsBytes(entries);
        for (var offset = first * EntryBytes; !rest.IsEmpty;)
        {
            var read = RandomAccess.Read(_file, rest, offset);
            if (read == 0)
            {
                throw new EndOfStreamException("A file of remembered ids ends early.");
            }

            offset += read;
            rest = rest[read..];
        }
    }
}
